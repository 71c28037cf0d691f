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

/** So many runs that were left behind, whose tasks go on when they are let go. */
async function waiting(count: number) {
  const before = new MemoryCheckpoints();
  const held: (() => void)[] = [];
  const tasks: Readonly<Record<string, DurableStep>> = {
    work: { run: async () => (await new Promise<void>((resolve) => held.push(resolve)), "done") },
  };
  const first = durableMachineOf(tasks, { checkpoints: before });
  for (let n = 0; n < count; n++) first.workflow.orchestrate({ runId: `run-${n}` }).catch(() => undefined);
  await first.clock.advance(0);
  held.length = 0;
  return { ...durableMachineOf(tasks, { checkpoints: await reopened(before) }), held };
}

test("so many are in progress at once as may be, and no more", async () => {
  const { workflow, clock, held } = await waiting(5);
  const resumed = workflow.resumeAll({ concurrency: 2 });
  for (const inProgress of [2, 2, 2, 2, 1]) {
    await clock.advance(0);
    expect(held).toHaveLength(inProgress);
    held.shift()?.();
  }
  expect((await resumed).map(({ runId }) => runId)).toEqual(["run-0", "run-1", "run-2", "run-3", "run-4"]);
});

test("once its signal has fired, no other run is taken up, and those in progress are waited for", async () => {
  const { workflow, clock, held } = await waiting(3);
  const stopping = new AbortController();
  const resumed = workflow.resumeAll({ concurrency: 1, signal: stopping.signal });
  await clock.advance(0);
  stopping.abort();
  held.shift()?.();
  await clock.advance(0);
  expect(await resumed).toHaveLength(1);
  expect(held).toEqual([]);
  expect(await workflow.runs.list({ abandoned: true })).toMatchObject([{ runId: "run-1" }, { runId: "run-2" }]);
});

test("a run that somebody else has gone on with meanwhile is left out", async () => {
  const { workflow, clock, held, checkpoints } = await waiting(2);
  const list = checkpoints.list.bind(checkpoints);
  checkpoints.list = async (query) => {
    const found = await list(query);
    await checkpoints.claim({ workflow: "test", runId: "run-0" }, ["running"], 0, { cancel: () => undefined });
    return found;
  };
  const resumed = workflow.resumeAll();
  await clock.advance(0);
  held.shift()?.();
  expect(await resumed).toMatchObject([{ runId: "run-1", ok: true }]);
});
