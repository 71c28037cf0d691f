/** Calls something inside of what an observer sets up around it: once, and with what comes of it, whatever the observer does. */

import { reportRejection } from "../errors/thenable.js";
import type { Faults } from "./faults.js";
import type { Surrounding } from "./hooks.js";
import type { Observer } from "./observer.js";

type Outcome<T> = { readonly value: T } | { readonly error: unknown };

/** See the file's first line. `event` is one of `hook`. */
export function surround<T>(
  observer: Observer,
  hook: Surrounding,
  event: object,
  call: () => T,
  faults: Pick<Faults, "report">,
): T {
  let made: Outcome<T> | undefined;
  const once = (): Outcome<T> => (made ??= outcomeOf(call));
  try {
    // A hook and its event belong together, which the compiler cannot follow through an index.
    const outcome = (observer[hook] as ((event: object, call: () => void) => unknown) | undefined)?.call(observer, event, once);
    reportRejection(outcome, (fault) => faults.report(observer, hook, fault));
  } catch (fault) {
    faults.report(observer, hook, fault);
  }
  const called = once();
  if ("error" in called) throw called.error;
  return called.value;
}

function outcomeOf<T>(call: () => T): Outcome<T> {
  try {
    return { value: call() };
  } catch (error) {
    return { error };
  }
}
