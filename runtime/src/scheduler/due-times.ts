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
  /** From `due`, which is one, to `now`: the newest `count`, in ascending order. */
  newest(due: number, now: number, count: number): readonly number[];
}

/** Every `interval` milliseconds, from the first on. */
export function everyTimes(interval: number): DueTimes {
  return {
    isRegular: true,
    first: (start, known = start) => known - Math.floor((known - start) / interval) * interval,
    after: (due) => due + interval,
    newest(due, now, count) {
      const passed = Math.floor((now - due) / interval);
      if (count === 1) return [due + passed * interval];
      const wanted = Math.min(passed + 1, count);
      return Array.from({ length: wanted }, (_, at) => due + (passed - wanted + 1 + at) * interval);
    },
  };
}

/** Once at the start; when again, is settled by each run. */
export function delayTimes(): DueTimes {
  return { isRegular: false, first: (start) => start, after: () => undefined, newest: (due) => [due] };
}

/** Once, at `time`. */
export function onceTimes(time: number): DueTimes {
  return {
    isRegular: false,
    first: (start) => (time < start ? undefined : time),
    after: () => undefined,
    newest: (due) => [due],
  };
}

/** Never by itself. */
export function neverTimes(): DueTimes {
  return { isRegular: false, first: () => undefined, after: () => undefined, newest: (due) => [due] };
}

/** Those of a cron expression in a time zone. */
export function cronDueTimes(times: CronTimes): DueTimes {
  return {
    isRegular: true,
    first: (start) => times.after(start - 1),
    after: (due) => times.after(due),
    newest(due, now, count) {
      const found: number[] = [];
      // Backwards, since there may be millions.
      for (let time = times.before(now + 1); time !== undefined && time > due && found.length < count; time = times.before(time))
        found.push(time);
      if (found.length < count) found.push(due);
      return found.toReversed();
    },
  };
}

/** Those that are not before `from`, from which intervals are counted, and not after `until`. */
export function boundedTimes(times: DueTimes, from: number | undefined, until = LAST_TIME): DueTimes {
  const within = (due: number | undefined): number | undefined => (due === undefined || due > until ? undefined : due);
  return {
    isRegular: times.isRegular,
    first: (start, known = from) => within(times.first(Math.max(start, from ?? start), known)),
    after: (due) => within(times.after(due)),
    newest: (due, now, count) => times.newest(due, Math.min(now, until), count),
  };
}
