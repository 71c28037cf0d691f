/** Turns what the tables hold of schedules and firings into records, and back. Refuses what it does not know: a newer cano may have written it. */

import type { Firing, FiringCause, FiringOutcome, FiringRecord, OpenFiring, ScheduleRecord } from "../schedule-store.js";
import { unknown } from "./codec.js";
import type { Liveness, OwnedFiring } from "./liveness.js";
import type { FiringsTable, SchedulesTable } from "./schema.js";

const OUTCOMES: Readonly<Record<FiringOutcome, true>> = { completed: true, failed: true, cancelled: true, lost: true };

const CAUSES: Readonly<Record<FiringCause, true>> = { due: true, trigger: true, backfill: true };

// PostgreSQL keeps no NUL, and a half of a pair is none of the characters that UTF-8 has: an error may hold them.
const UNKEPT = /[\0\p{Surrogate}]/gu;

/** What is kept of a schedule; undefined where that is nothing but its firings. */
export function scheduleOf(row: SchedulesTable): ScheduleRecord | undefined {
  const { name, definition } = row;
  if (definition === null) return undefined;
  return {
    name,
    definition,
    next: row.next ?? undefined,
    waiting: row.waiting ?? undefined,
    paused: row.paused === 1,
    tripped: row.tripped === 1,
    streak: row.streak,
    eligible: row.eligible ?? undefined,
    fired: row.fired,
    skipped: row.skipped,
    last: lastOf(row),
  };
}

/** The row of a schedule that was changed with `mark`; where nothing but firings is to be kept of it, without a record. */
export function rowOfSchedule(name: string, record: ScheduleRecord | undefined, mark: number): SchedulesTable {
  const last = record?.last;
  return {
    name,
    definition: record?.definition ?? null,
    next: record?.next ?? null,
    waiting: record?.waiting ?? null,
    paused: record?.paused === true ? 1 : 0,
    tripped: record?.tripped === true ? 1 : 0,
    streak: record?.streak ?? 0,
    eligible: record?.eligible ?? null,
    fired: record?.fired ?? 0,
    skipped: record?.skipped ?? 0,
    last_due: last?.due ?? null,
    last_outcome: last?.outcome ?? null,
    last_error: last?.error?.replaceAll(UNKEPT, "\ufffd") ?? null,
    mark,
  };
}

/** A firing that has not ended, as it is found. */
export type FoundFiring = OwnedFiring & Pick<FiringsTable, "cause" | "run_id" | "at">;

/** See {@link FoundFiring}. */
export function openFiringOf(found: FoundFiring, liveness: Liveness): OpenFiring {
  return { ...plainFiringOf(found), isAlive: liveness.isLookedAfter(found) };
}

/** What is told of every firing. Throws when its cause is unknown. */
export function plainFiringOf({
  schedule,
  due,
  cause,
  run_id: runId,
  at,
}: Omit<FiringsTable, "owner" | "outcome" | "ended">): Firing {
  if (!isCause(cause)) throw unknown("a firing", `cause \`${cause}\``);
  return { schedule, due, cause, runId, at };
}

/** A firing as it is kept. */
export function firingOf(row: Omit<FiringsTable, "owner">): FiringRecord {
  const { outcome, ended } = row;
  return {
    ...plainFiringOf(row),
    outcome: outcome === null ? undefined : outcomeOf("a firing", outcome),
    endedAt: ended ?? undefined,
  };
}

function lastOf({ last_due: due, last_outcome: outcome, last_error: error }: SchedulesTable): ScheduleRecord["last"] {
  if (due === null || outcome === null) return undefined;
  return { due, outcome: outcomeOf("a schedule", outcome), ...(error !== null && { error }) };
}

function outcomeOf(of: string, outcome: string): FiringOutcome {
  if (isOutcome(outcome)) return outcome;
  throw unknown(of, `outcome \`${outcome}\``);
}

function isOutcome(outcome: string): outcome is FiringOutcome {
  return Object.hasOwn(OUTCOMES, outcome);
}

function isCause(cause: string): cause is FiringCause {
  return Object.hasOwn(CAUSES, cause);
}
