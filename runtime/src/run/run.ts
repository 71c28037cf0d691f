/** A run as the generated dispatcher of its workflow sees it: with the types of its resources and of what each state takes. */

import type { Handed } from "../codegen/types.js";
import type { Context } from "../context.js";
import { AnyRun } from "./any-run.js";
import type { Home } from "./home.js";
import { TaskContext } from "./task-context.js";

/** A run with the resources `R`; `I` tells what each state takes, by the dispatcher's numbers. */
export class Run<R, I> extends AnyRun {
  constructor(
    home: Home,
    readonly resources: R,
    input: unknown,
    start: number,
    id: string | undefined,
  ) {
    super(home, input, start, id);
  }

  /** Hands `input` to state `s`. The types are as wide as what `to()` keeps of a literal: the generator has proved the rest. */
  hand<K extends keyof I>(_s: K, input: Handed<I[K]>): void {
    this.input = input;
  }

  /** A context for an attempt of state `s`. */
  context<K extends keyof I & number>(s: K, attempt = 1): Context<I[K]> {
    this.active?.end();
    const context = new TaskContext(this, s, attempt, this.input as I[K]);
    this.active = context;
    return context;
  }
}
