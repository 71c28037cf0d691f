/** The share of failures among recent calls, and when it is too much. */

import { requireCount, requirePositive, requireShare } from "../errors/require.js";
import { requireOptions } from "../errors/require-shape.js";
import { RecentCounts } from "./recent-counts.js";

/** When a share of failures is too much. */
export interface RateOptions {
  /** The share that is too much, above 0 and at most 1. */
  readonly share: number;
  /** How far back calls are counted, in milliseconds, above 0; a tenth of it is as exact as it gets. Default: 10,000. */
  readonly window?: number;
  /** Of fewer calls nothing is concluded: a whole number, 1 or more. Default: 10. */
  readonly minimumCalls?: number;
}

/** See the file's first line. */
export class FailureRate {
  private readonly share: number;
  private readonly minimum: number;
  private readonly counts: RecentCounts;

  /** Throws `configuration` when an option is out of range. */
  constructor(options: RateOptions) {
    requireOptions<RateOptions>("failureRate", options, { share: 1, window: 1, minimumCalls: 1 });
    const { share, window = 10_000, minimumCalls = 10 } = options;
    requireShare("failureRate.share", share);
    requirePositive("failureRate.window", window);
    requireCount("failureRate.minimumCalls", minimumCalls, 1);
    this.share = share;
    this.minimum = minimumCalls;
    this.counts = new RecentCounts(window);
  }

  /** Counts a call that ended at the time `now`. Whether the share of failures is too much. */
  record(now: number, failed: boolean): boolean {
    this.counts.add(now, 1, failed ? 1 : 0);
    if (!failed) return false;
    const { all, marked } = this.counts.totals(now);
    return all >= this.minimum && marked / all >= this.share;
  }

  clear(): void {
    this.counts.clear();
  }
}
