/** What tasks work with: plain typed values, some of which have a life of their own. Setting them up is `engine/resources.ts`. */

import { requireFunction } from "./errors/require-shape.js";
import type { Awaitable } from "./transition.js";

/** How a resource is doing. */
export type Health =
  | { readonly status: "healthy" }
  | { readonly status: "degraded"; readonly reason: string }
  | { readonly status: "unhealthy"; readonly reason: string };

/** Hooks that any resource may have; a value without them is a resource too. */
export interface Resource {
  /** Called once, in the order of the `resources` object, before the first run or by `start()`. A failure tears down what was set up. */
  setup?(): Awaitable<void>;
  /** Called once, in reverse order, by `close()`. A failure is logged and the others go on. */
  teardown?(): Awaitable<void>;
  /** Asked by `health()` only, never by a run. */
  health?(): Awaitable<Health>;
}

/** A resource that every run gets anew. Made by {@link perRun}. */
export interface PerRun<T> {
  readonly perRun: () => Awaitable<T>;
}

/** Makes a resource for each run: created and set up before its first state, torn down after its last. Throws `configuration` when it is given no function. */
export function perRun<T>(factory: () => Awaitable<T>): PerRun<T> {
  requireFunction("factory` of `perRun", factory);
  return { perRun: factory };
}

/** Values for the resources `R`, each given directly or {@link perRun}. One that is written out in its place may have the hooks of {@link Resource}, too. */
export type Supply<R> = { readonly [K in keyof R]: R[K] | (R[K] & Resource) | PerRun<R[K]> };
