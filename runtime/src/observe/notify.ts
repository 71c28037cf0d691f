/** Delivers events to observers, guarded: what an observer throws or rejects with is reported once and changes nothing. */

import type { Home } from "../run/home.js";
import type { Observer } from "./observer.js";

/** A hook with its event. */
export type Notice = {
  [K in keyof Observer]-?: readonly [hook: K, event: Parameters<NonNullable<Observer[K]>>[0]];
}[keyof Observer];

/** Tells every observer, in registration order; each is told all of `notices` before the next one. */
export function notify(home: Home, ...notices: readonly Notice[]): void {
  for (const observer of home.observers) for (const notice of notices) deliver(home, observer, notice);
}

function deliver(home: Home, observer: Observer, [hook, event]: Notice): void {
  try {
    // The pair of a hook and its event is one member of `Notice`, which the compiler cannot follow through an index.
    const outcome = (observer[hook] as ((event: object) => unknown) | undefined)?.call(observer, event);
    if (outcome instanceof Promise) outcome.catch((fault: unknown) => home.observerFault(fault));
  } catch (fault) {
    home.observerFault(fault);
  }
}
