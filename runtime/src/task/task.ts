/** The interfaces that a task class implements. They are loose in their parameters on purpose: the generator checks those in depth. */

import type { Context } from "../context.js";
import type { Configured } from "../resilience/task-config.js";
import type { Awaitable, Next } from "../transition.js";

/** One unit of work: does something, then names the next state. */
export interface Task<S> extends Configured<Next<S>> {
  /** One attempt: returns the next state, or `to(state, input)`. What it throws fails the attempt. */
  run(resources: never, context: Context<never>): Awaitable<Next<S>>;
}

/** Chooses the next state from what is known; meant to have no effect of its own. */
export interface RouterTask<S> extends Configured<Next<S>> {
  /** One attempt: returns the next state, or `to(state, input)`, preferably without a promise. */
  route(resources: never, context: Context<never>): Awaitable<Next<S>>;
}

/** One branch of a split: returns data instead of a state. */
export interface Branch extends Configured {
  /** One attempt: returns the data that the join collects, or a promise of it. In a durable workflow it must survive JSON. */
  run(resources: never, context: Context<never>): unknown;
}
