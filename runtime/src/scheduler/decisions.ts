/** What is decided about a schedule, on what the store knows of it at one moment: nothing here does anything, so that it may be decided again. */

import type { Decision, Firing, FiringCause, FiringOutcome, ScheduleRecord, ScheduleView } from "../checkpoint/schedule-store.js";
import type { Definition } from "./definition.js";
import type { DueTimes } from "./due-times.js";
import type { Plan } from "./misfire.js";
import { copyOf, type MutableRecord, newRecord } from "./record.js";

/** A decision, and what the one who made it does next. */
export interface Verdict<Next> {
  readonly decision: Decision;
  readonly next: Next;
}

/** Defines a schedule at `now`, unless it is there as it is to be. */
export function define({ text, times, delay, name }: Definition, { record, open }: ScheduleView, now: number): Decision {
  if (record === undefined) return { record: newRecord(name, text, times.first(now)) };
  if (record.definition !== text) return { record: { ...record, definition: text, next: times.first(now), waiting: undefined } };
  // The process that was to settle it with the end of a run is gone.
  if (delay !== undefined && record.next === undefined && countRuns(open) === 0)
    return { record: { ...record, next: times.first(now) } };
  return {};
}

/**
 * What became of a due time: `fired`; `skipped` for a reason; `waiting` for a run to end, or for one that is `cancelled`; `missed`; `later`, when it
 * must be tried again, since there are runs that are not to be overtaken; `changed`, when somebody else has been there, or it is not to fire at all.
 */
export type Offer =
  | { readonly kind: "fired"; readonly firing: Firing }
  | { readonly kind: "skipped"; readonly reason: "running" | "backoff" }
  | { readonly kind: "waiting" | "cancelling" | "missed" | "later" | "changed" };

/** Fires for the due time of `plan`, if it may; `expected` is the next due time as far as the one who plans knows. */
export function offer(
  definition: Definition,
  { record, open }: ScheduleView,
  plan: Plan,
  expected: number,
  now: number,
): Verdict<Offer> {
  const { text, limit, whenBusy } = definition;
  if (record?.definition !== text || record.next !== expected || record.paused || record.tripped)
    return { decision: {}, next: { kind: "changed" } };
  const { due, next, isPatient } = plan;
  const passed = copyOf(record);
  passed.next = next;
  if (due === undefined) return { decision: { record: passed }, next: { kind: "missed" } };
  if (record.eligible !== undefined && now < record.eligible) {
    passed.skipped++;
    return { decision: { record: passed }, next: { kind: "skipped", reason: "backoff" } };
  }
  if (countRuns(open) < limit) {
    passed.fired++;
    const firing = firingFor(definition, due, now, "due");
    return { decision: { record: passed, begin: firing }, next: { kind: "fired", firing } };
  }
  if (isPatient) return { decision: {}, next: { kind: "later" } };
  return whileBusy(passed, due, whenBusy);
}

function whileBusy(record: MutableRecord, due: number, whenBusy: Definition["whenBusy"]): Verdict<Offer> {
  if (whenBusy === "skip" || (whenBusy === "queue" && record.waiting !== undefined)) {
    record.skipped++;
    return { decision: { record }, next: { kind: "skipped", reason: "running" } };
  }
  if (record.waiting !== undefined) record.skipped++;
  record.waiting = due;
  return { decision: { record }, next: { kind: whenBusy === "queue" ? "waiting" : "cancelling" } };
}

/** What became of a request to fire now. */
export type Trigger =
  | { readonly kind: "fired"; readonly firing: Firing }
  | { readonly kind: "waiting" | "cancelling"; readonly firing: Firing }
  | { readonly kind: "refused"; readonly reason: "running" | "tripped" };

/** Fires at `now`, whatever is due; a pause and a back-off do not matter. The due time is not before `earliest`. */
export function trigger(definition: Definition, { record, open }: ScheduleView, now: number, earliest: number): Verdict<Trigger> {
  if (record === undefined || record.tripped) return { decision: {}, next: { kind: "refused", reason: "tripped" } };
  const { times, limit, whenBusy } = definition;
  const firing = firingFor(definition, freeTime(Math.max(now, earliest), times, record, open), now, "trigger");
  const after = copyOf(record);
  if (countRuns(open) < limit) {
    after.fired++;
    return { decision: { record: after, begin: firing }, next: { kind: "fired", firing } };
  }
  const { decision, next } = whileBusy(after, firing.due, whenBusy);
  if (next.kind === "waiting" || next.kind === "cancelling") return { decision, next: { kind: next.kind, firing } };
  return { decision: {}, next: { kind: "refused", reason: "running" } };
}

/** How a run ended. `error` is its text. */
export interface Ending {
  readonly outcome: FiringOutcome;
  readonly error?: string;
}

/** What follows the end of a run: whether the schedule fires no more, and what had waited for it. */
export interface Settled {
  readonly tripped: boolean;
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
  // What is made up for says nothing of how the schedule is doing now.
  if (record === undefined || cause === "backfill") return { decision: { end }, next: { tripped: false, firing: undefined } };
  const others = open.filter((firing) => firing.due !== due && firing.cause !== "backfill");
  const after = copyOf(record);
  countEnding(after, definition, due, ending, moment);
  if (others.length === 0) settleDelay(after, definition, now);
  const tripped = after.tripped && !record.tripped;
  const { waiting } = after;
  if (waiting === undefined || others.length >= definition.limit)
    return { decision: { record: after, end }, next: { tripped, firing: undefined } };
  after.waiting = undefined;
  if (moment.stopping) {
    // It is up to whoever is started next.
    after.next = Math.min(waiting, after.next ?? waiting);
    return { decision: { record: after, end }, next: { tripped, firing: undefined } };
  }
  if (after.paused || after.tripped || (after.eligible !== undefined && now < after.eligible)) {
    after.skipped++;
    return { decision: { record: after, end }, next: { tripped, firing: undefined } };
  }
  after.fired++;
  const firing = firingFor(definition, waiting, now, "due");
  return { decision: { record: after, end, begin: firing }, next: { tripped, firing } };
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

/** Where the next due time is counted from the end of a run, it is settled now. */
function settleDelay(after: MutableRecord, { delay, until }: Definition, now: number): void {
  if (delay === undefined || after.next !== undefined) return;
  const next = Math.max(now + delay, after.eligible ?? 0);
  if (next <= until) after.next = next;
}

/** Forgets failures, and what follows from them. */
export function reset({ delay }: Definition, record: ScheduleRecord, now: number): ScheduleRecord {
  // A back-off may have moved the next due time of a fixed delay.
  const next = delay === undefined || record.next === undefined ? record.next : Math.min(record.next, now + delay);
  return { ...record, next, streak: 0, tripped: false, eligible: undefined };
}

/** After the date has gone back: what counts in intervals does not wait until the date is again what it was. */
export function pullIn({ interval }: Definition, record: ScheduleRecord, now: number): ScheduleRecord {
  if (interval === undefined || record.next === undefined) return record;
  return { ...record, next: Math.min(record.next, now + interval) };
}

/** Fires for a past due time, unless the schedule has fired for it before. Next: the firing that would be. */
export function makeUp(definition: Definition, due: number, now: number): Verdict<Firing> {
  const firing = firingFor(definition, due, now, "backfill");
  return { decision: { begin: firing }, next: firing };
}

function firingFor({ name: schedule, runIds }: Definition, due: number, at: number, cause: FiringCause): Firing {
  return { schedule, due, cause, runId: runIds.of(due), at };
}

/** How many runs count when the next one is due: those that make up for the past get into nobody's way. */
function countRuns(open: ScheduleView["open"]): number {
  return open.reduce((count, { cause }) => (cause === "backfill" ? count : count + 1), 0);
}

/** So many milliseconds are looked at. */
const SEARCHED = 1_000;

/** A moment at which nothing else is due: due times that are over may be made up for yet. */
function freeTime(from: number, times: DueTimes, { next, waiting }: ScheduleRecord, open: ScheduleView["open"]): number {
  const taken = new Set([waiting, ...open.map(({ due }) => due)]);
  let time = Math.trunc(from);
  const isDue = (): boolean => next !== undefined && next <= time && times.newest(next, time, 1)[0] === time;
  // An interval may leave none of them free.
  const last = time + SEARCHED;
  while (taken.has(time) || (time < last && isDue())) time++;
  return time;
}
