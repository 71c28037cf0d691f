/** How long a schedule waits after runs that have failed in a row, and when it stops trying. */

import { requireCount, requireDelay } from "../errors/require.js";
import { requireOptions } from "../errors/require-shape.js";

/** How long a schedule waits after runs that have failed in a row, and when it stops trying. Times are milliseconds. */
export interface BackoffOptions {
  /** After the first failure, 0 or more. Default: 1,000. */
  readonly base?: number;
  /** By how much it grows with every further failure. What is not a positive number counts as 1. Default: 2. */
  readonly multiplier?: number;
  /** The most that is waited, jitter included, 0 or more. Default: 300,000. */
  readonly cap?: number;
  /** The share by which it is spread in both directions. Clamped to 0 to 1. Default: 0.1. */
  readonly jitter?: number;
  /** Failures in a row after which the schedule fires no more until it is reset: a whole number, 1 or more. Default: it never stops trying. */
  readonly trip?: number;
}

/** A policy that is complete and in range. */
export interface Backoff {
  /** Milliseconds to wait after the `streak`-th failure in a row; `random` is from 0 up to, but not including, 1. */
  delay(streak: number, random: number): number;
  isTripped(streak: number): boolean;
}

/** The policy of `options`. Throws `configuration` when one of them is out of range. */
export function backoffOf(options: BackoffOptions = {}): Backoff {
  requireOptions<BackoffOptions>("backoff", options, { base: 1, multiplier: 1, cap: 1, jitter: 1, trip: 1 });
  const { base = 1_000, multiplier = 2, cap = 300_000, jitter = 0.1, trip } = options;
  requireDelay("backoff.base", base);
  requireDelay("backoff.cap", cap);
  if (trip !== undefined) requireCount("backoff.trip", trip, 1);
  const growth = Number.isFinite(multiplier) && multiplier > 0 ? multiplier : 1;
  const spread = Number.isFinite(jitter) ? Math.min(1, Math.max(0, jitter)) : 0;
  return {
    delay(streak, random) {
      const grown = base === 0 ? 0 : Math.min(base * growth ** (Math.max(1, streak) - 1), cap);
      // Capped again: what is spread must not exceed what was asked for.
      return Math.min(cap, Math.max(0, grown * (1 + spread * (2 * random - 1))));
    },
    isTripped: (streak) => trip !== undefined && streak >= trip,
  };
}

/** So many failures in a row, in words. */
export function failuresInARow(streak: number): string {
  return streak === 1 ? "a failure" : `${streak} failures in a row`;
}
