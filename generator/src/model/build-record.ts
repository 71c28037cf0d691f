/** Makes of a draft what is recorded of it: its states, where they lead, and the shapes of what is stored for them. */

import type { StateKind } from "../kinds/kinds.js";
import { byText, type LockedState, type LockedVersion } from "../lock/lock.js";
import { type Shape, simple } from "../shapes/shape.js";
import { unionOf } from "../shapes/union-of.js";
import { findBinding } from "./bindings.js";
import type { Draft, DraftState } from "./draft.js";

/** The record of a durable workflow; undefined where it cannot be told what it stores: its version or the kind of a task is unknown. */
export function buildRecord(draft: Draft): LockedVersion | undefined {
  const version = draft.durability.version?.value;
  const states = draft.states.flatMap((state) => recordState(draft, state) ?? []);
  if (version === undefined || states.length < draft.states.length) return undefined;
  return {
    version,
    migrates: draft.migrations.map((migration) => migration.version).sort((a, b) => a - b),
    states: states.sort((a, b) => byText(a.state, b.state)),
  };
}

function recordState(draft: Draft, state: DraftState): LockedState | undefined {
  const kind = kindOf(state);
  if (kind === undefined) return undefined;
  const targets = new Set(state.edges.map(({ to }) => String(draft.states[to]?.value)));
  return {
    state: String(state.value),
    name: state.name,
    kind,
    targets: [...targets].sort(byText),
    input: state.shapes?.input?.shape,
    cursor: state.shapes?.cursor?.shape,
    undo: state.shapes?.undo?.shape,
    output: kind === "exit" ? outputOf(draft, draft.states.indexOf(state)) : undefined,
  };
}

function kindOf(state: DraftState): StateKind | undefined {
  if (state.exit !== undefined) return "exit";
  const binding = findBinding(state);
  return binding?.kind === "split" ? "split" : binding?.task.shapes[0]?.kind;
}

/** What an exit is handed, whichever way a run comes to it. */
function outputOf(draft: Draft, exit: number): Shape {
  const edges = draft.states.flatMap((state) => state.edges).filter(({ to }) => to === exit);
  return unionOf(
    edges.map(({ target: { carries } }) =>
      carries.kind === "nothing" ? simple("undefined") : (carries.shape ?? simple("unknown")),
    ),
  );
}
