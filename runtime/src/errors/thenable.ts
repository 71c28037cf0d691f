/** What users' code gives back that may be a promise: one of the language, of another realm, as under Jest, or of a library. */

/** Whether `value` has to be awaited. */
export function isThenable(value: unknown): value is PromiseLike<unknown> {
  // First what it nearly always is, and cheap to tell.
  if (value instanceof Promise) return true;
  const mayBe = (typeof value === "object" && value !== null) || typeof value === "function";
  return mayBe && "then" in value && typeof value.then === "function";
}

/**
 * Calls one of the two, once, and after this has returned, as `await` does: a promise may have a `then` of its own that knows better. Throws where `value` is
 * a promise that cannot be read.
 */
export function whenSettled<T>(value: T, resolved: (value: Awaited<T>) => void, rejected: (error: unknown) => void): void {
  // The type of what it is called on is not known to `call`.
  void Promise.prototype.then.call(Promise.resolve(value), resolved as (value: unknown) => void, rejected);
}

/** Reports what `outcome` rejects with, if it is a promise, which is not waited for. */
export function reportRejection(outcome: unknown, report: (fault: unknown) => void): void {
  if (isThenable(outcome)) whenSettled(outcome, () => undefined, report);
}
