/** When the clocks of a time zone are moved, found in what `Intl` shows, beside the code under test. */

const HOUR = 3_600_000;

/** A change of a zone's clocks: at `time`, by `moved` milliseconds, forward when that is positive. */
export interface Transition {
  readonly time: number;
  readonly moved: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** What the clocks of `timeZone` show at `time`, as in `2026-03-29 01:30:00`. */
export function shownAt(timeZone: string, time: number): string {
  const format =
    formats.get(timeZone) ??
    new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "medium", hourCycle: "h23" });
  formats.set(timeZone, format);
  return format.format(time);
}

/** How many milliseconds the clocks are ahead of UTC. */
export function offsetAt(timeZone: string, time: number): number {
  return Date.parse(`${shownAt(timeZone, time).replace(" ", "T")}Z`) - Math.floor(time / 1000) * 1000;
}

/** Those from `from` to `to`, in ascending order; none comes within 12 hours of another. */
export function transitionsOf(timeZone: string, from: number, to: number): readonly Transition[] {
  const found: Transition[] = [];
  for (let start = from; start < to; start += 12 * HOUR) {
    const moved = offsetAt(timeZone, start + 12 * HOUR) - offsetAt(timeZone, start);
    if (moved === 0) continue;
    let [before, after] = [start, start + 12 * HOUR];
    while (after - before > 1000) {
      const middle = Math.floor((before + after) / 2000) * 1000;
      if (offsetAt(timeZone, middle) === offsetAt(timeZone, start)) before = middle;
      else after = middle;
    }
    found.push({ time: after, moved });
  }
  return found;
}
