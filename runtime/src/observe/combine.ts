/** Several observers as one. */

import { callHook, hears, HOOKS } from "./hooks.js";
import type { Observer } from "./observer.js";

/**
 * One observer of several, told of each event in their order. What one of them throws, or rejects with, keeps nothing from the others; the
 * first such fault of an event is what the whole fails with.
 */
export function combine(...observers: readonly Observer[]): Observer {
  const combined: Record<string, (event: object) => unknown> = {};
  for (const hook of HOOKS) {
    const hearers = observers.filter((observer) => hears(observer, hook));
    // What none of them hears, the whole does not either: such an event is not made.
    if (hearers.length > 0) combined[hook] = (event) => tellEach(hearers, (hearer) => callHook(hearer, hook, event));
  }
  return combined;
}

function tellEach(hearers: readonly Observer[], tell: (hearer: Observer) => unknown): unknown {
  const pending: Promise<unknown>[] = [];
  for (const hearer of hearers) {
    try {
      const outcome = tell(hearer);
      if (outcome instanceof Promise) pending.push(outcome);
    } catch (fault) {
      pending.push(Promise.reject(fault));
    }
  }
  return pending.length === 0 ? undefined : Promise.all(pending);
}
