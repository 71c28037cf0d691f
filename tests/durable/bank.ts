/** A bank that refuses until it is told otherwise, and a run that it has refused. */

import { undoable } from "cano";
import type { MemoryCheckpoints } from "cano/checkpoints";
import { type DurableStep, durableMachineOf, reopened, toldBy } from "./machine.js";

/** See the file's first line. */
export class Bank {
  isOpen = false;
  readonly log: string[] = [];

  readonly pay: DurableStep = {
    run: async () => {
      if (!this.isOpen) throw new Error("refused");
      this.log.push("pay");
      return "done";
    },
  };

  /** What holds something first. */
  readonly hold: DurableStep = {
    run: async () => undoable("pay" as never, "hold-1"),
    compensate: async () => void this.log.push("undo hold"),
  };
}

/** Has `bank` refuse `run-1`. Resolves to the store of the next process. */
export async function refused(bank: Bank): Promise<MemoryCheckpoints> {
  const { workflow, clock, checkpoints } = durableMachineOf({ pay: bank.pay });
  await toldBy(clock, workflow.orchestrate({ runId: "run-1" }));
  return await reopened(checkpoints);
}
