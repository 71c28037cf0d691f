/** A task that waits for a point in time: its interface. The loop is `timer.ts`. */

import type { Context } from "../context.js";
import type { Configured } from "../resilience/task-config.js";
import type { Awaitable, Next } from "../transition.js";

/** Milliseconds from now (finite, 0 or more), or a point in time: a `Date`, or anything with its milliseconds since 1970, as `Temporal.Instant`. */
export type Due = number | Date | { readonly epochMilliseconds: number };

/** The context of `afterWait`. */
export interface TimerContext<Input = void> extends Context<Input> {
  /** When the timer was due, on the workflow's clock. */
  readonly due: Date;
}

/**
 * Waits once, then names the next state. A point in time that has passed is due at once.
 *
 * `config.attemptTimeout` bounds the wait and both methods together; a retry asks `wait` again.
 */
export interface TimerTask<S> extends Configured<Next<S>> {
  /** How long to wait, or until when. Called once. */
  wait(resources: never, context: Context<never>): Awaitable<Due>;
  /** Called once the time has come. */
  afterWait(resources: never, context: TimerContext<never>): Awaitable<Next<S>>;
}
