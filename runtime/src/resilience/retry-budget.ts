/** A retry budget: keeps retries to a share of all calls, so that a service in trouble is not called all the more for it. */

import { requireCount, requirePositive, requireShare } from "../errors/require.js";
import { requireOptions } from "../errors/require-shape.js";
import { type Clock, systemClock } from "../time/clock.js";
import { RecentCounts } from "./recent-counts.js";

/** How much may be retried. */
export interface RetryBudgetOptions {
  /** Retries may be this share of the first attempts: above 0 and at most 1. Default: 0.2. */
  readonly share?: number;
  /** So many retries in a window are allowed in any case: a whole number, 0 or more. Default: 10. */
  readonly minimum?: number;
  /** How far back is counted, in milliseconds, above 0; a tenth of it is as exact as it gets. Default: 10,000. */
  readonly window?: number;
}

/** Makes a budget; share it by reference among the tasks that call the same thing. Throws `configuration` when an option is out of range. */
export function retryBudget(options: RetryBudgetOptions = {}): RetryBudget {
  requireOptions<RetryBudgetOptions>("retryBudget", options, { share: 1, minimum: 1, window: 1 });
  return new RetryBudget(options);
}

/**
 * A retry budget: keeps retries to a share of all calls, so that a service in trouble is not called all the more for it. Share it by reference. Made
 * by {@link retryBudget}.
 */
export class RetryBudget {
  private readonly share: number;
  private readonly minimum: number;
  private readonly counts: RecentCounts;

  /** @internal */
  constructor({ share = 0.2, minimum = 10, window = 10_000 }: RetryBudgetOptions) {
    requireShare("share", share);
    requireCount("minimum", minimum);
    requirePositive("window", window);
    this.share = share;
    this.minimum = minimum;
    this.counts = new RecentCounts(window);
  }

  /** Counts a first attempt. */
  deposit(clock: Clock = systemClock): void {
    this.counts.add(clock.now(), 1, 0);
  }

  /** Counts a retry if there may be one. Whether there may. */
  withdraw(clock: Clock = systemClock): boolean {
    const now = clock.now();
    const { all, marked } = this.counts.totals(now);
    // Divided, which is exact to the last place: 0.29 times 100 is less than 29.
    if (marked >= this.minimum && (marked + 1) / all > this.share) return false;
    this.counts.add(now, 0, 1);
    return true;
  }
}
