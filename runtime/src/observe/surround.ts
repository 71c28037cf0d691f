/** Calls something inside of what an observer sets up around it: once, and with what comes of it, whatever the observer does. */

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
  let outcome: Outcome<T> | undefined;
  const once = (): Outcome<T> => (outcome ??= outcomeOf(call));
  try {
    // A hook and its event belong together, which the compiler cannot follow through an index.
    (observer[hook] as ((event: object, call: () => void) => void) | undefined)?.call(observer, event, once);
  } catch (fault) {
    faults.report(observer, hook, fault);
  }
  const made = once();
  if ("error" in made) throw made.error;
  return made.value;
}

function outcomeOf<T>(call: () => T): Outcome<T> {
  try {
    return { value: call() };
  } catch (error) {
    return { error };
  }
}
