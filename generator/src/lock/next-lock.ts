/** Works out what is to be recorded next, from what is recorded and what the project is now. */

import { unreadOf } from "../shapes/unread-of.js";
import { byRole, findState, findWorkflow, type Lock, type LockedState, type LockedVersion, type LockedWorkflow } from "./lock.js";

/** A durable workflow as it is now. */
export interface Recording {
  readonly name: string;
  readonly source: string;
  readonly version: LockedVersion;
}

/** The next lock. Workflows that are not among `recordings` stay as they are. */
export function nextLock(lock: Lock, recordings: readonly Recording[]): Lock {
  const known = new Set(recordings.map(({ name }) => name));
  const kept = lock.workflows.filter(({ name }) => !known.has(name));
  return { workflows: [...kept, ...recordings.map((recording) => nextWorkflow(findWorkflow(lock, recording.name), recording))] };
}

function nextWorkflow(recorded: LockedWorkflow | undefined, { name, source, version }: Recording): LockedWorkflow {
  const earlier = recorded === undefined ? [] : earlierThan(recorded, version.version);
  const isSame = recorded?.current.version === version.version;
  return { name, source, current: isSame ? widened(recorded.current, version) : version, earlier };
}

/** The versions before `version` under which runs may have been left behind, oldest first. */
export function earlierThan({ current, earlier }: LockedWorkflow, version: number): readonly LockedVersion[] {
  return [...earlier, current].filter((known) => known.version < version);
}

/** Records a version again: what runs of it have stored before is not forgotten when nobody reads it any more. */
function widened(recorded: LockedVersion, now: LockedVersion): LockedVersion {
  const states = now.states.map((state): LockedState => {
    const before = findState(recorded, state.state);
    if (before === undefined) return state;
    const unread = byRole((role) => unreadOf([before[role], before.unread[role], state.unread[role]], state[role]));
    return { ...state, unread };
  });
  // A run that has gone on in this version still has what it did under the earlier one.
  const migrates = [...new Set([...recorded.migrates, ...now.migrates])].sort((a, b) => a - b);
  return { ...now, migrates, states };
}
