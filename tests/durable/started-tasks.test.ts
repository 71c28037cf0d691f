/** A task whose store fails while it is in progress: observers that heard it start hear it end. */

import { fixed, more } from "cano";
import { MemoryCheckpoints, storeFailed } from "cano/checkpoints";
import { expect, test } from "vitest";
import { type DurableStep, durableMachineOf, toldBy } from "./machine.js";

class FailingStore extends MemoryCheckpoints {
  override async append(): Promise<void> {
    throw storeFailed("add a row", new Error("the disk is full"));
  }
}

const TASKS: readonly (readonly [row: string, task: DurableStep, before: readonly string[]])[] = [
  [
    "an attempt",
    { config: { retry: fixed({ retries: 5, delay: 10 }) }, run: () => Promise.reject(new Error("down")) },
    ["retry call Task_call attempt 1 delay 10"],
  ],
  ["a cursor", { step: async () => more(1) }, ["step call Task_call more"]],
  ["when it is due", { wait: () => 100, afterWait: async () => "done" }, []],
];

test.each(TASKS)("one of which %s cannot be stored has failed", async (_, task, before) => {
  const { workflow, clock, recorder } = durableMachineOf({ call: task }, { checkpoints: new FailingStore() });
  const run = workflow.orchestrate({ runId: "run-1" });
  expect(await toldBy(clock, run)).toContain("checkpoint_store: ");
  expect(recorder.lines()).toEqual([
    "runStart call",
    "stateEnter call",
    "checkpoint call 0",
    "taskStart call Task_call",
    ...before,
    "checkpointFailure call",
    "taskFailure call Task_call",
    "runEnd call failed",
  ]);
  const failures = recorder.events().flatMap((event) => (event.hook === "taskFailure" ? [event.error] : []));
  expect(failures).toEqual([await run.catch((error: unknown) => error)]);
});
