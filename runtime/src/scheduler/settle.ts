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

/** What becomes of a due time that has waited: it fires, or does not. Both are undefined where none has, or where it goes on waiting. */
export interface Freed {
  readonly firing?: Firing | undefined;
  readonly skipped?: Skipped | undefined;
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

/** Settles what has been left to this process, since others that have defined the schedule otherwise ended its runs. */
export function takeUp(definition: Definition, { record, open }: ScheduleView, moment: Moment): Verdict<Freed> {
  if (record?.definition !== definition.text) return { decision: {}, next: {} };
  const after = copyOf(record);
  const freed = goOn(after, definition, countRuns(open), moment);
  if (after.next === record.next && after.waiting === record.waiting) return { decision: {}, next: {} };
  const decision = freed.firing === undefined ? { record: after } : { record: after, begin: freed.firing };
  return { decision, next: freed };
}

/** Fires what has waited, if it may beside so many `runs`; else sees to it that the schedule is due again. */
function goOn(after: MutableRecord, definition: Definition, runs: number, { now, stopping }: Moment): Freed {
  let freed: Freed = {};
  const { waiting } = after;
  if (waiting !== undefined && runs < definition.limit) {
    after.waiting = undefined;
    const isAsked = wasAskedFor(definition, waiting, after.next);
    const held = heldBy(after, isAsked, now);
    if (stopping) {
      // It is up to whoever is started next.
      after.next = Math.min(waiting, after.next ?? waiting);
    } else if (held !== undefined) {
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
