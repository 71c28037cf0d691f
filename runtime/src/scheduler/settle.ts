/** What follows from the end of a run: for the schedule that fired it, and for what has waited for it. Nothing here does anything, as in `decisions.ts`. */

import type { Firing, FiringOutcome, ScheduleView } from "../checkpoint/schedule-store.js";
import type { Definition } from "./definition.js";
import { countRuns, firingFor, wasAskedFor } from "./firings.js";
import type { Skipped } from "./options.js";
import { copyOf, type MutableRecord } from "./record.js";
import type { Verdict } from "./verdict.js";

/** How a run ended. `error` is its text. */
export interface Ending {
  readonly outcome: FiringOutcome;
  readonly error?: string;
}

/** What becomes of a due time that has waited: it fires, or does not. All are undefined where none has, or where it goes on waiting. */
export interface Freed {
  readonly firing?: Firing | undefined;
  readonly skipped?: Skipped | undefined;
  /** It has passed while no process was running, and `misfire` passes over it. */
  readonly missed?: number | undefined;
}

/** What follows the end of a run, also for what has waited for it. */
export interface Settled extends Freed {
  /** Whether it says how the schedule is doing now. */
  readonly counts: boolean;
  /** Whether the schedule fires no more. */
  readonly tripped: boolean;
}

/** What `settle` goes by: the time, a number from 0 up to, but not including, 1, and whether nothing is to fire any more. */
export interface Moment {
  readonly now: number;
  readonly random: number;
  readonly stopping: boolean;
}

/** Ends the firing. */
export function settle(
  definition: Definition,
  { record, open }: ScheduleView,
  { due, cause }: Firing,
  ending: Ending,
  moment: Moment,
): Verdict<Settled> {
  const { now } = moment;
  const end = { due, outcome: ending.outcome, at: now };
  const nothing = { counts: false, tripped: false };
  // Somebody else has settled it, who took this process for gone, or this one did, and has not heard of it: it counts once.
  if (open.every((firing) => firing.due !== due)) return { decision: {}, next: nothing };
  if (record === undefined || cause === "backfill") return { decision: { end }, next: nothing };
  // Another process has defined it otherwise. That settles what follows when it hears of the end: by the record, which is kept as it is.
  if (record.definition !== definition.text) return { decision: { record, end }, next: nothing };
  const others = open.filter((firing) => firing.due !== due && firing.cause !== "backfill");
  const after = copyOf(record);
  countEnding(after, definition, due, ending, moment);
  const tripped = after.tripped && !record.tripped;
  const freed = goOn(after, definition, others.length, moment);
  const decision = freed.firing === undefined ? { record: after, end } : { record: after, end, begin: freed.firing };
  return { decision, next: { counts: true, tripped, ...freed } };
}

/**
 * Settles what has been left to this process, since others ended the runs of the schedule that have defined it otherwise, or were being stopped. `isFirst`:
 * this process has only begun to look after the schedule, and it may be that nobody has for long.
 */
export function takeUp(definition: Definition, { record, open }: ScheduleView, moment: Moment, isFirst: boolean): Verdict<Freed> {
  if (record?.definition !== definition.text) return { decision: {}, next: {} };
  const after = copyOf(record);
  const missed = isFirst && countRuns(open) === 0 ? missedBy(after, definition, moment) : undefined;
  if (missed !== undefined) after.waiting = undefined;
  const goes = goOn(after, definition, countRuns(open), moment);
  const freed = missed === undefined ? goes : { ...goes, missed };
  if (after.next === record.next && after.waiting === record.waiting) return { decision: {}, next: {} };
  const decision = freed.firing === undefined ? { record: after } : { record: after, begin: freed.firing };
  return { decision, next: freed };
}

/** The due time that has waited, where it is later than a schedule may be that passes over what it has missed. */
function missedBy({ waiting, next }: MutableRecord, definition: Definition, { now }: Moment): number | undefined {
  const { misfire, grace, jitter } = definition.lateness;
  const isLate = waiting !== undefined && now - jitter - waiting > grace;
  return isLate && misfire === "skip" && !wasAskedFor(definition, waiting, next) ? waiting : undefined;
}

/** Fires what has waited, if it may beside so many `runs`; else sees to it that the schedule is due again. */
function goOn(after: MutableRecord, definition: Definition, runs: number, { now, stopping }: Moment): Freed {
  let freed: Freed = {};
  const { waiting } = after;
  // Where this process is being stopped, it waits for another, or for the next one: a due time before others that have come would have them come again.
  if (waiting !== undefined && runs < definition.limit && !stopping) {
    after.waiting = undefined;
    const isAsked = wasAskedFor(definition, waiting, after.next);
    const held = heldBy(after, isAsked, now);
    if (held !== undefined) {
      after.skipped++;
      freed = { skipped: { schedule: definition.name, due: waiting, reason: held } };
    } else {
      after.fired++;
      return { firing: firingFor(definition, waiting, now, isAsked ? "trigger" : "due") };
    }
  }
  if (runs === 0) settleDelay(after, definition, now);
  return freed;
}

/** What keeps it from firing now. */
function heldBy({ tripped, paused, eligible }: MutableRecord, isAsked: boolean, now: number): Skipped["reason"] | undefined {
  if (tripped) return "tripped";
  // A trigger fires in a pause and a back-off, too.
  if (isAsked) return undefined;
  if (paused) return "paused";
  return eligible !== undefined && now < eligible ? "backoff" : undefined;
}

function countEnding(
  after: MutableRecord,
  { backoff }: Definition,
  due: number,
  { outcome, error }: Ending,
  { now, random }: Moment,
): void {
  after.last = error === undefined ? { due, outcome } : { due, outcome, error };
  if (outcome === "completed") {
    after.streak = 0;
    after.eligible = undefined;
  }
  // Of what was cancelled or lost nothing is known.
  if (outcome !== "failed") return;
  after.streak++;
  after.tripped = backoff.isTripped(after.streak);
  after.eligible = after.tripped ? undefined : now + backoff.delay(after.streak, random);
}

/** Where the next due time is counted from the end of a run, it is settled now, unless it is already. */
export function settleDelay(after: MutableRecord, { delay, until }: Definition, now: number): void {
  if (delay === undefined || after.next !== undefined) return;
  const next = Math.max(now + delay, after.eligible ?? 0);
  if (next <= until) after.next = next;
}
