/** Checks that the migrations of a durable workflow go with what the lock has recorded of its earlier versions. What is undone is `check-undo-migrations.ts`. */

import {
  type Astray,
  astrayMigration,
  foreignMigration,
  incompleteMigration,
  notTheSame,
} from "../diagnostics/catalogue/migrations.js";
import type { Report, Span } from "../diagnostics/diagnostic.js";
import { listMisfits, listStateChanges } from "../lock/list-changes.js";
import { findState, type LockedState, type LockedVersion, type Role } from "../lock/lock.js";
import { findInput } from "../model/bindings.js";
import type { Draft, DraftState } from "../model/draft.js";
import type { MigratedState, MigratingFunction, MigrationReading } from "../read/migration-reading.js";
import type { TargetReading } from "../read/target-reading.js";
import { differenceWords } from "../shapes/list-differences.js";
import { strandingOf } from "./check-evolution.js";

/**
 * A migration is for an earlier version of which it is recorded what it stored, says for each of its states how runs in it go on, and leads to
 * states that take what they are given. `earlier` are the recorded versions below the present one, `now` is that.
 *
 * Breaks it: `migrations: { 1: { states: {} } }` in version 1, or where version 1 had the state `charge`; `{ charge: same }` where its task takes
 * something else now; `{ charge: () => Order.Done }`, where that is an exit.
 */
export function checkMigrations(draft: Draft, now: LockedVersion, earlier: readonly LockedVersion[], report: Report): void {
  for (const migration of draft.migrations) {
    const { version, span } = migration;
    const recorded = earlier.find((known) => known.version === version);
    if (recorded === undefined) {
      const facts = { version, current: now.version, recorded: earlier.map((known) => known.version) };
      report(foreignMigration(span, facts));
      continue;
    }
    checkCoverage(migration, recorded, report);
    for (const migrated of migration.states) {
      const was = findState(recorded, migrated.state);
      if (was !== undefined && was.kind !== "exit") checkState({ draft, now, version, migrated, was }, report);
    }
  }
}

function checkCoverage({ version, span, states, undo }: MigrationReading, recorded: LockedVersion, report: Report): void {
  const told = new Set(states.map(({ state }) => state));
  const missing = recorded.states.filter(({ state, kind }) => kind !== "exit" && !told.has(state)).map(({ state }) => state);
  if (missing.length > 0) report(incompleteMigration(span, { version, missing, surplus: undefined }));
  const refuse = (place: Span, state: string, why: "unknown" | "exit" | "no undo"): void =>
    report(incompleteMigration(place, { version, missing: [], surplus: { state, why } }));
  for (const { state, span: key } of states) {
    const kind = findState(recorded, state)?.kind;
    if (kind === undefined || kind === "exit") refuse(key, state, kind ?? "unknown");
  }
  for (const { state, span: key } of undo) {
    if (findState(recorded, state)?.kind !== "compensatable") refuse(key, state, "no undo");
  }
}

interface Migrating {
  readonly draft: Draft;
  readonly now: LockedVersion;
  readonly version: number;
  readonly migrated: MigratedState;
  readonly was: LockedState;
}

function checkState({ draft, now, version, migrated, was }: Migrating, report: Report): void {
  const { state, span, how } = migrated;
  if (how.kind === "same")
    checkSame(findState(now, state), was, (problem) => report(notTheSame(span, { version, state, problem })));
  if (how.kind !== "function") return;
  const refuse = (place: Span, problem: Astray): void => report(astrayMigration(place, { version, state, problem }));
  checkParameter(how, was, "input", refuse);
  for (const target of how.targets) {
    const problem = findAstray(draft, target, takenByTask);
    if (problem !== undefined) refuse(placeOf(problem, target), problem);
  }
}

function checkSame(
  is: LockedState | undefined,
  was: LockedState,
  refuse: (problem: Parameters<typeof notTheSame>[1]["problem"]) => void,
): void {
  if (is === undefined) return refuse({ kind: "lost state" });
  for (const change of listStateChanges(was, is)) {
    const problem = strandingOf(change);
    // What is undone, and where runs have ended, does not keep a run from going on.
    if (
      problem?.kind === "now an exit" ||
      problem?.kind === "lost cursor" ||
      problem?.kind === "input" ||
      problem?.kind === "cursor"
    )
      refuse(problem);
  }
}

/** Reports where a function does not take what was stored. */
export function checkParameter(
  { parameter }: MigratingFunction,
  was: LockedState,
  role: Role,
  refuse: (place: Span, problem: Extract<Astray, { readonly kind: "parameter" }>) => void,
): void {
  if (parameter === undefined) return;
  for (const difference of listMisfits(was, role, parameter.shape))
    refuse(parameter.span, { kind: "parameter", difference: differenceWords(difference) });
}

/** What a state takes of who goes there: its type as text, and whether it may be left out; undefined for nothing. `wrong`: nobody may go there. */
export type TakenBy = (
  state: DraftState,
) => { readonly wrong: "exit" | "no undo" } | { readonly text: string; readonly optional: boolean } | undefined;

const takenByTask: TakenBy = (state) => {
  if (state.exit !== undefined) return { wrong: "exit" };
  const input = findInput(state);
  return input?.kind === "typed" ? input : undefined;
};

/** Why a run, or what it did, cannot go where a function leads it. */
export function findAstray(draft: Draft, { state: ref, carries }: TargetReading, takenBy: TakenBy): Astray | undefined {
  if (ref.kind === "foreign") return { kind: "foreign", text: ref.text, states: draft.statesName };
  if (ref.kind === "unknown") return { kind: "unknown", why: ref.why };
  const state = ref.kind === "member" ? draft.states[ref.member] : undefined;
  if (state === undefined) return { kind: "unknown", why: "it combines several states" };
  const taken = takenBy(state);
  const target = state.name;
  if (taken !== undefined && "wrong" in taken) return { kind: taken.wrong, target };
  if (carries.kind === "nothing")
    return taken === undefined || taken.optional ? undefined : { kind: "bare", target, taken: taken.text };
  return carries.fit.kind === "fits" ? undefined : { ...carries.fit, target };
}

/** The smallest place of what is wrong with where a function leads: what it hands over, or the state. */
export function placeOf(problem: Astray, { state, carries }: TargetReading): Span {
  return problem.kind === "misfit" && carries.kind === "input" ? carries.span : state.span;
}
