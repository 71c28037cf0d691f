/** Opens and closes what batches and streams read from. */

import { textOf } from "../errors/thrown.js";
import { warn } from "../errors/warn.js";
import type { Home } from "../run/home.js";

/** An iterator of either kind. */
export type AnyIterator = Iterator<unknown> | AsyncIterator<unknown>;

/** The iterator of `source`, which `method` returned: the asynchronous one where there are both. Throws `TypeError` when there is none. */
export function openIterator(method: string, source: unknown): AnyIterator {
  // Of `undefined` and `null` it makes an object without an iterator.
  const iterable = Object(source) as Partial<AsyncIterable<unknown> & Iterable<unknown>>;
  const iterator = iterable[Symbol.asyncIterator]?.() ?? iterable[Symbol.iterator]?.();
  if (iterator !== undefined) return iterator;
  throw new TypeError(`\`${method}\` must return something that can be iterated, not ${kindOf(source)}`);
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
  closeIterator(iterator).catch((error: unknown) => warn(home.log, `${what} could not be closed: ${textOf(error)}`));
}
