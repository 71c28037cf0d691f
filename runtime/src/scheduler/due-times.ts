/** When schedules are due: points in time as milliseconds since 1970. Nothing here knows of runs. */

import { cronTimes } from "./cron.js";

/** See the file's first line. */
export interface DueTimes {
  /** The first one that is not before `start`; undefined when there is none. */
  first(start: number): number | undefined;
  /** The one after `due`; undefined when there is none, or when that is not settled before a run has ended. */
  after(due: number): number | undefined;
  /** From `due`, which is one, to `now`: the newest `count`, in ascending order. */
  newest(due: number, now: number, count: number): readonly number[];
}

/** Every `interval` milliseconds, from the first on. */
export function everyTimes(interval: number): DueTimes {
  return {
    first: (start) => start,
    after: (due) => due + interval,
    newest(due, now, count) {
      const passed = Math.floor((now - due) / interval);
      const wanted = Math.min(passed + 1, count);
      return Array.from({ length: wanted }, (_, at) => due + (passed - wanted + 1 + at) * interval);
    },
  };
}

/** Once at the start; when again, is settled by each run. */
export function delayTimes(): DueTimes {
  return { first: (start) => start, after: () => undefined, newest: (due) => [due] };
}

/** Once, at `time`, be it past or not. */
export function onceTimes(time: number): DueTimes {
  return { first: () => time, after: () => undefined, newest: (due) => [due] };
}

/** Never by itself. */
export function neverTimes(): DueTimes {
  return { first: () => undefined, after: () => undefined, newest: (due) => [due] };
}

/** Those of a cron expression in a time zone. Throws `configuration`. */
export function cronDueTimes(expression: string, timeZone: string): DueTimes {
  const times = cronTimes(expression, timeZone);
  return {
    first: (start) => times.after(start - 1),
    after: (due) => times.after(due),
    newest(due, now, count) {
      const found: number[] = [];
      // Backwards, since there may be millions.
      for (let time = times.before(now + 1); time !== undefined && time > due && found.length < count; time = times.before(time))
        found.push(time);
      if (found.length < count) found.push(due);
      return found.reverse();
    },
  };
}

/** Those that are not before `from` and not after `until`. */
export function boundedTimes(times: DueTimes, from = Number.NEGATIVE_INFINITY, until = Number.POSITIVE_INFINITY): DueTimes {
  const within = (due: number | undefined): number | undefined => (due === undefined || due > until ? undefined : due);
  return {
    first: (start) => within(times.first(Math.max(start, from))),
    after: (due) => within(times.after(due)),
    newest: (due, now, count) => times.newest(due, Math.min(now, until), count),
  };
}
