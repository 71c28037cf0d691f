/** What follows from the end of a run: for the schedule that fired it, and for what has waited for it. Nothing here does anything, as in `decisions.ts`. */

import type { Firing, FiringOutcome, ScheduleView } from "../checkpoint/schedule-store.js";
import type { Definition } from "./definition.js";
import { countRuns, firingFor, wasAskedFor } from "./firings.js";
import { copyOf, type MutableRecord } from "./record.js";
import type { Verdict } from "./verdict.js";

/** How a run ended. `error` is its text. */
export interface Ending {
  readonly outcome: FiringOutcome;
  readonly error?: string;
}

/** What follows the end of a run. */
export interface Settled {
  /** Whether it says how the schedule is doing now. */
  readonly counts: boolean;
  /** Whether the schedule fires no more. */
  readonly tripped: boolean;
  /** What had waited for it. */
  readonly firing: Firing | undefined;
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
  const nothing = { counts: false, tripped: false, firing: undefined };
  // Somebody else has settled it, who took this process for gone, or this one did, and has not heard of it: it counts once.
  if (open.every((firing) => firing.due !== due)) return { decision: {}, next: nothing };
  if (record === undefined || cause === "backfill") return { decision: { end }, next: nothing };
  // Another process has defined it otherwise. That settles what follows when it hears of the end: by the record, which is kept as it is.
  if (record.definition !== definition.text) return { decision: { record, end }, next: nothing };
  const others = open.filter((firing) => firing.due !== due && firing.cause !== "backfill");
  const after = copyOf(record);
  countEnding(after, definition, due, ending, moment);
  const tripped = after.tripped && !record.tripped;
  const firing = goOn(after, definition, others.length, moment);
  const decision = firing === undefined ? { record: after, end } : { record: after, end, begin: firing };
  return { decision, next: { counts: true, tripped, firing } };
}

/** Settles what has been left to this process, since others that have defined the schedule otherwise ended its runs. Next: what is fired. */
export function takeUp(definition: Definition, { record, open }: ScheduleView, moment: Moment): Verdict<Firing | undefined> {
  if (record?.definition !== definition.text) return { decision: {}, next: undefined };
  const after = copyOf(record);
  const firing = goOn(after, definition, countRuns(open), moment);
  if (after.next === record.next && after.waiting === record.waiting) return { decision: {}, next: undefined };
  return { decision: firing === undefined ? { record: after } : { record: after, begin: firing }, next: firing };
}

/** Fires what has waited, if it may beside so many `runs`; else sees to it that the schedule is due again. Undefined where nothing is fired. */
function goOn(after: MutableRecord, definition: Definition, runs: number, { now, stopping }: Moment): Firing | undefined {
  const { waiting } = after;
  if (waiting !== undefined && runs < definition.limit) {
    after.waiting = undefined;
    // A trigger fires in a pause and a back-off, too.
    const isAsked = wasAskedFor(definition, waiting, after.next);
    const isHeld = !isAsked && (after.paused || (after.eligible !== undefined && now < after.eligible));
    if (stopping) {
      // It is up to whoever is started next.
      after.next = Math.min(waiting, after.next ?? waiting);
    } else if (after.tripped || isHeld) {
      after.skipped++;
    } else {
      after.fired++;
      return firingFor(definition, waiting, now, isAsked ? "trigger" : "due");
    }
  }
  if (runs === 0) settleDelay(after, definition, now);
  return undefined;
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
