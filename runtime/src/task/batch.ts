/** Runs a batch: loads, works through the items, finishes. What a batch declares is `batch-task.ts`, the items are `item-loop.ts`. */

import { requireCount, requirePositive } from "../errors/require.js";
import { none, type Retry } from "../resilience/retry.js";
import type { AnyRun } from "../run/any-run.js";
import { beginAttempt, type AttemptContext } from "../run/task-context.js";
import type { Settled } from "../transition.js";
import type { BatchTask } from "./batch-task.js";
import { ItemLoop, itemsOf } from "./item-loop.js";
import { abandonSource } from "./iterators.js";
import type { Kind } from "./kind.js";

/** A batch of any items. */
export type AnyBatch = BatchTask<unknown, unknown, unknown>;

/** A batch whose options are complete and in range. */
export interface PreparedBatch<T> {
  readonly task: T;
  readonly concurrency: number;
  readonly itemRetry: Retry;
  readonly itemTimeout: number | undefined;
}

/** Makes a batch ready to run, once per workflow object; `name` is its class's. Throws `configuration` when an option is out of range. */
export function prepareBatch<T extends AnyBatch>(name: string, task: T): PreparedBatch<T> {
  const { concurrency = 1, itemRetry = none, itemTimeout } = task;
  requireCount(`concurrency\` of \`${name}`, concurrency, 1);
  if (itemTimeout !== undefined) requirePositive(`itemTimeout\` of \`${name}`, itemTimeout);
  return { task, concurrency, itemRetry, itemTimeout };
}

/** Works through the batch in state `s`. */
export function batch<T extends AnyBatch>(
  run: AnyRun,
  s: number,
  prepared: PreparedBatch<T>,
  attempt = 1,
): Promise<Settled<T["finish"]>> {
  // The generator has proved that the task takes these resources and this input, and its methods what the others yield.
  return workThrough(prepared, run.resources, beginAttempt(run, s, attempt)) as Promise<never>;
}

/** A batch as a branch of a split. */
export const asBatch: Kind = {
  kind: "batch",
  method: "processItem",
  prepare: (name, branch) => {
    const prepared = prepareBatch(name, branch as AnyBatch);
    return (resources, context) => workThrough(prepared, resources, context);
  },
};

async function workThrough(
  prepared: PreparedBatch<AnyBatch>,
  resources: unknown,
  context: AttemptContext<unknown>,
): Promise<unknown> {
  const items = await prepared.task.load(resources as never, context as never);
  if (context.stopped !== undefined) {
    abandonSource(context.home, itemsOf(context), items);
    throw context.stopped;
  }
  const outcomes = await new ItemLoop(prepared, resources, context).process(items);
  // It may have been called off between the end of its last item and here.
  if (context.stopped !== undefined) throw context.stopped;
  return await prepared.task.finish(resources as never, outcomes, context as never);
}
