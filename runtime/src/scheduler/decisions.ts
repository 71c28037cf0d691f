/** What is decided about a schedule, on what the store knows of it at one moment: nothing here does anything, so that it may be decided again. */

import type { Decision, Firing, ScheduleRecord, ScheduleView } from "../checkpoint/schedule-store.js";
import type { Definition } from "./definition.js";
import { countRuns, firingFor, freeTime } from "./firings.js";
import type { Plan } from "./misfire.js";
import { copyOf, type MutableRecord, newRecord } from "./record.js";
import { settleDelay } from "./settle.js";
import type { Verdict } from "./verdict.js";

/** Milliseconds by which the clocks of processes may differ without anything being counted anew. */
const SKEW = 60_000;

/** Defines a schedule at `now`, unless it is there as it is to be. */
export function define(definition: Definition, { record, open }: ScheduleView, now: number): Decision {
  const { text, times, delay, interval, name } = definition;
  if (record === undefined) return { record: newRecord(name, text, times.first(now)) };
  if (record.definition !== text) return { record: { ...record, definition: text, next: times.first(now), waiting: undefined } };
  // The process that was to settle it with the end of a run is gone.
  if (delay !== undefined && record.next === undefined && countRuns(open) === 0)
    return { record: { ...record, next: times.first(now) } };
  // The date has gone back while nobody was there.
  const latest = interval === undefined ? undefined : times.first(now + interval + SKEW);
  if (record.next !== undefined && latest !== undefined && record.next > latest)
    return { record: pullIn(definition, record, now) };
  return {};
}

/**
 * What became of a due time: `fired`; `skipped` for a reason; `waiting` for a run to end, or for one that is `cancelled`; `missed`; `later`, when it
 * must be tried again, since there are runs that are not to be overtaken; `postponed` to the end of a back-off, since it is the end of a fixed delay;
 * `changed`, when somebody else has been there, or it is not to fire at all.
 */
export type Offer =
  | { readonly kind: "fired"; readonly firing: Firing }
  | { readonly kind: "skipped"; readonly reason: "running" | "backoff" }
  /** `until`: the due time that comes next. */
  | { readonly kind: "missed"; readonly until: number | undefined }
  | Busy
  | { readonly kind: "later" | "postponed" | "changed" };

/** A due time that waits for a run to end; for one that is cancelled, `instead` of an earlier due time that has waited, if there is one. */
type Busy = { readonly kind: "waiting" } | { readonly kind: "cancelling"; readonly instead: number | undefined };

/** Fires for the due time of `plan`, if it may; `expected` is the next due time as far as the one who plans knows. */
export function offer(
  definition: Definition,
  { record, open }: ScheduleView,
  plan: Plan,
  expected: number,
  now: number,
): Verdict<Offer> {
  const { text, delay, until, limit, whenBusy } = definition;
  if (record?.definition !== text || record.next !== expected || record.paused || record.tripped)
    return { decision: {}, next: { kind: "changed" } };
  const { due, next, isPatient } = plan;
  const passed = copyOf(record);
  passed.next = next;
  if (due === undefined) {
    // Where there is no run, none will settle it with its end.
    if (countRuns(open) === 0) settleDelay(passed, definition, now);
    return { decision: { record: passed }, next: { kind: "missed", until: passed.next } };
  }
  if (record.eligible !== undefined && now < record.eligible) {
    if (delay !== undefined) {
      passed.next = record.eligible <= until ? record.eligible : undefined;
      return { decision: { record: passed }, next: { kind: "postponed" } };
    }
    passed.skipped++;
    return { decision: { record: passed }, next: { kind: "skipped", reason: "backoff" } };
  }
  if (countRuns(open) < limit) {
    passed.fired++;
    const firing = firingFor(definition, due, now, "due");
    return { decision: { record: passed, begin: firing }, next: { kind: "fired", firing } };
  }
  if (isPatient || isCatchingUp(definition, open, due)) return { decision: {}, next: { kind: "later" } };
  return whileBusy(passed, due, whenBusy);
}

/**
 * Whether a run in progress makes up for a due time that was missed, and `following` comes after it: one after the other, also what is not late itself.
 * It was missed, too, where it had come before that run was fired, as of several within the grace.
 */
function isCatchingUp({ lateness }: Definition, open: ScheduleView["open"], following: number): boolean {
  const { misfire, grace, jitter } = lateness;
  return (
    typeof misfire === "object" &&
    open.some(({ cause, at, due }) => cause === "due" && (at - due > grace || following + jitter < at))
  );
}

function whileBusy(
  record: MutableRecord,
  due: number,
  whenBusy: Definition["whenBusy"],
): Verdict<Busy | { readonly kind: "skipped"; readonly reason: "running" }> {
  if (whenBusy === "skip" || (whenBusy === "queue" && record.waiting !== undefined)) {
    record.skipped++;
    return { decision: { record }, next: { kind: "skipped", reason: "running" } };
  }
  const instead = record.waiting;
  if (instead !== undefined) record.skipped++;
  record.waiting = due;
  return { decision: { record }, next: whenBusy === "queue" ? { kind: "waiting" } : { kind: "cancelling", instead } };
}

/** What became of a request to fire now. */
export type Trigger =
  | { readonly kind: "fired"; readonly firing: Firing }
  | (Busy & { readonly firing: Firing })
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
  if (next.kind === "skipped") return { decision: {}, next: { kind: "refused", reason: "running" } };
  return { decision, next: { ...next, firing } };
}

/** Forgets failures, and what follows from them. */
export function reset({ text, delay }: Definition, record: ScheduleRecord, now: number): ScheduleRecord {
  const isOwn = record.definition === text;
  // A back-off may have moved the next due time of a fixed delay.
  const next = !isOwn || delay === undefined || record.next === undefined ? record.next : Math.min(record.next, now + delay);
  return { ...record, next, streak: 0, tripped: false, eligible: undefined };
}

/** After the date has gone back: neither what counts in intervals nor a back-off waits until the date is again what it was. */
export function pullIn({ text, times, interval, backoff }: Definition, record: ScheduleRecord, now: number): ScheduleRecord {
  if (record.definition !== text) return record;
  const { next, eligible, streak } = record;
  return {
    ...record,
    next: next === undefined || interval === undefined ? next : Math.min(next, times.first(now + interval) ?? next),
    // The longest that its jitter allows, since nobody knows how much of it is over.
    eligible: eligible === undefined ? undefined : Math.min(eligible, now + backoff.delay(streak, 1)),
  };
}

/** Fires for a past due time, unless the schedule has fired for it before. Next: the firing that would be. */
export function makeUp(definition: Definition, due: number, now: number): Verdict<Firing> {
  const firing = firingFor(definition, due, now, "backfill");
  return { decision: { begin: firing }, next: firing };
}
