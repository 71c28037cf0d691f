/** Lists the next times at which a cron expression fires, as the clocks of its zone show them. */

import type { CronTimes } from "./cron-times.js";
import { type OffsetAt, offsetsOf } from "./zones.js";

/** One of them. */
export interface CronFiring {
  /** Milliseconds since 1970. */
  readonly time: number;
  /** The zone's local time with its offset from UTC: `2026-03-29T03:30:00+02:00`. */
  readonly local: string;
  /**
   * What daylight saving has done. `moved`: the local time that was asked for does not exist on that day, and this one comes in its place. `once`: the
   * local time comes twice, and this is the only firing of the two; `twice`: it fires at both.
   */
  readonly change: "moved" | "once" | "twice" | undefined;
}

/** Lists the first `count` firings that are not before `from`, in milliseconds since 1970; fewer where no more are found. */
export function listFirings(times: CronTimes, timeZone: string, from: number, count: number): readonly CronFiring[] {
  const offsetAt = offsetsOf(timeZone);
  const found: CronFiring[] = [];
  let time = times.after(from - 1);
  while (time !== undefined && found.length < count) {
    const change = changeOf(times, offsetAt, time, found.at(-1));
    found.push({ time, local: localTime(time, offsetAt(time)), change });
    time = times.after(time);
  }
  return found;
}

function changeOf(times: CronTimes, offsetAt: OffsetAt, time: number, last: CronFiring | undefined): CronFiring["change"] {
  if (!times.names(time)) return "moved";
  const twin = findTwin(offsetAt, time);
  if (twin === undefined) return undefined;
  // What holds for one local time that comes twice holds for all of that hour, and finding out takes a step for each of its firings.
  if (last?.change === "once" || last?.change === "twice") return last.change;
  return firesAgain(times, offsetAt, Math.min(time, twin), Math.max(time, twin)) ? "twice" : "once";
}

// Asked for what follows a time of the second hour, cron-parser does not know that there was a first: it must be led there.
function firesAgain(times: CronTimes, offsetAt: OffsetAt, first: number, second: number): boolean {
  const offset = offsetAt(first);
  let time = times.after(first);
  while (time !== undefined && time < second && offsetAt(time) === offset) time = times.after(time);
  return time !== undefined && time <= second;
}

// Clocks are never changed by more, nor twice within it.
const LONGEST_CHANGE = 4 * 60 * 60 * 1_000;

/** The other time at which the clocks show what they show at `time`. */
function findTwin(offsetAt: OffsetAt, time: number): number | undefined {
  const offset = offsetAt(time);
  for (const near of [time - LONGEST_CHANGE, time + LONGEST_CHANGE]) {
    const other = offsetAt(near);
    const twin = time + offset - other;
    if (other !== offset && offsetAt(twin) === other) return twin;
  }
  return undefined;
}

function localTime(time: number, offset: number): string {
  const wall = new Date(time + offset).toISOString().slice(0, 19);
  const ahead = new Date(Math.abs(offset)).toISOString().slice(11, 16);
  return `${wall}${offset < 0 ? "-" : "+"}${ahead}`;
}
