/** The authoring side of fan-out and fan-in: `split([...])` and what its join hands on. */

import type { Context } from "../context.js";
import type { Bulkhead } from "../resilience/bulkhead.js";
import type { Join } from "../resilience/join.js";
import type { AnyBranch } from "./any-branch.js";

/** What a join hands to the next state. Every list is in branch order. */
export interface Joined<Input, T> {
  /** The split's own input. */
  readonly input: Input;
  /** What the branches that succeeded have returned, each with the index of its branch. */
  readonly successes: readonly { readonly branch: number; readonly value: T }[];
  /** JSON-safe summaries; the errors themselves go to observers. */
  readonly failures: readonly BranchFailure[];
  /** Indexes of the branches that were aborted because the outcome was certain, or because the time was up. */
  readonly cancelled: readonly number[];
}

/** A failed branch, as the next state sees it. */
export interface BranchFailure {
  /** The index of the branch, from 0 on. */
  readonly branch: number;
  /** The `name` of the error, of several attempts the last one's: of one that the runtime made, `CanoError`. */
  readonly name: string;
  /** The `message` of the same error. */
  readonly message: string;
  /** Of an error that the runtime made, its category, `timeout` for instance; else `task_execution`. */
  readonly category: string;
}

/** How a split is joined and bounded. */
export interface SplitOptions<S> {
  /** When the split is over. Default: `all()`. */
  readonly join?: Join;
  /** The state that follows. */
  readonly next: S;
  /**
   * Milliseconds from the start of the branches to the decision, above 0. `partialTimeout()` needs it, and joins when it is up; under other joins the state
   * then fails with `workflow` (CANO7008). Default: unbounded.
   */
  readonly timeout?: number;
  /**
   * How many branches may run at once, 1 or more, or a bulkhead that is shared with other states and workflows; a branch keeps its place during
   * its retries. Default: all.
   */
  readonly bulkhead?: number | Bulkhead;
  /** Under `all()`: whether the first failure aborts the rest. Default `"all"`: every branch is awaited. */
  readonly settle?: "all" | "first-failure";
}

/** A split as `workflow()` takes it. Made by {@link split}. */
export interface Split<S, B> {
  readonly kind: "split";
  /** Classes or instances, or a function that computes the instances when the split is entered. */
  readonly branches: B;
  /** How it is joined and bounded, as it was given. */
  readonly options: SplitOptions<S>;
}

/** Computes the branches of a split from what the run knows. */
export type BranchFactory<B extends readonly AnyBranch[] = readonly AnyBranch[]> = (
  resources: never,
  context: Context<never>,
) => B;

/** The branches of a split: each a class without constructor parameters, or an instance. */
export type BranchList = readonly (AnyBranch | (new () => AnyBranch))[];

/**
 * Runs `branches` concurrently on the split's input and joins their results. A function computes them when the split is entered; their number may
 * differ from run to run then, their type may not.
 */
export function split<const S extends string | number, const B extends BranchList | BranchFactory>(
  branches: B,
  options: SplitOptions<S>,
): Split<S, B> {
  return { kind: "split", branches, options };
}
