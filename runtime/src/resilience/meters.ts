/** What a rate limiter counts with: a token bucket, which refills evenly, and a fixed window, which starts over. Time comes in as a number. */

import { requireCount, requirePositive } from "../errors/require.js";

/** Counts what is used. Times in milliseconds; a cost is 0 or more. */
export interface Meter {
  /** The limiters in which somebody waits for it, by what serves them: called when something was given back. */
  readonly awaitedBy: Set<() => void>;
  /** Takes `cost` if it fits: whether it did. */
  debit(cost: number, now: number): boolean;
  /** Keeps `cost`, which has just been taken, so that it can be given back. */
  hold(cost: number): Hold;
  /** How long until `cost` fits, if nobody else takes anything: 0 when it does now, infinite when it never will. */
  timeUntil(cost: number, now: number): number;
  snapshot(now: number): MeterSnapshot;
}

/** Something taken on approval: one of the two is called, once. */
export interface Hold {
  keep(): void;
  /** Gives it back, as far as that still makes sense. */
  giveBack(now: number): void;
}

/** A meter with its name and what a call costs there. */
export interface Metered {
  readonly name: string;
  readonly meter: Meter;
  readonly cost: number;
}

/** How a meter stands. */
export interface MeterSnapshot {
  readonly used: number;
  readonly limit: number;
  /** Milliseconds until a cost of 1 fits. */
  readonly availableIn: number;
  /** Milliseconds until everything is free again: 0 where no window has begun; undefined for a bucket, which never starts over. */
  readonly resetsIn: number | undefined;
}

/** How a token bucket fills. */
export interface BucketOptions {
  /** So many tokens come in `period`, evenly: a whole number, 1 or more. */
  readonly tokens: number;
  /** Milliseconds, above 0. */
  readonly period: number;
  /** How many tokens it holds, without `burst`: a whole number, 1 or more. Default: `tokens`. */
  readonly capacity?: number;
  /** How many more it holds for bursts: a whole number, 0 or more. Default: 0. */
  readonly burst?: number;
}

// What sums of fractions may be off by. A bucket that lends so little takes it back with the next tokens.
const ROUNDING = 1e-9;

/** Whether `cost` is more than `room`, beyond what sums may be off by. */
const exceeds = (cost: number, room: number): boolean => cost > room + ROUNDING;

/** Full at first. Refills by `tokens / period` a millisecond, whenever it is asked. */
export class TokenBucket implements Meter {
  readonly awaitedBy = new Set<() => void>();
  readonly capacity: number;
  private readonly rate: number;
  private tokens: number;
  private at: number | undefined = undefined;
  /** For each hold, the most that there was since. */
  private readonly peaks = new Set<{ tokens: number }>();

  /** Throws `configuration` when an option is out of range. */
  constructor({ tokens, period, capacity = tokens, burst = 0 }: BucketOptions) {
    requireCount("tokens", tokens, 1);
    requirePositive("period", period);
    requireCount("capacity", capacity, 1);
    requireCount("burst", burst);
    this.rate = tokens / period;
    this.capacity = capacity + burst;
    this.tokens = this.capacity;
  }

  debit(cost: number, now: number): boolean {
    this.refill(now);
    if (!this.fits(cost)) return false;
    this.tokens -= cost;
    return true;
  }

  hold(cost: number): Hold {
    const peak = { tokens: this.tokens };
    this.peaks.add(peak);
    return {
      keep: () => void this.peaks.delete(peak),
      giveBack: (now) => {
        this.refill(now);
        this.peaks.delete(peak);
        // What came in only because there was room for it would not be there, had nothing been taken.
        this.add(Math.min(cost, this.capacity - peak.tokens));
      },
    };
  }

  timeUntil(cost: number, now: number): number {
    this.refill(now);
    if (this.fits(cost)) return 0;
    return exceeds(cost, this.capacity) ? Number.POSITIVE_INFINITY : (cost - this.tokens) / this.rate;
  }

  snapshot(now: number): MeterSnapshot {
    const availableIn = this.timeUntil(1, now);
    const used = this.capacity - Math.floor(this.tokens + ROUNDING);
    return { used, limit: this.capacity, availableIn, resetsIn: undefined };
  }

  // What costs nothing fits in a bucket that has lent a little, too.
  private fits(cost: number): boolean {
    return cost === 0 || !exceeds(cost, this.tokens);
  }

  private refill(now: number): void {
    const { at } = this;
    // A clock that went back counts as one that stood still.
    if (at !== undefined && now > at) this.add((now - at) * this.rate);
    if (at === undefined || now > at) this.at = now;
  }

  private add(tokens: number): void {
    this.tokens = Math.min(this.capacity, this.tokens + tokens);
    for (const peak of this.peaks) peak.tokens = Math.max(peak.tokens, this.tokens);
  }
}

/** How a fixed window is cut. */
export interface WindowOptions {
  /** How much fits into one window: a whole number, 1 or more. */
  readonly limit: number;
  /** Milliseconds, above 0. */
  readonly window: number;
}

/** Begins with its first use; when one is over, the next begins with the next use. To look at it is no use of it. */
export class FixedWindow implements Meter {
  readonly awaitedBy = new Set<() => void>();
  private readonly limit: number;
  private readonly length: number;
  /** Of the newest window, whether that is over or not. */
  private used = 0;
  private start: number | undefined = undefined;
  /** Counts windows: what was taken in one cannot be given back to another. */
  private generation = 0;

  /** Throws `configuration` when an option is out of range. */
  constructor({ limit, window }: WindowOptions) {
    requireCount("limit", limit, 1);
    requirePositive("window", window);
    this.limit = limit;
    this.length = window;
  }

  debit(cost: number, now: number): boolean {
    if (exceeds(this.usedAt(now) + cost, this.limit)) return false;
    if (cost > 0 && this.restAt(now) === 0) {
      this.start = now;
      this.used = 0;
      this.generation++;
    }
    this.used += cost;
    return true;
  }

  hold(cost: number): Hold {
    const { generation } = this;
    return {
      keep: () => undefined,
      giveBack: () => {
        if (generation === this.generation) this.used = Math.max(0, this.used - cost);
      },
    };
  }

  timeUntil(cost: number, now: number): number {
    if (!exceeds(this.usedAt(now) + cost, this.limit)) return 0;
    return exceeds(cost, this.limit) ? Number.POSITIVE_INFINITY : this.restAt(now);
  }

  snapshot(now: number): MeterSnapshot {
    return { used: this.usedAt(now), limit: this.limit, availableIn: this.timeUntil(1, now), resetsIn: this.restAt(now) };
  }

  private usedAt(now: number): number {
    return this.restAt(now) === 0 ? 0 : this.used;
  }

  /** How long the window still lasts: 0 when it is over, or none has begun. */
  private restAt(now: number): number {
    const { start, length } = this;
    // Above 0 as long as it is not over, which `start + length - now` need not be, as sums of fractions are rounded.
    return start === undefined || now - start >= length ? 0 : length - (now - start);
  }
}
