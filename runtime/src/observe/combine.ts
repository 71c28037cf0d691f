/** Several observers as one. */

import { isThenable } from "../errors/thenable.js";
import { callHook, hears, HOOKS, type Surrounding, SURROUNDINGS } from "./hooks.js";
import { observed } from "./observed.js";
import type { Observer, RunEvent, RunTrace } from "./observer.js";
import { surround } from "./surround.js";

/**
 * One observer of several, told of each event in their order. What one of them throws, or rejects with, keeps nothing from the others; the
 * first such fault of an event is what the whole fails with.
 */
export function combine(...observers: readonly Observer[]): Observer {
  const combined: Record<string, (event: object, call: () => void) => unknown> = {};
  for (const hook of HOOKS) {
    const hearers = observers.filter((observer) => hears(observer, hook));
    // What none of them hears, the whole does not either: such an event is not made.
    if (hearers.length > 0) combined[hook] = (event) => tellEach(hearers, (hearer) => callHook(hearer, hook, event));
  }
  for (const hook of SURROUNDINGS) {
    const hearers = observers.filter((observer) => hears(observer, hook));
    if (hearers.length > 0) combined[hook] = (event, call) => surroundAll(hearers, hook, event, call);
  }
  return { ...combined, wrap: (task) => observed({ observers }, task), traceRun: (event) => firstTrace(observers, event) };
}

/** What the first of them gives that gives anything. One that fails keeps nothing from the others: its fault is the whole's where none gives anything. */
function firstTrace(observers: readonly Observer[], event: RunEvent): RunTrace | undefined {
  const faults: unknown[] = [];
  for (const observer of observers) {
    try {
      const trace = observer.traceRun?.(event);
      if (trace !== undefined) return trace;
    } catch (fault) {
      faults.push(fault);
    }
  }
  if (faults.length > 0) throw faults[0];
  return undefined;
}

/** Rejects with the first fault of them, whenever that comes; else it stays as it is. */
function surroundAll(hearers: readonly Observer[], hook: Surrounding, event: object, call: () => void): Promise<never> {
  return new Promise((_, reject) => {
    const report = (_observer: Observer, _hook: keyof Observer, fault: unknown): void => reject(fault);
    hearers.reduceRight<() => void>((inner, hearer) => () => surround(hearer, hook, event, inner, { report }), call)();
  });
}

function tellEach(hearers: readonly Observer[], tell: (hearer: Observer) => unknown): unknown {
  const pending: PromiseLike<unknown>[] = [];
  for (const hearer of hearers) {
    try {
      const outcome = tell(hearer);
      if (isThenable(outcome)) pending.push(outcome);
    } catch (fault) {
      pending.push(Promise.reject(fault));
    }
  }
  return pending.length === 0 ? undefined : Promise.all(pending);
}
