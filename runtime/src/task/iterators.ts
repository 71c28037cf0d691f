/** Opens and closes what batches and streams read from. */

import { textOf } from "../errors/thrown.js";
import { warn } from "../errors/warn.js";
import type { Home } from "../run/home.js";

/** An iterator of either kind. */
export type AnyIterator = Iterator<unknown> | AsyncIterator<unknown>;

/** The iterator of `source`, which `method` returned: the asynchronous one where there are both. Throws `TypeError` when there is none. */
export function openIterator(method: string, source: unknown): AnyIterator {
  const iterator = iteratorOf(source);
  if (iterator !== undefined) return iterator;
  throw new TypeError(`\`${method}\` must return something that can be iterated, not ${kindOf(source)}`);
}

function iteratorOf(source: unknown): AnyIterator | undefined {
  // Of `undefined` and `null` it makes an object without an iterator.
  const iterable = Object(source) as Partial<AsyncIterable<unknown> & Iterable<unknown>>;
  return iterable[Symbol.asyncIterator]?.() ?? iterable[Symbol.iterator]?.();
}

/** What an iterator's `next` has yielded. Throws `TypeError` when that is no result of an iterator, as loops of the language do. */
export function readStep(step: unknown): IteratorResult<unknown> {
  if (typeof step === "object" && step !== null) return step as IteratorResult<unknown>;
  throw new TypeError(`the \`next\` of an iterator must yield an object, not ${kindOf(step)}`);
}

function kindOf(value: unknown): string {
  return value === null ? "null" : typeof value;
}

/** Tells `iterator` that no more is wanted. Rejects with what it throws at that. */
export async function closeIterator(iterator: AnyIterator): Promise<void> {
  await iterator.return?.();
}

/** The same where nobody waits any more: what it throws is logged. `what` names the source. */
export function abandonIterator(home: Home, what: string, iterator: AnyIterator): void {
  abandon(home, what, () => closeIterator(iterator));
}

/** The same for a source that has come too late: nothing was read from it. */
export function abandonSource(home: Home, what: string, source: unknown): void {
  abandon(home, what, async () => {
    await iteratorOf(source)?.return?.();
    // The iterator of a Node stream does nothing at that before something was read.
    if (isNodeStream(source)) await source[Symbol.asyncDispose]();
  });
}

function abandon(home: Home, what: string, close: () => Promise<void>): void {
  // Behind what runs now: a generator that has called its run off itself cannot be closed while it runs.
  Promise.resolve()
    .then(close)
    .catch((error: unknown) => warn(home.log, `${what} could not be closed: ${textOf(error)}`));
}

function isNodeStream(source: unknown): source is AsyncDisposable {
  return typeof source === "object" && source !== null && "pipe" in source && Symbol.asyncDispose in source;
}
