/** The times of cron expressions in time zones: how daylight saving shifts, drops and repeats what the clocks show is decided here. */

import { LAST_TIME } from "../time/last-time.js";
import { LocalTimes, type Way } from "./local-times.js";
import { ZoneClock } from "./zone-clock.js";

/**
 * What a move of the clocks has done to a time. `moved`: the clocks skip the local time that the expression names, and this one comes in its place. `once`: they
 * show the local time twice, and this is the first and only one of the two; `twice`: both are times of the expression.
 */
export type ClockChange = "moved" | "once" | "twice";

/** The times of one expression in one zone, in milliseconds since 1970. */
export interface CronTimes {
  /** The expression as six fields, seconds first, each as plain as it can be: `0 30 2 * * *`. */
  readonly plain: string;
  /** The first time after `time`; undefined when there is none any more. */
  after(time: number): number | undefined;
  /** The last time before `time`; undefined when there is none. */
  before(time: number): number | undefined;
  /** What a move of the clocks has done to `time`, which is one of the times; undefined where it has done nothing. */
  changeAt(time: number): ClockChange | undefined;
}

/** The times of expressions, each read once: thousands of schedules have few between them. */
export class CronTable {
  private readonly known = new Map<string, CronTimes>();
  private readonly zones = new Map<string, ZoneClock>();

  /**
   * The times of `expression`: five fields, or six with seconds first, or a name such as `@daily`; in the IANA zone `timeZone`. A local time that does not
   * exist fires once, moved forward by as much as the clocks were; one that exists twice fires once, the first time. An expression with all 24 hours goes on
   * through both, as time does: it fires again when the clocks show the same again. Throws `configuration`: CANO7032 for the expression, CANO7033 for the zone.
   */
  of(expression: string, timeZone: string): CronTimes {
    const key = JSON.stringify([expression, timeZone]);
    const found = this.known.get(key) ?? timesOf(new LocalTimes(expression), this.zone(timeZone));
    this.known.set(key, found);
    return found;
  }

  private zone(timeZone: string): ZoneClock {
    const found = this.zones.get(timeZone) ?? new ZoneClock(timeZone);
    this.zones.set(timeZone, found);
    return found;
  }
}

function timesOf(locals: LocalTimes, zone: ZoneClock): CronTimes {
  const find = (time: number, way: Way): number | undefined => {
    const isFurther = (a: number, b: number): boolean => (way === "after" ? a > b : a < b);
    // The offset by which clocks show first what is looked for, and the one by which they do last.
    const offsetsNear = (at: number): readonly [near: number, far: number] => {
      const [lowest, highest] = zone.offsetsNear(at);
      return way === "after" ? [lowest, highest] : [highest, lowest];
    };
    const [near, far] = offsetsNear(time);
    let found: number | undefined;
    let local = locals.find(time + near, way);
    while (local !== undefined) {
      const shown = zone.timesOf(local);
      for (const one of locals.isHourly ? shown : shown.slice(0, 1))
        if (isFurther(one, time) && (found === undefined || isFurther(found, one))) found = one;
      let from = local;
      if (found !== undefined) {
        // Where clocks are moved, times do not come in the order of what they show: what they show later may come before.
        const [nearFound, farFound] = offsetsNear(found);
        if (!isFurther(found + farFound, local)) break;
        // Up to there, it is either past `found` or not past `time`.
        if (!isFurther(found + nearFound, local) && isFurther(time + far, local)) from = time + far;
      }
      local = locals.find(from, way);
    }
    return found === undefined || Math.abs(found) > LAST_TIME ? undefined : found;
  };
  // Schedules with one expression ask for the same time, all at once.
  let last: { readonly time: number; readonly after: number | undefined } | undefined;
  return {
    get plain() {
      return locals.plain;
    },
    after(time) {
      if (last?.time !== time) last = { time, after: find(time, "after") };
      return last.after;
    },
    before: (time) => find(time, "before"),
    changeAt(time) {
      const local = time + zone.offsetAt(time);
      if (!locals.has(local)) return "moved";
      if (zone.timesOf(local).length === 1) return undefined;
      return locals.isHourly ? "twice" : "once";
    },
  };
}
