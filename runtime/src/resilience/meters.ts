/** What a rate limiter counts with: a token bucket, which refills evenly, and a fixed window, which starts over. Time comes in as a number. */

import { requireCount, requirePositive } from "./require.js";

/** Counts what is used. Times in milliseconds; a cost is 0 or more. */
export interface Meter {
  /** Takes `cost` if it fits: a mark for giving it back, else undefined, and nothing is taken. */
  debit(cost: number, now: number): number | undefined;
  /** Gives back what was taken under `mark`, as far as that still makes sense. */
  credit(cost: number, mark: number, now: number): void;
  /** How long until `cost` fits, if nobody else takes anything: 0 when it does now, infinite when it never will. */
  timeUntil(cost: number, now: number): number;
  snapshot(now: number): MeterSnapshot;
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
  /** Milliseconds until everything is free again; undefined for a bucket, which never starts over. */
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

/** Full at first. Refills by `tokens / period` a millisecond, whenever it is asked. */
export class TokenBucket implements Meter {
  readonly capacity: number;
  private readonly rate: number;
  private tokens: number;
  private at: number | undefined = undefined;

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

  debit(cost: number, now: number): number | undefined {
    this.refill(now);
    if (cost > this.tokens + ROUNDING) return undefined;
    this.tokens -= cost;
    return 0;
  }

  credit(cost: number, _mark: number, now: number): void {
    this.refill(now);
    this.tokens = Math.min(this.capacity, this.tokens + cost);
  }

  timeUntil(cost: number, now: number): number {
    this.refill(now);
    if (cost <= this.tokens + ROUNDING) return 0;
    return cost > this.capacity ? Number.POSITIVE_INFINITY : (cost - this.tokens) / this.rate;
  }

  snapshot(now: number): MeterSnapshot {
    const availableIn = this.timeUntil(1, now);
    const used = this.capacity - Math.floor(this.tokens + ROUNDING);
    return { used, limit: this.capacity, availableIn, resetsIn: undefined };
  }

  private refill(now: number): void {
    const { at } = this;
    // A clock that went back counts as one that stood still.
    if (at !== undefined && now > at) this.tokens = Math.min(this.capacity, this.tokens + (now - at) * this.rate);
    if (at === undefined || now > at) this.at = now;
  }
}

/** How a fixed window is cut. */
export interface WindowOptions {
  /** How much fits into one window: a whole number, 1 or more. */
  readonly limit: number;
  /** Milliseconds, above 0. */
  readonly window: number;
}

/** Begins with its first use; when one is over, the next begins with the next use. */
export class FixedWindow implements Meter {
  private readonly limit: number;
  private readonly length: number;
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

  debit(cost: number, now: number): number | undefined {
    this.turn(now);
    if (this.used + cost > this.limit) return undefined;
    this.used += cost;
    return this.generation;
  }

  credit(cost: number, mark: number, now: number): void {
    this.turn(now);
    if (mark === this.generation) this.used = Math.max(0, this.used - cost);
  }

  timeUntil(cost: number, now: number): number {
    const rest = this.turn(now);
    if (this.used + cost <= this.limit) return 0;
    return cost > this.limit ? Number.POSITIVE_INFINITY : rest;
  }

  snapshot(now: number): MeterSnapshot {
    const resetsIn = this.turn(now);
    return { used: this.used, limit: this.limit, availableIn: this.timeUntil(1, now), resetsIn };
  }

  /** Begins a new window if the last one is over. How long this one still lasts. */
  private turn(now: number): number {
    if (this.start === undefined || now - this.start >= this.length) {
      this.start = now;
      this.used = 0;
      this.generation++;
    }
    return this.start + this.length - now;
  }
}
