/** What a task may declare of how it is attempted. What is read of it is `policies.ts`. */

import type { Context } from "../context.js";
import type { Awaitable } from "../transition.js";
import type { Bulkhead } from "./bulkhead.js";
import type { CircuitBreaker } from "./circuit-breaker.js";
import type { RateLimiter } from "./rate-limiter.js";
import type { RetryBudget } from "./retry-budget.js";
import type { Retry } from "./retry.js";

/** How a task is attempted. Read once, when the workflow object is created. `F` is what `fallback` may stand in with. */
export interface TaskConfig<F = unknown> {
  /** What follows a failed attempt. Default: none, the first failure is final. */
  readonly retry?: Retry;
  /** Milliseconds one attempt may take, above 0. Default: unbounded. Expiry is a failed attempt and is retried like any other. */
  readonly attemptTimeout?: number;
  /** Refuses attempts after failures, at once and without a retry. Share one among the tasks that call the same thing. */
  readonly breaker?: CircuitBreaker;
  /** Lets so many attempts through at once; the others wait for their turn, outside of the attempt timeout. */
  readonly bulkhead?: Bulkhead;
  /** Lets so many attempts through in a time; the others wait for their turn, outside of the attempt timeout. */
  readonly rateLimit?: RateLimiter;
  /** Keeps retries to a share of the calls: when it is spent, the failure stands as if there were no retry policy. */
  readonly retryBudget?: RetryBudget;
  /** Starts a second copy of a slow attempt. For what may safely be done twice. Default: none. */
  readonly hedge?: Hedge;
  /**
   * What stands in for the result when the last attempt has failed: a state, `to(state, input)`, or a function that makes one of these of the
   * error and the context, or a promise of it; for a branch, its value. Not when the run is cancelled or out of time.
   */
  readonly fallback?: F | ((error: unknown, context: Context<never>) => Awaitable<F>);
}

/** When another copy of an attempt is started; the first that succeeds counts, the others are aborted. */
export interface Hedge {
  /** Milliseconds after which a copy counts as slow, above 0. */
  readonly after: number;
  /** How many copies may be started besides the attempt itself: a whole number, 1 or more. Default: 1. */
  readonly max?: number;
}

/** What every kind of task may declare. */
export interface Configured<F = unknown> {
  /** Default: one attempt, without bounds. */
  readonly config?: TaskConfig<F>;
}

/** What the fallback of a task of type `T` may stand in with. A stream, which alone has windows, makes no attempts and has none. */
export type FallbackOf<T> = T extends { readonly config: { readonly fallback: infer F } }
  ? T extends { flushWindow: unknown }
    ? never
    : F extends (...parameters: never) => infer R
      ? Awaited<R>
      : F
  : never;
