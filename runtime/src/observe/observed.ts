/** Tasks as a generated dispatcher calls them: as they are, or as an observer has them called. */

import type { Observer } from "./observer.js";

/** What is called in the place of `task`: the task itself, unless an observer wraps tasks. */
export function observed<T extends object>({ observers = [] }: { readonly observers?: readonly Observer[] }, task: T): T {
  return observers.reduce((inner, observer) => observer.wrap?.(inner) ?? inner, task);
}
