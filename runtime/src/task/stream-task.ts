/** A task that reads a source item by item and hands on what it makes of them in windows: its interface. The loop is `stream.ts`. */

import type { Context } from "../context.js";
import type { Configured } from "../resilience/task-config.js";
import type { Awaitable, Next } from "../transition.js";

/**
 * When a window is full: once it has `count` outputs (a whole number, 1 or more), or `duration` milliseconds (above 0) after it began,
 * whichever comes first where both are given.
 */
export type Window =
  { readonly count: number; readonly duration?: number } | { readonly count?: number; readonly duration: number };

/** What a failed item does: it fails the run, it is dropped, or up to `tolerate` (0 or more) failures in a row are dropped. */
export type ItemErrors = "fail" | "skip" | { readonly tolerate: number };

/** Why a stream is closed: its source has ended, or the run is cancelled or out of time. */
export type CloseReason = "exhausted" | "cancelled";

/**
 * Reads a source item by item, and hands what it makes of the items to `flushWindow` in windows.
 *
 * One item is read at a time, and none is worked on while a window is flushed. `config.attemptTimeout` bounds one item; a stream is never retried.
 * When the run is cancelled or out of time while an item is in progress, that item still ends; then what the window holds is flushed and
 * `onClose("cancelled")` is called. A `FatalError` always fails the run.
 */
export interface StreamTask<S, Item, Output, Cursor> extends Configured<Next<S>> {
  /** Default: `{ count: 1 }`. A window of a duration may take longer than that, but is not empty: it ends between two items. */
  readonly window?: Window;
  /** What an item that fails does. Default: `"fail"`. An item that succeeds starts the count of `tolerate` anew. */
  readonly itemErrors?: ItemErrors;
  /** Milliseconds above 0 that closing may take: that of the source, and all of it when the run is cancelled. Default: 5,000. */
  readonly closeTimeout?: number;
  /** The source. `cursor` is where an earlier run of this state was; its context's signal fires when no more is wanted from the source. */
  open(resources: never, cursor: Cursor | undefined, context: Context<never>): Awaitable<AsyncIterable<Item>>;
  /** Makes an output of an item, and the cursor behind it: a value that survives JSON. */
  processItem(resources: never, item: Item, context: Context<never>): Awaitable<readonly [output: Output, cursor: Cursor]>;
  /** Given the outputs of a window, at least one; returns the next state, which ends the stream, or nothing. */
  // oxlint-disable-next-line typescript/no-invalid-void-type -- a method that only ever goes on returns nothing
  flushWindow(resources: never, outputs: readonly Output[], context: Context<never>): Awaitable<Next<S> | undefined | void>;
  /** Called once at the end, unless `flushWindow` has named the next state, or the stream has failed. What it returns after `"cancelled"` is ignored. */
  onClose(resources: never, reason: CloseReason, context: Context<never>): Awaitable<Next<S>>;
}
