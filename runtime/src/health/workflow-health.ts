/** How a workflow object is doing. Loaded when somebody asks: a process that nobody asks does not carry it. */

import type { CheckpointStore } from "../checkpoint/checkpoint-store.js";
import { requirePositive } from "../resilience/require.js";
import type { Health } from "../resource.js";
import type { Engine } from "../run/engine.js";
import type { Options, WorkflowHealth } from "../run/options.js";
import { hookOf } from "../run/hook-of.js";
import { clockOf } from "../run/timers.js";
import { type Bound, probe, worstOf } from "./probe.js";
import { probeStore } from "./probe-store.js";

/**
 * Asks the resources of a workflow object, and its store if it has one, all at once. Never waits longer than the object's `healthTimeout`. Rejects with
 * `configuration` when that is out of range.
 */
export async function workflowHealth<R extends object, I, Result>(
  { definition: { resources: known, graph }, home, closing }: Engine<R, I, Result>,
  { healthTimeout: timeout = 5_000 }: Options,
  store?: CheckpointStore,
): Promise<WorkflowHealth> {
  requirePositive("healthTimeout", timeout);
  if (closing !== undefined) return { status: "unhealthy", reason: `workflow \`${graph.name}\` is closed`, resources: {} };
  const bound = { clock: clockOf(home), timeout };
  const [answers, checkpoints] = await Promise.all([
    Promise.all((known?.shared ?? []).map(([name, value]) => probeResource(name, value, bound))),
    store && probeStore(store, bound),
  ]);
  const resources = Object.fromEntries(answers);
  const status = worstOf([...Object.values(resources), ...(checkpoints === undefined ? [] : [checkpoints])]);
  return { status, resources, ...(checkpoints && { checkpoints }) };
}

async function probeResource(name: string, value: unknown, bound: Bound): Promise<readonly [name: string, health: Health]> {
  return [name, await probe<Health>(() => hookOf(value, "health")?.call(value), bound)];
}
