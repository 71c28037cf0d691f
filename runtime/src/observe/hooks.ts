/** The hooks of an observer as values: their names, in the order of {@link Observer}, and what each is told. */

import type { Observer, Surroundings } from "./observer.js";

/** The name of a hook that is told of something. */
export type Hook = Exclude<keyof Observer, keyof Surroundings>;

/** The name of a hook that is called around something. */
export type Surrounding = "aroundRun" | "aroundTask";

/** What the hook `K` is told. */
export type EventOf<K extends Hook> = Parameters<NonNullable<Observer[K]>>[0];

// An object, so that the compiler sees to it that none is missing.
const ALL: Readonly<Record<Hook, true>> = {
  runStart: true,
  unknownResumeState: true,
  resume: true,
  stateEnter: true,
  checkpoint: true,
  checkpointFailure: true,
  taskStart: true,
  circuitOpen: true,
  hedge: true,
  retry: true,
  attempt: true,
  poll: true,
  step: true,
  tolerated: true,
  progress: true,
  window: true,
  fallback: true,
  taskSuccess: true,
  taskFailure: true,
  taskCancelled: true,
  join: true,
  workflowTimeout: true,
  cancelled: true,
  compensateStart: true,
  compensateSuccess: true,
  compensateFailure: true,
  drain: true,
  runEnd: true,
};

/** The names of all hooks. */
export const HOOKS: readonly Hook[] = Object.keys(ALL) as Hook[];

/** The names of the hooks that are called around something. */
export const SURROUNDINGS: readonly Surrounding[] = ["aroundRun", "aroundTask"];

/** Whether `observer` has `hook`. Calls no getter. */
export function hears(observer: Observer, hook: keyof Observer): boolean {
  return hook in observer;
}

/** Calls `hook` of `observer`, if it has one, with an event of that hook. Returns what it returns; throws what it throws. */
export function callHook(observer: Observer, hook: Hook, event: object): unknown {
  // A hook and its event belong together, which the compiler cannot follow through an index.
  const call = observer[hook] as ((event: object) => unknown) | undefined;
  return call?.call(observer, event);
}
