/** Resources of durable runs: who begins one need not wait for them once it is cancelled, and who undoes one has them. */

import { perRun, undoable } from "cano";
import { MemoryCheckpoints } from "cano/checkpoints";
import { settled } from "cano/testing";
import { expect, test } from "vitest";
import { never } from "../runtime/machine.js";
import { type DurableStep, durableMachineOf, reopened, toldBy } from "./machine.js";

const ECHO: Readonly<Record<string, DurableStep>> = { a: { run: () => "done" } };

test("a run that is cancelled while its resources are set up ends at once, and nothing of it is stored", async () => {
  const controller = new AbortController();
  const { workflow } = durableMachineOf(ECHO, { resources: { desk: perRun(never) } });
  const run = workflow.orchestrate({ runId: "run-1", signal: controller.signal });
  await settled();
  controller.abort();
  await expect(run).rejects.toMatchObject({ category: "cancelled" });
  expect(await workflow.runs.get("run-1")).toBeUndefined();
});

test("a run that is resumed only to be cancelled is undone with its resources", async () => {
  const undone: unknown[] = [];
  let isStuck = true;
  const tasks: Readonly<Record<string, DurableStep>> = {
    book: { run: () => undoable("pay", "seat 7"), compensate: (resources, seat) => void undone.push([resources, seat]) },
    pay: { run: () => (isStuck ? never() : "done") },
  };
  const resources = { desk: perRun(() => "desk") };
  const before = new MemoryCheckpoints();
  const first = durableMachineOf(tasks, { checkpoints: before, resources });
  first.workflow.orchestrate({ runId: "run-1" }).catch(() => undefined);
  await first.clock.advance(0);
  isStuck = false;
  const { workflow, clock } = durableMachineOf(tasks, { checkpoints: await reopened(before), resources });
  expect(await toldBy(clock, workflow.resume("run-1", { signal: AbortSignal.abort() }))).toMatch(/^cancelled: /);
  expect(undone).toEqual([[{ desk: "desk" }, "seat 7"]]);
});
