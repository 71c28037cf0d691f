/** Runs a stream: reads its options and opens its source. What a stream declares is `stream-task.ts`, its items and windows are `window-loop.ts`. */

import { requireCount, requirePositive } from "../errors/require.js";
import { type Policies, policies } from "../resilience/policies.js";
import type { AnyRun } from "../run/any-run.js";
import { activate } from "../run/task-context.js";
import type { Settled } from "../transition.js";
import type { StreamTask } from "./stream-task.js";
import { WindowLoop } from "./window-loop.js";

/** A stream of any items. */
export type AnyStream = StreamTask<unknown, unknown, unknown, unknown>;

/** A stream whose options are complete and in range. */
export interface PreparedStream<T> {
  readonly task: T;
  readonly policies: Policies;
  /** Outputs that make a window full; infinite where only its duration does. */
  readonly count: number;
  /** Milliseconds after which a window is full; undefined where only its outputs make it so. */
  readonly duration: number | undefined;
  /** How many failures in a row are passed over; infinite where all are. */
  readonly tolerated: number;
  readonly closeTimeout: number;
}

/** Makes a stream ready to run, once per workflow object; `name` is its class's. Throws `configuration` when an option is out of range. */
export function prepareStream<T extends AnyStream>(name: string, task: T): PreparedStream<T> {
  const { window = { count: 1 }, itemErrors = "fail", closeTimeout = 5_000 } = task;
  const option = (path: string): string => `${path}\` of \`${name}`;
  const { count, duration } = window;
  if (count !== undefined || duration === undefined) requireCount(option("window.count"), count ?? Number.NaN, 1);
  if (duration !== undefined) requirePositive(option("window.duration"), duration);
  if (typeof itemErrors === "object") requireCount(option("itemErrors.tolerate"), itemErrors.tolerate);
  requirePositive(option("closeTimeout"), closeTimeout);
  const tolerated = typeof itemErrors === "object" ? itemErrors.tolerate : itemErrors === "skip" ? Number.POSITIVE_INFINITY : 0;
  return { task, policies: policies(name, task), count: count ?? Number.POSITIVE_INFINITY, duration, tolerated, closeTimeout };
}

/** What a stream of type `T` ends with. */
type Ending<T extends AnyStream> = Exclude<Settled<T["flushWindow"] | T["onClose"]>, undefined | void>;

/** Reads the stream in state `s` to its end. */
export function stream<T extends AnyStream>(run: AnyRun, s: number, prepared: PreparedStream<T>): Promise<Ending<T>> {
  const loop = activate(run, new WindowLoop(run, s, prepared));
  // The generator has proved that the task takes these resources and this input, and its methods what the others yield.
  return loop.begin() as Promise<never>;
}
