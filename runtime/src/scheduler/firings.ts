/** The firings of a schedule: how one is made, and how those in progress count. */

import type { Firing, FiringCause, ScheduleRecord, ScheduleView } from "../checkpoint/schedule-store.js";
import type { Definition } from "./definition.js";
import type { DueTimes } from "./due-times.js";

/** The firing of a due time, at the time `at`. */
export function firingFor({ name: schedule, runIds }: Definition, due: number, at: number, cause: FiringCause): Firing {
  return { schedule, due, cause, runId: runIds.of(due), at };
}

/** How many runs count when the next one is due: those that make up for the past get into nobody's way. */
export function countRuns(open: ScheduleView["open"]): number {
  return open.reduce((count, { cause }) => (cause === "backfill" ? count : count + 1), 0);
}

/** Whether somebody has asked for the firing that waits for a run to end. What is due by itself is due at the schedule's own times, of which `next` is one. */
export function wasAskedFor({ times, delay }: Definition, waiting: number, next: number | undefined): boolean {
  // The end of a fixed delay comes after the run, and so waits for none.
  return delay !== undefined || times.first(waiting, next) !== waiting;
}

/** So many milliseconds are looked at. */
const SEARCHED = 1_000;

/** A moment at which nothing else is due: due times that are over may be made up for yet. */
export function freeTime(from: number, times: DueTimes, { next, waiting }: ScheduleRecord, open: ScheduleView["open"]): number {
  const taken = new Set([waiting, ...open.map(({ due }) => due)]);
  let time = Math.trunc(from);
  const isDue = (): boolean => next !== undefined && next <= time && times.oldest(next, time, 1) === time;
  // An interval may leave none of them free.
  const last = time + SEARCHED;
  while (taken.has(time) || (time < last && isDue())) time++;
  return time;
}
