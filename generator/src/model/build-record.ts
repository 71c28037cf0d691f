/** Makes of a draft what is recorded of it: its states, where they lead, and the shapes of what is stored for them. */

import type { StateKind } from "../kinds/kinds.js";
import { byRole, type ByRole, byText, type LockedState, type LockedVersion } from "../lock/lock.js";
import { type Shape, simple } from "../shapes/shape.js";
import { unionOf } from "../shapes/union-of.js";
import { unreadOf } from "../shapes/unread-of.js";
import { findBinding } from "./bindings.js";
import type { TargetReading } from "../read/target-reading.js";
import type { Draft, DraftState } from "./draft.js";

/** The record of a durable workflow; undefined where it cannot be told what it stores: its version or the kind of a task is unknown. */
export function buildRecord(draft: Draft): LockedVersion | undefined {
  const version = draft.durability.version?.value;
  const states = draft.states.flatMap((state, number) => recordState(draft, state, number) ?? []);
  if (version === undefined || states.length < draft.states.length) return undefined;
  return {
    version,
    migrates: draft.migrations.map((migration) => migration.version).sort((a, b) => a - b),
    codecs: [...draft.durability.codecs].sort((a, b) => byText(a.name, b.name)),
    states: states.sort((a, b) => byText(a.state, b.state)),
  };
}

function recordState(draft: Draft, state: DraftState, number: number): LockedState | undefined {
  const kind = kindOf(state);
  if (kind === undefined) return undefined;
  const output = kind === "exit" ? outputOf(draft, number) : undefined;
  const targets = new Set(state.edges.map(({ to }) => String(draft.states[to]?.value)));
  return {
    state: String(state.value),
    name: state.name,
    kind,
    targets: [...targets].sort(byText),
    input: state.shapes?.input?.shape,
    cursor: state.shapes?.cursor?.shape,
    undo: state.shapes?.undo?.shape,
    output,
    unread: output ? unreadOutput(draft, output, number) : unreadShapes(draft, state, number),
  };
}

/** What an exit is handed beyond what its type tells. */
function unreadOutput(draft: Draft, output: Shape, number: number): ByRole {
  const unread = unreadOf(handed(enteringTargets(draft), number), output);
  return byRole((role) => (role === "output" ? unread : undefined));
}

/** What is stored for a state with a task beyond what is taken of it. */
function unreadShapes(draft: Draft, { shapes }: DraftState, number: number): ByRole {
  if (shapes === undefined) return byRole(() => undefined);
  const { input, cursor, undo, left } = shapes;
  return {
    // Of a state that takes nothing, nothing is stored.
    input: input && unreadOf(handed(enteringTargets(draft), number), input.shape),
    cursor: unreadOf([left.cursor], cursor?.shape),
    undo: unreadOf([left.undo, ...handed(undoingTargets(draft), number)], undo?.shape),
    output: undefined,
  };
}

function enteringTargets({ states, migrations }: Draft): readonly TargetReading[] {
  const migrated = migrations.flatMap((migration) =>
    migration.states.flatMap(({ how }) => (how.kind === "function" ? how.targets : [])),
  );
  return [...states.flatMap(({ edges }) => edges.map(({ target }) => target)), ...migrated];
}

function undoingTargets({ migrations }: Draft): readonly TargetReading[] {
  return migrations.flatMap(({ undo }) => undo.flatMap(({ targets }) => targets));
}

function handed(targets: readonly TargetReading[], to: number): readonly (Shape | undefined)[] {
  return targets
    .filter(({ state }) => state.kind === "member" && state.member === to)
    .flatMap(({ carries }) => (carries.kind === "input" ? [carries.shape, carries.written] : []));
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
