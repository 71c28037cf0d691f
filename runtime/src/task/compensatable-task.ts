/** A task whose effect can be undone: its interface. Keeping what undoes it, and undoing it, is `saga/`. */

import type { Context } from "../context.js";
import type { Retry } from "../resilience/retry.js";
import type { Configured } from "../resilience/task-config.js";
import type { Awaitable, Next, Undoable } from "../transition.js";

/** How a compensation is attempted. Read once, when the workflow object is created. */
export interface CompensateConfig {
  /** What follows a failed attempt. Default: none. */
  readonly retry?: Retry;
  /** Milliseconds one attempt may take, above 0. Default: unbounded, but for the workflow's `compensationTimeout`. */
  readonly attemptTimeout?: number;
}

/**
 * Does something that can be undone. When the run fails, is cancelled or runs out of time after it, `compensate` is called with what `run` left;
 * of several tasks, the last one that was done is undone first.
 *
 * While `run` is in progress the run is not interrupted: a cancel or the total timeout takes effect once it has ended, so that what it did is
 * known. Its `config` holds for `run`. An attempt that took longer than `config.attemptTimeout` is given up, and what it may still do is not
 * undone: hand `context.idempotencyKey` to what it calls.
 */
export interface CompensatableTask<S, Output> extends Configured<Next<S>> {
  /** How `compensate` is attempted. */
  readonly compensateConfig?: CompensateConfig;
  /** Returns `undoable(next, output)`; a bare next state says that there is nothing to undo. */
  run(resources: never, context: Context<never>): Awaitable<Undoable<Next<S>, Output> | Next<S>>;
  /**
   * Undoes what `run` did. It must be safe to call again: in a durable workflow it is repeated when the process ends before its end was
   * stored. `context.input` is what the task had taken, `context.idempotencyKey` is the compensation's own.
   */
  compensate(resources: never, output: Output, context: Context<never>): Awaitable<void>;
}
