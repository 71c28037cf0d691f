/** Processes with a scheduler and a durable workflow, on one store in memory. */

import { MemoryCheckpoints } from "cano/checkpoints";
import { expect } from "vitest";
import { durableMachineOf } from "../durable/machine.js";
import { type Bench, benchOf, DatedClock, SECOND, START } from "./job.js";

/** The first run of the schedule `bill`. */
export const RUN = { workflow: "test", runId: "bill/2026-01-01T00:00:00.000Z" };

/** A process with a durable workflow, the work of which its second state does. */
export interface Process extends Bench {
  readonly store: MemoryCheckpoints;
  readonly workflow: ReturnType<typeof durableMachineOf>["workflow"];
  /** The ids of the runs whose work it has begun. */
  readonly worked: string[];
}

/** Work that is done at once. */
export const atOnce = async (): Promise<void> => undefined;
/** Work that is never done. */
export const forEver = (): Promise<void> => new Promise(() => undefined);

/** Makes one, on a store object of its own. */
export function processOn(
  clock: DatedClock,
  other: MemoryCheckpoints,
  work: () => Promise<void>,
  retention: "keep" | "clear" = "keep",
): Process {
  const store = new MemoryCheckpoints(other);
  const worked: string[] = [];
  const pay = async (runId: string): Promise<string> => {
    worked.push(runId);
    await work();
    return "done";
  };
  const tasks = {
    prepare: { run: () => ["pay", { euros: 1 }] },
    pay: { run: (_: unknown, { runId }: { readonly runId: string }) => pay(runId) },
  };
  const { workflow } = durableMachineOf(tasks, { clock, checkpoints: store, retention });
  return { ...benchOf({ clock, checkpoints: store }), store, workflow, worked };
}

/** A process that was gone in the middle of its first run's work, and another one on what it has left behind. */
export async function leaveBehind(retention?: "clear"): Promise<readonly [gone: Process, other: Process]> {
  const clock = new DatedClock(START);
  const gone = processOn(clock, new MemoryCheckpoints(), forEver, retention);
  const other = processOn(clock, gone.store, atOnce, retention);
  for (const { scheduler, workflow } of [gone, other]) scheduler.cron("bill", workflow, "0 * * * *");
  await gone.scheduler.start();
  await clock.advance(SECOND);
  expect(gone.worked).toEqual([RUN.runId]);
  await gone.store.close();
  return [gone, other];
}
