/** Checks that a durable workflow still goes together with what its runs have stored, as the lock has recorded it. Migrations are `check-migrations.ts`. */

import { goneWorkflow, loweredVersion, strandedRuns, type Stranding } from "../diagnostics/catalogue/evolution.js";
import type { Diagnostic, Note, Report, Span } from "../diagnostics/diagnostic.js";
import { type Change, listChanges } from "../lock/list-changes.js";
import type { LockedVersion, LockedWorkflow } from "../lock/lock.js";
import { placeInLock, type RecordedLock } from "../lock/recorded-lock.js";
import { findBinding } from "../model/bindings.js";
import type { Draft, DraftState } from "../model/draft.js";
import { differenceWords } from "../shapes/list-differences.js";

/**
 * A run that was stored under the version that the workflow still has is resumed by what the workflow is now: its state must be there and take what
 * was stored, what it did must be undone by what was left for that, and where it ended must be an exit with what it was handed. Versions only
 * rise. `now` is what would be recorded of the draft.
 *
 * Breaks it: `Context<{ id: string }>` that becomes `Context<{ id: number }>`, a state that is removed, a `compensate` that is, under the same
 * `version`; and `version: 2` that becomes `version: 1`.
 */
export function checkEvolution(draft: Draft, now: LockedVersion, recorded: LockedWorkflow | undefined, report: Report): void {
  if (recorded === undefined) return;
  const { version } = recorded.current;
  if (now.version < version) report(loweredVersion(draft.durability.version?.span, { version: now.version, recorded: version }));
  if (now.version !== version) return;
  const fix = raise(draft, version + 1);
  for (const change of listChanges(recorded.current, now)) {
    const problem = strandingOf(change);
    if (problem === undefined) continue;
    const facts = { workflow: draft.name, version, state: change.name, problem };
    report(strandedRuns(spanOf(draft, change), facts, { notes: notesOn(draft, change), ...(fix && { fix }) }));
  }
}

/**
 * Stored runs belong to their workflow by its name, so none that is recorded may be missing from the project as a whole. `findElsewhere` finds
 * a source (relative to the lock) that another project has.
 *
 * Breaks it: a durable workflow that is removed, renamed, or no longer `durable`.
 */
export function checkGone(
  drafts: readonly Draft[],
  { path, text, lock }: RecordedLock,
  findElsewhere: (source: string) => string | undefined,
  report: Report,
): void {
  const stored = new Set(drafts.filter(({ durability }) => durability.durable).map(({ name }) => name));
  for (const { name, source } of lock.workflows) {
    if (stored.has(name) || findElsewhere(source) !== undefined) continue;
    report(goneWorkflow(placeInLock({ path, text }, ["workflows", name]), { workflow: name, source }));
  }
}

/** Why a change strands runs; undefined when it does not. */
export function strandingOf(change: Change): Stranding | undefined {
  if (!change.strands) return undefined;
  switch (change.kind) {
    case "removed":
      return { kind: change.exit ? "lost exit" : "lost state" };
    case "end":
      return { kind: change.exit ? "now an exit" : "no exit" };
    case "kind":
      return change.lost === "undo" ? { kind: "lost undo" } : { kind: "lost cursor", was: change.was, is: change.is };
    case "shape":
      return { kind: change.role, difference: differenceWords(change.difference) };
    default:
      return undefined;
  }
}

/** What a state that is gone is called may have another value now: then it is another state. */
function notesOn(draft: Draft, change: Change): Note[] {
  const state = change.kind === "removed" ? draft.states.find(({ name }) => name === change.name) : undefined;
  if (state === undefined) return [];
  const message = `it was \`${change.state}\`, and is \`${state.value}\` now: what is stored goes by the value`;
  return [{ message, span: state.span }];
}

function raise({ durability }: Draft, version: number): Diagnostic["fix"] {
  const span = durability.versionLiteral;
  return span && { title: `write \`version: ${version}\``, span, text: String(version) };
}

/** The smallest place that a change can be seen at. */
function spanOf(draft: Draft, change: Change): Span {
  const state = draft.states.find(({ value }) => String(value) === change.state);
  if (state === undefined) return draft.statesSpan;
  if (change.kind === "shape") return change.role === "output" ? state.span : (state.shapes?.[change.role]?.span ?? keyOf(state));
  return change.kind === "end" && state.exit !== undefined ? state.exit : keyOf(state);
}

function keyOf(state: DraftState): Span {
  return findBinding(state)?.state.span ?? state.span;
}
