/** The kinds of rate limiters: a token bucket, a fixed window, several limits at once. What is counted how is `meters.ts`. */

import { requireCost } from "../errors/require.js";
import { type BucketOptions, FixedWindow, type Meter, type Metered, TokenBucket, type WindowOptions } from "./meters.js";
import { type LimiterOptions, RateLimiter } from "./rate-limiter.js";

/** One of several limits that hold at once. */
export interface Tier {
  readonly limiter: RateLimiter;
  /** Default: the limiter's own. */
  readonly name?: string;
  /** What a call costs in this tier, 0 or more; 0 leaves it out of account. Default: 1. */
  readonly cost?: number;
}

/** A token bucket: `tokens` in a `period`, evenly, and as many saved up as it holds. Throws `configuration` when an option is out of range. */
export function tokenBucket(options: BucketOptions & LimiterOptions): RateLimiter {
  return new RateLimiter([meteredBy(options, new TokenBucket(options))], options);
}

/** A fixed window: at most `limit` from the first call on for `window` milliseconds, then anew. Throws `configuration` when an option is out of range. */
export function fixedWindow(options: WindowOptions & LimiterOptions): RateLimiter {
  return new RateLimiter([meteredBy(options, new FixedWindow(options))], options);
}

/** Several limits at once: a call takes of all of them, in their order, or of none. Throws `configuration` when an option is out of range. */
export function tiered(tiers: readonly Tier[], options: LimiterOptions = {}): RateLimiter {
  const metered = tiers.flatMap(({ limiter, name, cost = 1 }) => {
    requireCost("cost", cost);
    return limiter.tiers.map((tier) => ({ ...tier, name: name ?? tier.name, cost: cost * tier.cost }));
  });
  return new RateLimiter(metered, options, true);
}

function meteredBy({ name = "rate limit" }: LimiterOptions, meter: Meter): Metered {
  return { name, meter, cost: 1 };
}
