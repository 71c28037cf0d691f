/** Checks that what a run did under an earlier version can be undone by what the workflow is now. */

import { lostUndo, type UndoProblem } from "../diagnostics/catalogue/migrations.js";
import type { Report, Span } from "../diagnostics/diagnostic.js";
import { listMisfits } from "../lock/list-changes.js";
import type { LockedState, LockedVersion, Role } from "../lock/lock.js";
import { findBinding } from "../model/bindings.js";
import type { Draft, DraftState } from "../model/draft.js";
import type { PlacedShape } from "../read/data-reading.js";
import type { MigratedUndo } from "../read/migration-reading.js";
import { differenceWords } from "../shapes/list-differences.js";
import { shapeText } from "../shapes/shape-text.js";
import { checkParameter, findAstray, placeOf, type TakenBy } from "./check-migrations.js";
import { listOrigins } from "./list-origins.js";

/**
 * A run that goes on in this version brings along what it did under its own, and maybe under others before that. Each is undone by the state of the same
 * name, or by what `undo` of the migration of that version names; its compensation must take what was left, and what the state had taken.
 *
 * Breaks it: `compensate(_: object, hold: { id: string })` where version 1 had left a text, and `migrations: { 1: { states: { reserve: same } } }`.
 */
export function checkUndoMigrations(
  draft: Draft,
  earlier: readonly LockedVersion[],
  recorded: LockedVersion | undefined,
  report: Report,
): void {
  for (const { version, by, span } of listOrigins(draft, earlier, recorded)) {
    const migration = draft.migrations.find((candidate) => candidate.version === version);
    for (const was of earlier.find((known) => known.version === version)?.states ?? []) {
      if (was.kind !== "compensatable") continue;
      const refuse = (place: Span, problem: UndoProblem): void =>
        report(lostUndo(place, { version, state: was.state, by, problem }));
      const undo = migration?.undo.find(({ state }) => state === was.state);
      const key = migration?.states.find(({ state }) => state === was.state)?.span ?? span;
      if (undo === undefined) checkSameName(draft, was, (problem) => refuse(key, problem));
      else checkUndo(draft, was, undo, refuse);
    }
  }
}

function checkSameName(draft: Draft, was: LockedState, refuse: (problem: UndoProblem) => void): void {
  const state = draft.states.find(({ value }) => String(value) === was.state);
  if (state === undefined || !isUndoable(state)) return refuse({ kind: "gone" });
  compare(was, "undo", state.shapes?.undo, (difference) => refuse({ kind: "undo", by: state.name, difference }));
  checkInput(state, was, refuse);
}

function checkUndo(
  draft: Draft,
  was: LockedState,
  undo: MigratedUndo,
  refuse: (place: Span, problem: UndoProblem) => void,
): void {
  checkParameter(undo, was, "undo", refuse);
  for (const target of undo.targets) {
    const problem = findAstray(draft, target, takenByCompensation);
    if (problem !== undefined) refuse(placeOf(problem, target), problem);
    const state = target.state.kind === "member" ? draft.states[target.state.member] : undefined;
    if (problem === undefined && state !== undefined) checkInput(state, was, (told) => refuse(target.state.span, told));
  }
}

// A compensation is told what its state had taken, as it was stored.
function checkInput(state: DraftState, was: LockedState, refuse: (problem: UndoProblem) => void): void {
  compare(was, "input", state.shapes?.undoneInput, (difference) => refuse({ kind: "input", by: state.name, difference }));
}

function compare(was: LockedState, role: Role, taken: PlacedShape | undefined, refuse: (difference: string) => void): void {
  if (taken === undefined) return;
  for (const difference of listMisfits(was, role, taken.shape)) refuse(differenceWords(difference));
}

const takenByCompensation: TakenBy = (state) => {
  if (!isUndoable(state)) return { wrong: "no undo" };
  const taken = state.shapes?.undo;
  return taken && { text: shapeText(taken.shape), optional: false };
};

function isUndoable(state: DraftState): boolean {
  const binding = findBinding(state);
  return binding?.kind === "task" && binding.task.shapes[0]?.kind === "compensatable";
}
