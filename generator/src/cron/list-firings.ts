/** Lists the next times at which a cron expression fires, as the clocks of its zone show them. */

import type { ClockChange, CronTimes, ZoneClock } from "cano/cron";

/** One of them. */
export interface CronFiring {
  /** Milliseconds since 1970. */
  readonly time: number;
  /** The zone's local time with its offset from UTC: `2026-03-29T03:30:00+02:00`. */
  readonly local: string;
  readonly change: ClockChange | undefined;
}

/** Lists the first `count` firings that are not before `from`, in milliseconds since 1970; fewer where no more are found. `clock` is that of the zone. */
export function listFirings(times: CronTimes, clock: ZoneClock, from: number, count: number): readonly CronFiring[] {
  const found: CronFiring[] = [];
  let time = times.after(from - 1);
  while (time !== undefined && found.length < count) {
    found.push({ time, local: localTime(time, clock.offsetAt(time)), change: times.changeAt(time) });
    time = times.after(time);
  }
  return found;
}

function localTime(time: number, offset: number): string {
  const wall = new Date(time + offset).toISOString().slice(0, 19);
  const ahead = new Date(Math.abs(offset)).toISOString().slice(11, 16);
  return `${wall}${offset < 0 ? "-" : "+"}${ahead}`;
}
