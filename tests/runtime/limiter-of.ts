/** Rate limiters for tests, on a clock of their own. */

import { fixedWindow, type RateLimiter, tokenBucket } from "cano";
import { ManualClock } from "cano/testing";

/** Holds 5, which come in 1,000 ms. */
export function bucket(options: Partial<Parameters<typeof tokenBucket>[0]> = {}) {
  const clock = new ManualClock();
  return { clock, limiter: tokenBucket({ tokens: 5, period: 1_000, clock, ...options }) };
}

/** Lets 3 through in 1,000 ms. */
export function window(options: Partial<Parameters<typeof fixedWindow>[0]> = {}) {
  const clock = new ManualClock();
  return { clock, limiter: fixedWindow({ limit: 3, window: 1_000, clock, ...options }) };
}

/** Takes one after the other while there is any: how many it took. */
export const drain = (limiter: RateLimiter): number => {
  let taken = 0;
  while (limiter.tryAcquire()) taken++;
  return taken;
};
