/** Many runs that were left behind, and are resumed with one call. */

import type { Context } from "cano";
import { MemoryCheckpoints, runConflict } from "cano/checkpoints";
import { expect, test } from "vitest";
import { never } from "../runtime/machine.js";
import { type DurableStep, durableMachineOf, reopened } from "./machine.js";

test("runs that wait for long keep nobody from being resumed", async () => {
  const before = new MemoryCheckpoints();
  const month = 30 * 24 * 3_600_000;
  const tasks: Readonly<Record<string, DurableStep>> = {
    wait: { wait: (_: unknown, { input }: Context<unknown>) => Number(input), afterWait: () => "done" },
  };
  const first = durableMachineOf(tasks, { checkpoints: before });
  for (const [run, input] of [month, month, 5_000].entries())
    first.workflow.orchestrate({ runId: `run-${run}`, input }).catch(() => undefined);
  await first.clock.advance(0);
  const { workflow, clock } = durableMachineOf(tasks, { checkpoints: await reopened(before) });
  const resumed = workflow.resumeAll({ concurrency: 1 });
  await clock.advance(10_000);
  expect(await workflow.runs.get("run-2")).toMatchObject({ status: "completed" });
  await clock.advance(month);
  expect(await resumed).toMatchObject([{ runId: "run-0" }, { runId: "run-1" }, { runId: "run-2" }]);
});

test("many runs that were left behind are resumed at once, each in its own way", async () => {
  const before = new MemoryCheckpoints();
  let isStuck = true;
  const tasks: Readonly<Record<string, DurableStep>> = {
    work: {
      run: async (_: unknown, { input }: Context<unknown>) => {
        if (isStuck) await never();
        if (Number(input) % 10 === 0) throw new Error("unlucky");
        return ["done", input];
      },
    },
  };
  const first = durableMachineOf(tasks, { checkpoints: before });
  for (let n = 0; n < 450; n++) first.workflow.orchestrate({ runId: `run-${n}`, input: n }).catch(() => undefined);
  await first.clock.advance(0);
  const checkpoints = await reopened(before);
  isStuck = false;
  const { workflow } = durableMachineOf(tasks, { checkpoints });
  const resumed = await workflow.resumeAll({ concurrency: 7 });
  expect(resumed).toHaveLength(450);
  expect(resumed.filter(({ ok }) => !ok)).toHaveLength(45);
  expect(await workflow.runs.list({ statuses: ["running"] })).toEqual([]);
  expect(await workflow.resumeAll()).toEqual([]);
});

test("any number may be resumed at once", async () => {
  const before = new MemoryCheckpoints();
  const isLeft = { value: true };
  const tasks: Readonly<Record<string, DurableStep>> = {
    work: { run: async () => (isLeft.value ? await never() : "done") },
  };
  const first = durableMachineOf(tasks, { checkpoints: before });
  for (let n = 0; n < 3; n++) first.workflow.orchestrate({ runId: `run-${n}` }).catch(() => undefined);
  await first.clock.advance(0);
  isLeft.value = false;
  const { workflow } = durableMachineOf(tasks, { checkpoints: await reopened(before) });
  expect(await workflow.resumeAll({ concurrency: Number.MAX_SAFE_INTEGER })).toHaveLength(3);
});

test("a run that fails since somebody else drives the run inside of it is told of, unlike one that somebody else drives", async () => {
  const before = new MemoryCheckpoints();
  const isLeft = { value: true };
  const inner = runConflict({ workflow: "inner", runId: "inner-1" }, "is driven by somebody else");
  const tasks: Readonly<Record<string, DurableStep>> = {
    work: { run: async () => (isLeft.value ? await never() : Promise.reject(inner)) },
  };
  const first = durableMachineOf(tasks, { checkpoints: before });
  first.workflow.orchestrate({ runId: "run" }).catch(() => undefined);
  await first.clock.advance(0);
  isLeft.value = false;
  const { workflow } = durableMachineOf(tasks, { checkpoints: await reopened(before) });
  expect(await workflow.resumeAll()).toMatchObject([
    { runId: "run", ok: false, error: { category: "run_conflict", runId: "inner-1" } },
  ]);
});
