/** Counts of two kinds of events over the last while, in segments, so that old events go out of the count bit by bit. */

const SEGMENTS = 10;

/** See the file's first line. `window` is how far back is counted, in milliseconds; a tenth of it is as exact as it gets. */
export class RecentCounts {
  private readonly length: number;
  private readonly all = new Float64Array(SEGMENTS);
  private readonly marked = new Float64Array(SEGMENTS);
  /** The number of the newest segment. */
  private newest = 0;

  constructor(window: number) {
    this.length = window / SEGMENTS;
  }

  /** Counts `events`, and how many of them are `marked`, at the time `now`. */
  add(now: number, events: number, marked: number): void {
    const at = this.forget(now) % SEGMENTS;
    this.all[at]! += events;
    this.marked[at]! += marked;
  }

  /** What was counted up to the time `now`, as far as it is recent. */
  totals(now: number): { readonly all: number; readonly marked: number } {
    this.forget(now);
    return { all: sum(this.all), marked: sum(this.marked) };
  }

  clear(): void {
    this.all.fill(0);
    this.marked.fill(0);
  }

  /** Empties the segments that have come since. The number of the present one. */
  private forget(now: number): number {
    const segment = Math.max(0, Math.floor(now / this.length));
    if (segment - this.newest >= SEGMENTS) this.clear();
    else
      // Counted down to the present one: of numbers beyond all whole ones, the next may be the same.
      for (let ahead = segment - this.newest - 1; ahead >= 0; ahead--) {
        this.all[(segment - ahead) % SEGMENTS] = 0;
        this.marked[(segment - ahead) % SEGMENTS] = 0;
      }
    this.newest = segment;
    return segment;
  }
}

function sum(counts: Float64Array): number {
  return counts.reduce((all, count) => all + count, 0);
}
