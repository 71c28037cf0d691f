/** A task that works in steps: its interface. The loop is `steps.ts`. */

import type { Context } from "../context.js";
import type { Configured } from "../resilience/task-config.js";
import type { Awaitable, More, Next } from "../transition.js";

/**
 * Works in steps, each of which begins where the one before ended.
 *
 * `config` holds for one step: a failed one is repeated from the same cursor, and those before it are not. A cursor must survive JSON:
 * every attempt is given a copy of its own.
 */
export interface SteppedTask<S, Cursor> extends Configured<Next<S>> {
  /** The first step is given no cursor. `more(cursor)` asks for another step, anything else names the next state. */
  step(resources: never, cursor: Cursor | undefined, context: Context<never>): Awaitable<Next<S> | More<Cursor>>;
}
