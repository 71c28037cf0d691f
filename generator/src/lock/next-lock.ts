/** Works out what is to be recorded next, from what is recorded and what the project is now. */

import { unreadOf } from "../shapes/unread-of.js";
import {
  byRole,
  type ByRole,
  findState,
  findWorkflow,
  type Lock,
  type LockedState,
  type LockedVersion,
  type LockedWorkflow,
  type Role,
} from "./lock.js";

/** A durable workflow as it is now. */
export interface Recording {
  readonly name: string;
  readonly source: string;
  readonly version: LockedVersion;
  /** The states in which runs of an earlier version go on with what that has stored. */
  readonly kept: readonly KeptState[];
}

/** A state that a migration says to be the same. */
export interface KeptState {
  /** The earlier version. */
  readonly version: number;
  /** The state's value as text. */
  readonly state: string;
}

/** The next lock. Workflows that are not among `recordings` stay as they are. */
export function nextLock(lock: Lock, recordings: readonly Recording[]): Lock {
  const known = new Set(recordings.map(({ name }) => name));
  const kept = lock.workflows.filter(({ name }) => !known.has(name));
  return { workflows: [...kept, ...recordings.map((recording) => nextWorkflow(findWorkflow(lock, recording.name), recording))] };
}

function nextWorkflow(recorded: LockedWorkflow | undefined, { name, source, version, kept }: Recording): LockedWorkflow {
  const earlier = recorded === undefined ? [] : earlierThan(recorded, version.version);
  const now = withKept(version, kept, earlier);
  const isSame = recorded?.current.version === version.version;
  return { name, source, current: isSame ? widened(recorded.current, now) : now, earlier };
}

/** The versions before `version` under which runs may have been left behind, oldest first. */
export function earlierThan({ current, earlier }: LockedWorkflow, version: number): readonly LockedVersion[] {
  return [...earlier, current].filter((known) => known.version < version);
}

/** A run that goes on with what an earlier version has stored goes by this one from then on: what it has must be known of this one, too. */
function withKept(now: LockedVersion, kept: readonly KeptState[], earlier: readonly LockedVersion[]): LockedVersion {
  const states = now.states.map((state): LockedState => {
    const before = earlier.flatMap((known) =>
      kept.some(({ version, state: value }) => version === known.version && value === state.state)
        ? (findState(known, state.state) ?? [])
        : [],
    );
    const stored = (role: "input" | "cursor"): ByRole[Role] =>
      unreadOf([state.unread[role], ...before.flatMap((was) => [was[role], was.unread[role]])], state[role]);
    return before.length === 0
      ? state
      : { ...state, unread: { ...state.unread, input: stored("input"), cursor: stored("cursor") } };
  });
  return { ...now, states };
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
