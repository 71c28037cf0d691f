/** A task that works through many items: its interface. The loop is `batch.ts`. */

import type { Context } from "../context.js";
import type { Retry } from "../resilience/retry.js";
import type { Configured } from "../resilience/task-config.js";
import type { Awaitable, Next } from "../transition.js";

/** What became of one item of a batch. `error` is what the item's last attempt threw, as it was thrown. */
export type ItemOutcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: unknown };

/**
 * Loads items, works through them with bounded concurrency, and names the next state from what became of them.
 *
 * A failed item fills its slot and nothing else. What `load`, its iterator or `finish` throws fails the attempt, and a retry of it begins
 * with `load` again. `config.attemptTimeout` bounds all of it together.
 */
export interface BatchTask<S, Item, Output> extends Configured<Next<S>> {
  /** How many items may be in progress at once, 1 or more. Default: 1. */
  readonly concurrency?: number;
  /** What follows a failed attempt of an item. Default: none. */
  readonly itemRetry?: Retry;
  /** Milliseconds one attempt of an item may take, above 0. Default: unbounded. */
  readonly itemTimeout?: number;
  /** The items, in memory or as they come: an item is taken from an iterator once there is room for it. */
  load(resources: never, context: Context<never>): Awaitable<Iterable<Item> | AsyncIterable<Item>>;
  /** Works on one item. Its context is the item's own: `signal`, `attempt` and `idempotencyKey` are of this item. */
  processItem(resources: never, item: Item, context: Context<never>): Awaitable<Output>;
  /** Given one outcome for each item, in the order of the items. */
  finish(resources: never, outcomes: readonly ItemOutcome<Output>[], context: Context<never>): Awaitable<Next<S>>;
}
