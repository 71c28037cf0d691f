/** The local times of a cron expression: what clocks show, as the milliseconds since 1970 at which clocks in UTC show the same. Zones are not its business. */

import { type CronExpression, CronExpressionParser } from "cron-parser";
import { LAST_TIME } from "../time/last-time.js";
import { readFields } from "./cron-syntax.js";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Later times, or earlier ones. */
export type Way = "after" | "before";

/** See the file's first line. The days are found by cron-parser; it would find the times too, but goes through them one by one. */
export class LocalTimes {
  /** Whether there are times in every hour of the clock. */
  readonly isHourly: boolean;
  private readonly parsed: CronExpression;
  /** Midnight on the days of the expression. */
  private readonly days: CronExpression;
  /** Hours, minutes and seconds of a day's times, each in ascending order. */
  private readonly units: Readonly<Record<Way, readonly (readonly number[])[]>>;
  /** The last day that was asked for. */
  private last: { readonly day: number; readonly isOne: boolean } | undefined;

  /** Throws `configuration` (CANO7032) when `expression` is none. */
  constructor(expression: string) {
    const fields = readFields(expression);
    this.parsed = CronExpressionParser.parse(fields.join(" "), { tz: "UTC" });
    const { hour, minute, second } = this.parsed.fields;
    const units = [hour.values, minute.values, second.values];
    this.units = { after: units, before: units.map((values) => values.toReversed()) };
    this.isHourly = hour.values.length === 24;
    this.days = CronExpressionParser.parse(["0 0 0", ...fields.slice(3)].join(" "), { tz: "UTC" });
  }

  /** The expression as six fields, each as plain as it can be. */
  get plain(): string {
    return this.parsed.stringify(true);
  }

  /** Whether `local` is one of the local times. */
  has(local: number): boolean {
    return this.find(local - 1, "after") === local;
  }

  /** The first local time after `local`, or the last before it; undefined when there is none any more. */
  find(local: number, way: Way): number | undefined {
    const today = Math.floor(local / DAY) * DAY;
    const time = this.isDay(today) ? this.findTime(local - today, way) : undefined;
    if (time !== undefined) return today + time;
    const day = this.findDay(today, way);
    return day === undefined ? undefined : day + (this.findTime(way === "after" ? -1 : DAY, way) ?? 0);
  }

  private isDay(day: number): boolean {
    if (this.last?.day !== day) this.last = { day, isOne: Math.abs(day) <= LAST_TIME && this.days.includesDate(new Date(day)) };
    return this.last.isOne;
  }

  private findDay(today: number, way: Way): number | undefined {
    // Often the next one is one, and that is told sooner than cron-parser finds it.
    const day = way === "after" ? today + DAY : today - DAY;
    if (this.isDay(day)) return day;
    try {
      this.days.reset(new Date(day));
      return this.days[way === "after" ? "next" : "prev"]().getTime();
    } catch {
      // It looks some years around, and then gives up; or there are no more dates.
      return undefined;
    }
  }

  private findTime(limit: number, way: Way): number | undefined {
    const [hours = [], minutes = [], seconds = []] = this.units[way];
    // Whether one of the times from `start` on, `length` milliseconds long, is wanted.
    const reaches = (start: number, length: number): boolean =>
      way === "after" ? start + length - SECOND > limit : start < limit;
    for (const hour of hours) {
      if (!reaches(hour * HOUR, HOUR)) continue;
      for (const minute of minutes) {
        const start = hour * HOUR + minute * MINUTE;
        if (!reaches(start, MINUTE)) continue;
        const second = seconds.find((value) => reaches(start + value * SECOND, SECOND));
        if (second !== undefined) return start + second * SECOND;
      }
    }
    return undefined;
  }
}
