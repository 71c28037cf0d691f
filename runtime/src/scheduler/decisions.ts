/** What is decided about a schedule, on what the store knows of it at one moment: nothing here does anything, so that it may be decided again. */

import type { Decision, Firing, FiringOutcome, ScheduleRecord, ScheduleView } from "../checkpoint/schedule-store.js";
import type { Definition } from "./definition.js";
import type { Plan } from "./misfire.js";

/** A decision, and what the one who made it does next. */
export interface Decided<Next> {
  readonly decision: Decision;
  readonly next: Next;
}

/** Defines a schedule at `now`, unless it is there as it is to be. */
export function define({ text, times, delay, name }: Definition, { record, open }: ScheduleView, now: number): Decision {
  if (record === undefined) return { record: { ...BLANK, name, definition: text, next: times.first(now) } };
  if (record.definition !== text) return { record: { ...record, definition: text, next: times.first(now), waiting: undefined } };
  // The process that was to settle it with the end of a run is gone.
  if (delay !== undefined && record.next === undefined && open.length === 0)
    return { record: { ...record, next: times.first(now) } };
  return {};
}

const BLANK = {
  waiting: undefined,
  paused: false,
  tripped: false,
  streak: 0,
  eligible: undefined,
  fired: 0,
  skipped: 0,
  last: undefined,
} as const;

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
  { name, text, limit, whenBusy }: Definition,
  { record, open }: ScheduleView,
  plan: Plan,
  expected: number,
  now: number,
): Decided<Offer> {
  if (record?.definition !== text || record.next !== expected || record.paused || record.tripped)
    return { decision: {}, next: { kind: "changed" } };
  const { due, next } = plan;
  const passed = { ...record, next };
  if (due === undefined) return { decision: { record: passed }, next: { kind: "missed" } };
  if (record.eligible !== undefined && now < record.eligible)
    return { decision: { record: skip(passed) }, next: { kind: "skipped", reason: "backoff" } };
  if (open.length < limit) {
    const firing = firingFor(name, due, now);
    return { decision: { record: fire(passed), begin: firing }, next: { kind: "fired", firing } };
  }
  // Others are to be caught up with after this one.
  if (next !== undefined && next <= now) return { decision: {}, next: { kind: "later" } };
  return whileBusy(passed, due, whenBusy);
}

function whileBusy(record: ScheduleRecord, due: number, whenBusy: Definition["whenBusy"]): Decided<Offer> {
  const { waiting } = record;
  if (whenBusy === "skip" || (whenBusy === "queue" && waiting !== undefined))
    return { decision: { record: skip(record) }, next: { kind: "skipped", reason: "running" } };
  const replaced = waiting === undefined ? record : skip(record);
  const kind = whenBusy === "queue" ? "waiting" : "cancelling";
  return { decision: { record: { ...replaced, waiting: due } }, next: { kind } };
}

/** What became of a request to fire now. */
export type Trigger =
  | { readonly kind: "fired"; readonly firing: Firing }
  | { readonly kind: "waiting" | "cancelling"; readonly firing: Firing }
  | { readonly kind: "refused"; readonly reason: "running" | "tripped" };

/** Fires at `now`, whatever is due; a pause and a back-off do not matter. */
export function trigger({ name, limit, whenBusy }: Definition, { record, open }: ScheduleView, now: number): Decided<Trigger> {
  if (record === undefined || record.tripped) return { decision: {}, next: { kind: "refused", reason: "tripped" } };
  const firing = firingFor(name, freeTime(now, record, open), now);
  if (open.length < limit) return { decision: { record: fire(record), begin: firing }, next: { kind: "fired", firing } };
  const { decision, next } = whileBusy(record, firing.due, whenBusy);
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

/** Ends the firing for `due`. `random` is a number from 0 up to, but not including, 1. */
export function settle(
  definition: Definition,
  { record, open }: ScheduleView,
  due: number,
  ending: Ending,
  now: number,
  random: number,
): Decided<Settled> {
  const end = { due, outcome: ending.outcome, at: now };
  if (record === undefined) return { decision: { end }, next: { tripped: false, firing: undefined } };
  const others = open.filter((firing) => firing.due !== due);
  const after = withDelay(definition, streakAfter(definition, record, due, ending, now, random), others.length === 0, now);
  const tripped = after.tripped && !record.tripped;
  const { waiting } = after;
  if (waiting === undefined || others.length >= definition.limit)
    return { decision: { record: after, end }, next: { tripped, firing: undefined } };
  const free = { ...after, waiting: undefined };
  if (after.paused || after.tripped || (after.eligible !== undefined && now < after.eligible))
    return { decision: { record: skip(free), end }, next: { tripped, firing: undefined } };
  const firing = firingFor(definition.name, waiting, now);
  return { decision: { record: fire(free), end, begin: firing }, next: { tripped, firing } };
}

function streakAfter(
  { backoff }: Definition,
  record: ScheduleRecord,
  due: number,
  { outcome, error }: Ending,
  now: number,
  random: number,
): ScheduleRecord {
  const last = { due, outcome, ...(error !== undefined && { error }) };
  if (outcome === "completed") return { ...record, last, streak: 0, eligible: undefined };
  // Nothing is known of whether it works.
  if (outcome !== "failed") return { ...record, last };
  const streak = record.streak + 1;
  if (backoff.isTripped(streak)) return { ...record, last, streak, tripped: true, eligible: undefined };
  return { ...record, last, streak, eligible: now + backoff.delay(streak, random) };
}

/** Where the next due time is counted from the end of a run, it is settled now. */
function withDelay({ delay, until }: Definition, record: ScheduleRecord, isOnly: boolean, now: number): ScheduleRecord {
  if (delay === undefined || record.next !== undefined || !isOnly) return record;
  const next = Math.max(now + delay, record.eligible ?? 0);
  return next > until ? record : { ...record, next };
}

/** Forgets failures, and what follows from them. */
export function reset({ delay }: Definition, record: ScheduleRecord, now: number): ScheduleRecord {
  // A back-off may have moved the next due time of a fixed delay.
  const next = delay === undefined || record.next === undefined ? record.next : Math.min(record.next, now + delay);
  return { ...record, next, streak: 0, tripped: false, eligible: undefined };
}

/** After the date has gone back: what counts in intervals does not wait until the date is again what it was. */
export function pullIn({ kind, text, delay }: Definition, record: ScheduleRecord, now: number): ScheduleRecord {
  if (kind !== "every" || record.next === undefined) return record;
  const interval = delay ?? (JSON.parse(text) as { readonly interval: number }).interval;
  return { ...record, next: Math.min(record.next, now + interval) };
}

/** What stands for the firing of a schedule for a due time. */
export function firingFor(schedule: string, due: number, at: number): Firing {
  return { schedule, due, runId: `${schedule}/${new Date(due).toISOString()}`, at };
}

/** A moment for which nothing has been fired. */
function freeTime(now: number, { next, waiting, last }: ScheduleRecord, open: ScheduleView["open"]): number {
  const taken = new Set([next, waiting, last?.due, ...open.map(({ due }) => due)]);
  let time = Math.trunc(now);
  while (taken.has(time)) time++;
  return time;
}

const fire = (record: ScheduleRecord): ScheduleRecord => ({ ...record, fired: record.fired + 1 });
const skip = (record: ScheduleRecord): ScheduleRecord => ({ ...record, skipped: record.skipped + 1 });
