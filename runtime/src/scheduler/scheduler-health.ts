/** How a scheduler is doing, from what it knows, and one question to its store. */

import type { CheckpointStore } from "../checkpoint/checkpoint-store.js";
import { type Bound, worstOf } from "../health/probe.js";
import { probeStore } from "../health/probe-store.js";
import type { Health } from "../resource.js";
import { failuresInARow } from "./backoff.js";
import type { KnownSchedule } from "./known-schedule.js";
import type { SchedulerHealth } from "./options.js";

/** A scheduler that is asked how it is. */
export interface Examined {
  readonly state: "not started" | "running" | "stopped";
  readonly schedules: Iterable<KnownSchedule>;
  /** Where schedules are stored. */
  readonly checkpoints: CheckpointStore | undefined;
  /** Why the last look into the store came to nothing; undefined when it did not. */
  readonly lookFailure: string | undefined;
}

/** See the file's first line. Never rejects. */
export async function schedulerHealth(
  { state, schedules: known, checkpoints, lookFailure }: Examined,
  bound: Bound,
): Promise<SchedulerHealth> {
  const schedules = Object.fromEntries(Array.from(known, (schedule) => [schedule.name, healthOfSchedule(schedule)]));
  const store = checkpoints && judgeStore(await probeStore(checkpoints, bound), lookFailure);
  const parts = [...Object.values(schedules), ...(store === undefined ? [] : [store])];
  return {
    ...(state === "running" ? { status: worstOf(parts) } : { status: "unhealthy", reason: `the scheduler is ${state}` }),
    schedules,
    ...(store && { checkpoints: store }),
  };
}

function healthOfSchedule({ record }: KnownSchedule): Health {
  if (record?.tripped !== true) return { status: "healthy" };
  return { status: "degraded", reason: `it fires no more, after ${failuresInARow(record.streak)}` };
}

function judgeStore(store: Health, lookFailure: string | undefined): Health {
  if (store.status !== "healthy" || lookFailure === undefined) return store;
  return { status: "degraded", reason: `the last look into it failed: ${lookFailure}` };
}
