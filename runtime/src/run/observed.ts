/** Tasks as a generated dispatcher calls them: as they are, or as an observer has them called. */

import type { Options } from "./options.js";

/** What is called in the place of `task`: the task itself, unless an observer wraps tasks. */
export function observed<T extends object>({ observers = [] }: Options, task: T): T {
  return observers.reduce((inner, observer) => observer.wrap?.(inner) ?? inner, task);
}
