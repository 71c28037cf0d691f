/** Runs that the process that began them leaves behind. */

import type { MemoryCheckpoints } from "cano/checkpoints";
import { type DurableStep, durableMachineOf, reopened } from "./machine.js";

/** Begins `run-1` on a clock of its own, goes on for `ms`, and leaves it behind. Resolves to the store, as the next process sees it. */
export async function leaveBehind(
  tasks: Readonly<Record<string, DurableStep>>,
  ms = 0,
  input?: unknown,
): Promise<MemoryCheckpoints> {
  const machine = durableMachineOf(tasks);
  machine.workflow.orchestrate({ runId: "run-1", input }).catch(() => undefined);
  await machine.clock.advance(ms);
  return await reopened(machine.checkpoints);
}
