/** Which times of a cron expression are looked at in three years: all of them where they are few, else those where something could go wrong. */

import type { CronTimes } from "../../runtime/src/cron/cron-table.js";
import type { Transition } from "./cron-zones.js";

/** A part of time, both ends included. */
export interface Window {
  readonly from: number;
  readonly to: number;
}

/** Three years with a leap day. */
export const YEARS: Window = { from: Date.UTC(2026, 0, 1), to: Date.UTC(2028, 11, 31, 23, 59, 59) };

/** An expression with no more times in the first year has all of all three looked at: one a week. */
const FEW = 53;
const FIRST_YEAR_END = Date.UTC(2027, 0, 1);
// Of each February and each year, and of months with 30 and with 31 days.
const MONTH_ENDS = [
  ...[2026, 2027, 2028].flatMap((year) => [Date.UTC(year, 2, 1), Date.UTC(year + 1, 0, 1)]),
  ...[3, 6, 9].map((month) => Date.UTC(2028, month, 1)),
];

/**
 * The windows of an expression, in ascending order and apart from each other. Where there are many times: one time on either side of the ends of some months in the
 * zone (years' ends and the 29th of February among them) and of `point`; and all from before a transition's gap or overlap to behind it, but where
 * there is one in each second, only for 10 seconds on either side of the gap or the start of the overlap.
 */
export function windowsOf(
  times: CronTimes,
  transitions: readonly Transition[],
  offset: number,
  point: number,
): readonly Window[] {
  let time: number | undefined = YEARS.from;
  for (let count = 0; count <= FEW && time !== undefined && time < FIRST_YEAR_END; count++) time = times.after(time);
  if (time === undefined || time >= FIRST_YEAR_END) return [YEARS];
  const around = (from: number, to = from): Window => ({
    from: times.before(from) ?? from,
    to: Math.min(times.after(to) ?? to, YEARS.to),
  });
  const isEachSecond = times.after(time) === time + 1000;
  const windows = [
    ...MONTH_ENDS.map((end) => around(end - offset)),
    around(point),
    ...transitions.map(({ time: at, moved }) => {
      if (!isEachSecond) return around(at - Math.abs(moved), at + Math.abs(moved));
      // Where the gap is, or the overlap begins.
      const start = Math.min(at, at + moved);
      return around(start - 10_000, start + 10_000);
    }),
  ];
  return joined(windows);
}

function joined(windows: readonly Window[]): readonly Window[] {
  const apart: Window[] = [];
  for (const window of windows.toSorted((a, b) => a.from - b.from)) {
    const last = apart.at(-1);
    if (last === undefined || window.from > last.to) apart.push(window);
    else apart[apart.length - 1] = { from: last.from, to: Math.max(last.to, window.to) };
  }
  return apart;
}
