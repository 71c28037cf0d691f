/** The times of an expression as the clocks of its zone show them, and their offsets, for tests to read. */

import { CronTable } from "../../runtime/src/cron/cron-table.js";
import { offsetAt, shownAt } from "./cron-zones.js";

const HOUR = 3_600_000;
const table = new CronTable();

/** The times from `from` to `to`, both included. */
export function timesBetween(expression: string, timeZone: string, from: number, to: number): readonly number[] {
  const times = table.of(expression, timeZone);
  const found: number[] = [];
  for (let time = times.after(from - 1); time !== undefined && time <= to; time = times.after(time)) found.push(time);
  return found;
}

/** The times of the local days from `day`, as in `2026-03-29`, to `lastDay`: each as in `03:30 +2`, with the day before it where there are several. */
export function firingsOn(expression: string, timeZone: string, day: string, lastDay = day): readonly string[] {
  const middle = Date.parse(`${day}T12:00:00Z`);
  // More than the days have, wherever they are.
  const times = timesBetween(expression, timeZone, middle - 36 * HOUR, Date.parse(`${lastDay}T12:00:00Z`) + 36 * HOUR);
  return times.flatMap((time) => {
    const [shownDay = "", clock = ""] = shownAt(timeZone, time).split(" ");
    if (shownDay < day || shownDay > lastDay) return [];
    const hours = offsetAt(timeZone, time) / HOUR;
    return `${day === lastDay ? "" : `${shownDay.slice(5)} `}${clock.slice(0, 5)} ${hours < 0 ? hours : `+${hours}`}`;
  });
}
