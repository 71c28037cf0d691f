/** How the clocks of a time zone stand, by `Intl`: offsets, and the points in time at which they show a local time. */

import { CanoError } from "../errors/cano-error.js";
import { LAST_TIME } from "../time/last-time.js";

const DAY = 86_400_000;
const WEEK = 7 * DAY;

interface Week {
  readonly before: number;
  /** When the offset is no more `before`. */
  readonly change: number;
  readonly after: number;
}

/** The clocks of a time zone: offsets, and the points in time at which they show a local time. A local time is what the clocks show, as the milliseconds since 1970 at which clocks in UTC show the same. */
export class ZoneClock {
  private readonly format: Intl.DateTimeFormat;
  /** By the weeks since 1970; to ask for an offset takes longer than all the rest. */
  private readonly weeks = new Map<number, Week>();

  /** Throws `configuration` (CANO7033) where `timeZone` is no IANA zone. */
  constructor(timeZone: string) {
    try {
      this.format = new Intl.DateTimeFormat("en-US", { timeZone, timeZoneName: "longOffset" });
    } catch (cause) {
      const message = `there is no time zone \`${timeZone}\`: give an IANA name such as \`Europe/Berlin\``;
      throw new CanoError("configuration", message, { code: "CANO7033", cause });
    }
  }

  /** How many milliseconds the clocks are ahead of UTC at `time`. Of two changes in a week that undo each other, it does not know. */
  offsetAt(time: number): number {
    const at = Math.floor(time / WEEK);
    const week = this.weeks.get(at) ?? this.readWeek(at * WEEK);
    this.weeks.set(at, week);
    return time < week.change ? week.before : week.after;
  }

  /** The lowest and the highest offset at `time` and as near to it as a change can tell, which is as far as it moves the clocks. */
  offsetsNear(time: number): readonly [lowest: number, highest: number] {
    const moved = Math.abs(this.offsetAt(time + DAY) - this.offsetAt(time - DAY));
    const near = [this.offsetAt(time - moved), this.offsetAt(time), this.offsetAt(time + moved)];
    return [Math.min(...near), Math.max(...near)];
  }

  /**
   * When the clocks show `local`: two times, in ascending order, where they were put back. Where they were put forward, past it, the time at which they would
   * show it had they not been: so RFC 5545 has it, in section 3.3.5, and `Temporal`, as "compatible".
   */
  timesOf(local: number): readonly number[] {
    const before = this.offsetAt(local - DAY);
    const after = this.offsetAt(local + DAY);
    if (before === after) return [local - before];
    const shown = [local - before, local - after].filter((time) => time + this.offsetAt(time) === local);
    return shown.length > 0 ? shown : [local - before];
  }

  private readWeek(start: number): Week {
    const before = this.readOffset(start);
    const after = this.readOffset(start + WEEK);
    if (before === after) return { before, change: start, after };
    // Changes come at whole seconds.
    let [low, high] = [start, start + WEEK];
    while (high - low > 1000) {
      const middle = Math.floor((low + high) / 2000) * 1000;
      if (this.readOffset(middle) === before) low = middle;
      else high = middle;
    }
    return { before, change: high, after };
  }

  private readOffset(time: number): number {
    const text = this.format.format(Math.max(-LAST_TIME, Math.min(LAST_TIME, time)));
    // As in `1/1/2026, GMT+05:45`, with seconds before there were zones, and without anything for UTC itself.
    const [, sign, ...parts] = /GMT([+-])(\d\d):(\d\d)(?::(\d\d))?$/.exec(text) ?? [];
    const [hours = 0, minutes = 0, seconds = 0] = parts.map((part) => Number(part ?? 0));
    return (sign === "-" ? -1 : 1) * (hours * 3600 + minutes * 60 + seconds) * 1000;
  }
}
