/** Finds how short after a firing of a cron expression the next one may come. */

import type { CronTimes } from "cano/cron";

// In it the clocks change in most zones that change them; a fixed date, since what is found must not depend on when one looks.
const START = Date.UTC(2026, 2, 1);

// What repeats within days shows its smallest gap early; a month of days has a change of the clocks in it.
const FIRINGS = 32;

/** The smallest gap among some firings, or the first that is `enough` or less, in milliseconds; undefined when there are not two. */
export function findSmallestGap(times: CronTimes, enough: number): number | undefined {
  let smallest: number | undefined;
  let last = times.after(START);
  for (let count = 1; count < FIRINGS && last !== undefined; count++) {
    const time = times.after(last);
    if (time === undefined) break;
    smallest = Math.min(smallest ?? Number.POSITIVE_INFINITY, time - last);
    if (smallest <= enough) break;
    last = time;
  }
  return smallest;
}
