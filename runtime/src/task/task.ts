/** The interfaces that a task class implements. They are loose in their parameters on purpose: the generator checks those in depth. */

import type { Context } from "../context.js";
import type { Retry } from "../resilience/retry.js";
import type { Awaitable, Next } from "../transition.js";

/** How a task is attempted. Read once, when the workflow object is created. */
export interface TaskConfig {
  /** What follows a failed attempt. Default: none, the first failure is final. */
  readonly retry?: Retry;
  /** Milliseconds one attempt may take, above 0. Default: unbounded. Expiry is a failed attempt and is retried like any other. */
  readonly attemptTimeout?: number;
}

/** What every kind of task may declare. */
export interface Configured {
  readonly config?: TaskConfig;
}

/** One unit of work: does something, then names the next state. */
export interface Task<S> extends Configured {
  run(resources: never, context: Context<never>): Awaitable<Next<S>>;
}

/** Chooses the next state from what is known; meant to have no effect of its own. */
export interface RouterTask<S> extends Configured {
  route(resources: never, context: Context<never>): Awaitable<Next<S>>;
}

/** One branch of a split: returns data instead of a state. */
export interface Branch extends Configured {
  run(resources: never, context: Context<never>): unknown;
}
