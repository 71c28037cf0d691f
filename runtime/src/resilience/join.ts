/** Join strategies: immutable values that decide, from counts alone, when a split is over. The split itself is `task/split-loop.ts`. */

import { requireCount, requireShare } from "../errors/require.js";

/** Counts of a split in progress. */
export interface Tally {
  readonly branches: number;
  readonly successes: number;
  readonly failures: number;
}

/** A join strategy. Made by {@link all}, {@link any}, {@link quorum}, {@link percentage}, {@link partialResults}, {@link partialTimeout}. */
export interface Join {
  /** The strategy's name, as errors show it. */
  readonly join: string;
  /** `true`: joined, `false`: can no longer be joined, undefined: wait. Asked before the first branch ends and after each. */
  readonly decide: (tally: Tally) => boolean | undefined;
  /** `true` when the branches that ended before the timeout are enough. */
  readonly decideAtTimeout?: (tally: Tally) => boolean;
}

const ended = ({ branches, successes, failures }: Tally): boolean => successes + failures >= branches;

/** Every branch succeeds. A failure is reported when all have ended, or at once with `settle: "first-failure"`. An empty split joins. */
export function all(): Join {
  return { join: "all", decide: (tally) => (ended(tally) ? tally.failures === 0 : undefined) };
}

/** The first success joins and the rest are aborted; fails when every branch failed, so also when there is none. */
export function any(): Join {
  return { join: "any", decide: (tally) => tally.successes > 0 || (ended(tally) ? false : undefined) };
}

/**
 * `needed` successes (a whole number, 0 or more) join. Decides, either way, as soon as the outcome is certain, and aborts the rest;
 * `quorum(0)` waits for all branches and always joins. Throws `configuration` when `needed` is out of range.
 */
export function quorum(needed: number): Join {
  // Nothing is less than NaN: a number that could not be read would join a split whose branches have all failed.
  requireCount("quorum", needed);
  return { join: `quorum(${needed})`, decide: (tally) => decideNeeded(tally, needed) };
}

/** Like {@link quorum} with `ceil(branches * share)` needed; `share` is above 0 and at most 1. Throws `configuration` when it is out of range. */
export function percentage(share: number): Join {
  requireShare("percentage", share);
  return { join: `percentage(${share})`, decide: (tally) => decideNeeded(tally, Math.ceil(tally.branches * share)) };
}

/**
 * `minimum` successes (a whole number, 0 or more) join and the rest are aborted; fails only when all branches have ended without them. With 0, the
 * first end joins. Throws `configuration` when `minimum` is out of range.
 */
export function partialResults(minimum: number): Join {
  requireCount("partialResults", minimum);
  return {
    join: `partialResults(${minimum})`,
    decide: (tally) =>
      tally.successes >= minimum && (tally.failures + tally.successes > 0 || tally.branches === 0)
        ? true
        : ended(tally)
          ? false
          : undefined,
  };
}

/** Joins with whatever has ended, well or not, when the split's `timeout` expires or all have ended; fails when nothing has. */
export function partialTimeout(): Join {
  const some = (tally: Tally): boolean => tally.successes + tally.failures > 0;
  return { join: "partialTimeout", decide: (tally) => (ended(tally) ? some(tally) : undefined), decideAtTimeout: some };
}

function decideNeeded(tally: Tally, needed: number): boolean | undefined {
  if (needed > 0 && tally.successes >= needed) return true;
  if (tally.branches - tally.failures < needed) return false;
  return ended(tally) ? true : undefined;
}
