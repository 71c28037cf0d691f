/** A task that asks until the answer is there: its interface and options. The loop is `poll.ts`. */

import type { Context } from "../context.js";
import type { Awaitable, Next, Pending } from "../transition.js";
import type { Configured } from "./task.js";

/** What a failure does: it ends the attempt, or up to `tolerate` (a whole number, 0 or more) failures in a row are passed over. */
export type PollErrors = "fail" | { readonly tolerate: number };

/** Growing delays in milliseconds: `base * multiplier ** k` (default 2) up to `cap` (default 30,000), spread by `jitter` (default 0.1). */
export interface Backoff {
  readonly base: number;
  readonly multiplier?: number;
  readonly cap?: number;
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
