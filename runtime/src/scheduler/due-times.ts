/** When schedules are due: points in time as milliseconds since 1970. Nothing here knows of runs. */

import type { CronTimes } from "../cron/cron-table.js";
import { LAST_TIME } from "../time/last-time.js";

/** See the file's first line. */
export interface DueTimes {
  /** Whether each follows from the one before, so that those of the past can be told. */
  readonly isRegular: boolean;
  /** The first one that is not before `start`; undefined when there is none. `known` is one of them, if one is known. */
  first(start: number, known?: number): number | undefined;
  /** The one after `due`; undefined when there is none, or when that is not settled before a run has ended. */
  after(due: number): number | undefined;
  /** The first of the newest `most` from `due`, which is one, to `now`. */
  oldest(due: number, now: number, most: number): number;
}

/** Every `interval` milliseconds, from the first on. */
export function everyTimes(interval: number): DueTimes {
  return {
    isRegular: true,
    first: (start, known = start) => known - Math.floor((known - start) / interval) * interval,
    after: (due) => due + interval,
    oldest: (due, now, most) => due + Math.max(0, Math.floor((now - due) / interval) - (most - 1)) * interval,
  };
}

/** Once at the start; when again, is settled by each run. */
export function delayTimes(): DueTimes {
  return { isRegular: false, first: (start) => start, after: () => undefined, oldest: (due) => due };
}

/** Once, at `time`. */
export function onceTimes(time: number): DueTimes {
  return {
    isRegular: false,
    first: (start) => (time < start ? undefined : time),
    after: () => undefined,
    oldest: (due) => due,
  };
}

/** Never by itself. */
export function neverTimes(): DueTimes {
  return { isRegular: false, first: () => undefined, after: () => undefined, oldest: (due) => due };
}

/** Those of a cron expression in a time zone. */
export function cronDueTimes(times: CronTimes): DueTimes {
  return {
    isRegular: true,
    first: (start) => times.after(start - 1),
    after: (due) => times.after(due),
    oldest: oldestOf(times),
  };
}

/** Times of a cron expression that have come: the first, up to when, and how many. */
interface Come {
  readonly due: number;
  readonly now: number;
  readonly count: number;
}

/** Who catches up asks again for each of them, and goes on from the last answer: to count thousands each time would keep the process busy. */
function oldestOf(times: CronTimes): DueTimes["oldest"] {
  const search = (due: number, now: number, most: number): Come => {
    let oldest = due;
    let count = 0;
    // Backwards, since there may be millions.
    for (let time = times.before(now + 1); time !== undefined && time > due && count < most; time = times.before(time)) {
      oldest = time;
      count++;
    }
    return count < most ? { due, now, count: count + 1 } : { due: oldest, now, count };
  };
  const goOn = (last: Come, due: number, now: number, most: number): Come | undefined => {
    const isNext = due === times.after(last.due);
    if (now < last.now || (due !== last.due && !isNext)) return undefined;
    let count = isNext ? last.count - 1 : last.count;
    let newer = 0;
    for (let time = times.after(last.now); time !== undefined && time <= now; time = times.after(time)) {
      if (++newer > most) return undefined;
    }
    let oldest = due;
    for (count += newer; count > most; count--) oldest = times.after(oldest) ?? oldest;
    return { due: oldest, now, count };
  };
  let last: Come | undefined;
  return (due, now, most) => {
    // Of one, nothing is to be counted.
    last = (last !== undefined && most > 1 ? goOn(last, due, now, most) : undefined) ?? search(due, now, most);
    return last.due;
  };
}

/** Those that are not before `from`, from which intervals are counted, and not after `until`. */
export function boundedTimes(times: DueTimes, from: number | undefined, until = LAST_TIME): DueTimes {
  const within = (due: number | undefined): number | undefined => (due === undefined || due > until ? undefined : due);
  return {
    isRegular: times.isRegular,
    first: (start, known = from) => within(times.first(Math.max(start, from ?? start), known)),
    after: (due) => within(times.after(due)),
    oldest: (due, now, most) => times.oldest(due, Math.min(now, until), most),
  };
}
