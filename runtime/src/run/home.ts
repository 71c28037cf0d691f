/** What all runs of one workflow object share. */

import type { Clock } from "../clock.js";
import type { Log } from "../context.js";
import type { Observer } from "../observe/observer.js";
import type { Graph } from "../graph.js";

/** See the file's first line. */
export interface Home {
  readonly graph: Graph;
  /** The states by the numbers that the dispatcher gives them. */
  readonly states: readonly (string | number)[];
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Log;
  readonly observers: readonly Observer[];
  /** Reports the first fault of an observer; the following ones are dropped. */
  observerFault(fault: unknown): void;
}
