/** What all runs of one workflow object share. */

import type { Log } from "../context.js";
import type { Graph } from "../graph.js";
import type { Observer } from "../observe/observer.js";
import type { Codecs } from "../payload/payload.js";
import type { Clock } from "../time/clock.js";
import type { TimerWheel } from "../time/timer-wheel.js";
import type { Heard } from "./heard.js";

/** See the file's first line. */
export interface Home {
  readonly graph: Graph;
  /** The states by the numbers that the dispatcher gives them. */
  readonly states: readonly (string | number)[];
  readonly log: Log;
  readonly observers: readonly Observer[];
  /** Undefined is the process's clock. */
  readonly clock: Clock | undefined;
  readonly random: () => number;
  /** What the observers listen to; known from the first watched run on. */
  heard?: Heard;
  /** The timeouts of all runs; made with the first of them. */
  wheel?: TimerWheel;
  /** The precision of timeouts, in milliseconds; undefined is the wheel's own. */
  readonly tick: number | undefined;
  /** How a durable workflow stores what JSON does not know. */
  readonly codecs?: Codecs;
  /** That of a workflow that has one. */
  readonly version?: number;
}
