/** A run as the generated dispatcher of its workflow sees it: with the types of its resources and of what each state takes. */

import { AnyRun } from "./any-run.js";
import type { Handed } from "./handed.js";
import type { Home } from "./home.js";

/** A run with the resources `R`; `I` tells what each state takes, by the dispatcher's numbers. */
export interface Run<R, I> extends AnyRun {
  readonly resources: R;
  /** Only there for the type: so the compiler finds `I` also where a run is more than that. */
  readonly inputs?: I;
  /** Hands `input` to state `s`. The types are as wide as what `to()` keeps of a literal: the generator has proved the rest. */
  hand<K extends keyof I & number>(s: K, input: Handed<I[K]>): void;
}

/** A run that begins in state `start`. */
export function createRun<R, I>(home: Home, resources: R, input: unknown, start: number, id: string | undefined): Run<R, I> {
  // Which types go with the workflow is known to its generated module alone.
  return new AnyRun(home, resources, input, start, id) as Run<R, I>;
}
