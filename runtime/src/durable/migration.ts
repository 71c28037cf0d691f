/** What becomes of runs that an earlier version of a durable workflow has left behind: the authoring side. Applying it is `migrate.ts`. */

import type { Next, To } from "../transition.js";

/** The state is what it was: its task goes on with the same input, and the same cursor. */
export interface Same {
  readonly migration: "same";
}

/** Runs in the state do not go forward any more. They can still be undone. */
export interface Dead {
  readonly migration: "dead";
  readonly why: string;
}

/** What a function that migrates a run is told besides its input. */
export interface LeftBehind {
  readonly runId: string;
  /** The version that the run goes by. */
  readonly version: number;
  /** The cursor that the state's task had come to, if it has one. */
  readonly cursor: unknown;
}

/**
 * What becomes of runs in one state of an earlier version: {@link same}, {@link dead}, or a function that makes of the stored input the state in
 * which the run goes on. It must have no effect of its own: it may be called again.
 */
export type Migrate<S> = Same | Dead | ((input: never, run: LeftBehind) => Next<S>);

/**
 * How the runs of one earlier version go on. `S` are the workflow's states, `Old` those of that version that are no exits; write
 * `{ … } satisfies Migration<Order, "reserve" | "charge">` and the compiler tells which are missing. `cano-gen` compares them with what it has
 * recorded of that version.
 */
export interface Migration<S, Old extends string | number = string | number> {
  /** How runs in each state of that version go on, by the state's value: all of them that are no exits, and no others. */
  readonly states: { readonly [K in Old]: Migrate<S> };
  /**
   * What undoes a state of that version, where that has changed: of what its task had left, `to(state, output)` with the state whose
   * compensation undoes it now. Default: the state of the same name, with what was left as it is.
   */
  readonly undo?: { readonly [K in Old]?: (output: never) => To<S, unknown> };
}

/** See {@link Same}. */
export const same: Same = { migration: "same" };

/** See {@link Dead}; `why` is told to who tries to resume such a run. */
export function dead(why: string): Dead {
  return { migration: "dead", why };
}
