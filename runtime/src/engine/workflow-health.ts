/** How a workflow object is doing. Loaded when somebody asks: a process that nobody asks does not carry it. */

import type { CheckpointStore } from "../checkpoint/checkpoint-store.js";
import { requirePositive } from "../errors/require.js";
import { listBreakers } from "../health/list-breakers.js";
import { probeStore } from "../health/probe-store.js";
import { probe, worstOf } from "../health/probe.js";
import type { Health } from "../resource.js";
import { clockOf } from "../run/timers.js";
import type { Engine } from "./engine.js";
import { hookOf } from "./hook-of.js";
import type { Options, WorkflowHealth } from "./options.js";

/**
 * Asks the resources of a workflow object, the circuit breakers of its tasks, and its store if it has one, all at once. Never waits longer than the object's `healthTimeout`. Rejects with
 * `configuration` when that is out of range.
 */
export async function workflowHealth<R extends object, I, Result>(
  { definition: { resources: known, graph, breakers: places = [] }, home, closing }: Engine<R, I, Result>,
  { healthTimeout: timeout = 5_000 }: Options,
  store?: CheckpointStore,
): Promise<WorkflowHealth> {
  requirePositive("healthTimeout", timeout);
  if (closing !== undefined) return { status: "unhealthy", reason: `workflow \`${graph.name}\` is closed`, resources: {} };
  const bound = { clock: clockOf(home), timeout };
  const shared = known?.shared ?? [];
  // What is told under its name as a resource is not told twice.
  const own = listBreakers(places).filter(([, breaker]) => shared.every(([, value]) => value !== breaker));
  const [resources, breakers, checkpoints] = await Promise.all([
    collect(shared.map(([name, value]) => [name, probe<Health>(() => hookOf(value, "health")?.call(value), bound)])),
    collect(own.map(([name, breaker]) => [name, probe<Health>(() => breaker.health(bound.clock), bound)])),
    store && probeStore(store, bound),
  ]);
  const status = worstOf([...Object.values(resources), ...Object.values(breakers), ...(checkpoints ? [checkpoints] : [])]);
  return { status, resources, ...(own.length > 0 && { breakers }), ...(checkpoints && { checkpoints }) };
}

async function collect(asked: readonly (readonly [name: string, health: Promise<Health>])[]): Promise<Record<string, Health>> {
  return Object.fromEntries(await Promise.all(asked.map(async ([name, health]) => [name, await health] as const)));
}
