/** A task that asks until the answer is there: its interface and options. The loop is `poll.ts`. */

import type { Context } from "../context.js";
import type { Configured } from "../resilience/task-config.js";
import type { Awaitable, Next, Pending } from "../transition.js";

/** What a failure does: it ends the attempt, or up to `tolerate` (a whole number, 0 or more) failures in a row are passed over. */
export type PollErrors = "fail" | { readonly tolerate: number };

/** Growing delays in milliseconds: `base * multiplier ** k` up to `cap`, spread by `jitter`. */
export interface Backoff {
  /** The first delay in milliseconds, 0 or more. */
  readonly base: number;
  /** By how much each delay grows over the one before; what is not a positive number counts as 1. Default: 2. */
  readonly multiplier?: number;
  /** The longest delay in milliseconds before it is spread, 0 or more. Default: 30,000. */
  readonly cap?: number;
  /** The share by which a delay is spread in both directions, clamped to 0 to 1. Default: 0.1. */
  readonly jitter?: number;
}

/**
 * Asks whether something is ready, again and again, and names the next state once it is.
 *
 * `config.attemptTimeout` bounds all polls of an attempt together; without it and without a total timeout a poll may go on for ever.
 */
export interface PollTask<S> extends Configured<Next<S>> {
  /** Called until it returns something else than `pending()`. */
  poll(resources: never, context: Context<never>): Awaitable<Next<S> | Pending>;
  /** What a poll that throws does. Default: `"fail"`. A `pending()` starts the count anew; a `FatalError` is never passed over. */
  readonly pollErrors?: PollErrors;
  /** The delay before the next poll after `pending()` without a delay of its own, and after a failure that is passed over. Default: none. */
  readonly backoff?: Backoff;
}
