/** The kinds of rate limiters: a token bucket, a fixed window, several limits at once. What is counted how is `meters.ts`. */

import { requireCost } from "../errors/require.js";
import { requireList, requireMethod, requireOptions } from "../errors/require-shape.js";
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

const SHARED: Readonly<Record<keyof LimiterOptions, 1>> = { name: 1, maxQueue: 1, maxWait: 1, clock: 1 };
const BUCKET = { tokens: 1, period: 1, capacity: 1, burst: 1, ...SHARED } as const;
const WINDOW = { limit: 1, window: 1, ...SHARED } as const;

/** A token bucket: `tokens` in a `period`, evenly, and as many saved up as it holds. Throws `configuration` when an option is out of range. */
export function tokenBucket(options: BucketOptions & LimiterOptions): RateLimiter {
  requireOptions<BucketOptions & LimiterOptions>("tokenBucket", options, BUCKET);
  return new RateLimiter([meteredBy(options, new TokenBucket(options))], options);
}

/** A fixed window: at most `limit` from the first call on for `window` milliseconds, then anew. Throws `configuration` when an option is out of range. */
export function fixedWindow(options: WindowOptions & LimiterOptions): RateLimiter {
  requireOptions<WindowOptions & LimiterOptions>("fixedWindow", options, WINDOW);
  return new RateLimiter([meteredBy(options, new FixedWindow(options))], options);
}

/** Several limits at once: a call takes of all of them, in their order, or of none. Throws `configuration` when an option is out of range. */
export function tiered(tiers: readonly Tier[], options: LimiterOptions = {}): RateLimiter {
  requireList("tiers", tiers);
  requireOptions("tiered", options, SHARED);
  const metered = tiers.flatMap((tier, index) => {
    const { limiter, name, cost = 1 } = tier;
    requireMethod(`tiers[${index}].limiter`, limiter, "tryAcquire", "what `tokenBucket`, `fixedWindow` or `tiered` makes");
    requireOptions<Tier>(`tiers[${index}]`, tier, { limiter: 1, name: 1, cost: 1 });
    requireCost("cost", cost);
    return limiter.tiers.map((own) => ({ ...own, name: name ?? own.name, cost: cost * own.cost }));
  });
  return new RateLimiter(metered, options, true);
}

function meteredBy({ name = "rate limit" }: LimiterOptions, meter: Meter): Metered {
  return { name, meter, cost: 1 };
}
