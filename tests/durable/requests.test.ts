/** What is asked of stored runs: ids, versions, retention, lists, histories; and what is refused before anything is written. */

import { undoable } from "cano";
import { MemoryCheckpoints } from "cano/checkpoints";
import { describe, expect, test } from "vitest";
import { never } from "../runtime/machine.js";
import { ECHO } from "./echo.js";
import { type DurableStep, durableMachineOf, reopened } from "./machine.js";

describe("a run id", () => {
  test.each([
    ["empty", ""],
    ["too long", "x".repeat(10_000)],
    ["with a NUL", "a\0b"],
    ["with half a character", "\ud800"],
    ["that is a number", 7],
  ])("%s is refused, and nothing is written", async (_, runId) => {
    const { workflow } = durableMachineOf(ECHO);
    await expect(workflow.orchestrate({ runId: runId as string })).rejects.toMatchObject({
      category: "configuration",
      code: "CANO7027",
    });
    await expect(workflow.resume(runId as string)).rejects.toMatchObject({ category: "configuration" });
    expect(await workflow.runs.list()).toEqual([]);
  });

  test.each([["'; DROP TABLE cano_runs; --"], ['"'], ["x".repeat(512)], ["a/b c\n\u{1f600}"], ["$1"]])(
    "%j is fine",
    async (runId) => {
      const { workflow } = durableMachineOf(ECHO);
      expect(await workflow.orchestrate({ runId, input: 1 })).toEqual({ state: "done", output: 1 });
      expect(await workflow.runs.get(runId)).toMatchObject({ runId, status: "completed" });
    },
  );

  test("is made where none is given", async () => {
    const { workflow } = durableMachineOf(ECHO);
    await Promise.all([workflow.orchestrate({ input: 1 }), workflow.orchestrate({}), workflow.orchestrate()]);
    expect(await workflow.runs.list()).toHaveLength(3);
  });

  test("of a run that there is not", async () => {
    const { workflow } = durableMachineOf(ECHO);
    await expect(workflow.resume("nobody")).rejects.toMatchObject({ category: "checkpoint_store", code: "CANO7028" });
    await expect(workflow.compensate("nobody")).rejects.toMatchObject({ code: "CANO7028" });
    await expect(workflow.runs.cancel("nobody")).rejects.toMatchObject({ code: "CANO7028" });
    expect(await workflow.runs.get("nobody")).toBeUndefined();
    expect(await workflow.runs.history("nobody")).toEqual([]);
  });
});

describe("another version", () => {
  async function leftBehind(): Promise<MemoryCheckpoints> {
    const first = durableMachineOf({
      hold: { run: async () => undoable("wait" as never, 1), compensate: never },
      wait: { run: never },
    });
    first.workflow.orchestrate({ runId: "run-1" }).catch(() => undefined);
    await first.clock.advance(0);
    return await reopened(first.checkpoints);
  }

  test("does not go forward, and changes nothing", async () => {
    const checkpoints = await leftBehind();
    const { workflow } = durableMachineOf({ hold: { run: async () => "done" } }, { checkpoints, version: 2 });
    const before = await workflow.runs.history("run-1");
    await expect(workflow.resume("run-1")).rejects.toMatchObject({
      category: "workflow_version_mismatch",
      stored: 1,
      expected: 2,
    });
    expect(await workflow.runs.history("run-1")).toEqual(before);
    expect(await workflow.resumeAll()).toMatchObject([
      { runId: "run-1", ok: false, error: { category: "workflow_version_mismatch" } },
    ]);
  });

  test("is undone on request", async () => {
    const undone: unknown[] = [];
    const tasks = {
      hold: { run: async () => "done", compensate: async (_: unknown, output: unknown) => void undone.push(output) },
    };
    const { workflow } = durableMachineOf(tasks, { checkpoints: await leftBehind(), version: 2 });
    await workflow.compensate("run-1");
    expect(undone).toEqual([1]);
    expect(await workflow.runs.get("run-1")).toMatchObject({ status: "compensated", state: "wait" });
  });

  test("that has no compensation any more says so, and leaves it to one that has", async () => {
    const checkpoints = await leftBehind();
    const { workflow, recorder } = durableMachineOf({ other: { run: async () => "done" } }, { checkpoints, version: 2 });
    const message = "state `hold` was not undone: its state has no compensation any more";
    await expect(workflow.compensate("run-1")).rejects.toMatchObject({
      category: "compensation_failed",
      errors: [{ category: "cancelled" }, { category: "orphaned_compensation", state: "hold", message }],
    });
    expect(await workflow.runs.get("run-1")).toMatchObject({ status: "stuck" });
    // The workflow has no state of the run any more, which is called as it was stored.
    expect(new Set(recorder.events().map(({ state }) => state))).toEqual(new Set(["wait"]));
  });
});

test("retention: a run that ends well, or is undone, is forgotten where that is asked for; one that failed is not", async () => {
  const tasks: Readonly<Record<string, DurableStep>> = {
    hold: { run: async () => undoable("end" as never, 1), compensate: async () => undefined },
    end: { run: async (__: unknown) => "done" },
  };
  const failing = { ...tasks, end: { run: () => Promise.reject(new Error("down")) } };
  const well = durableMachineOf(tasks, { retention: "clear" });
  expect(await well.workflow.orchestrate({ runId: "run-1" })).toMatchObject({ state: "done" });
  expect(await well.workflow.runs.get("run-1")).toBeUndefined();
  const undone = durableMachineOf(failing, { retention: "clear" });
  await expect(undone.workflow.orchestrate({ runId: "run-1" })).rejects.toMatchObject({ category: "task_execution" });
  expect(await undone.workflow.runs.get("run-1")).toBeUndefined();
  const failed = durableMachineOf({ end: failing.end }, { retention: "clear" });
  await expect(failed.workflow.orchestrate({ runId: "run-1" })).rejects.toMatchObject({ category: "task_execution" });
  expect(await failed.workflow.runs.get("run-1")).toMatchObject({ status: "failed" });
});

test.each([
  ["run-1", undefined],
  // Whoever has fired it forgets it, once that is settled.
  ["nightly/2026-01-01T00:00:00.000Z", { status: "completed" }],
])("retention: `%s` is resumed, and then looked for", async (runId, kept) => {
  const first = durableMachineOf({ work: { run: never } });
  first.workflow.orchestrate({ runId }).catch(() => undefined);
  await first.clock.advance(0);
  const checkpoints = await reopened(first.checkpoints);
  const { workflow } = durableMachineOf({ work: { run: async () => "done" } }, { checkpoints, retention: "clear" });
  expect(await workflow.resume(runId)).toMatchObject({ state: "done" });
  const found = await workflow.runs.get(runId);
  if (kept === undefined) expect(found).toBeUndefined();
  else expect(found).toMatchObject(kept);
});

test("retention: a run that ends and is forgotten just when another of its id is to begin does not keep that one from beginning", async () => {
  const checkpoints = new MemoryCheckpoints();
  let end = (): void => undefined;
  const first = durableMachineOf(
    { work: { run: () => new Promise((resolve) => (end = () => resolve("done"))) } },
    { checkpoints, retention: "clear" },
  );
  const ended = first.workflow.orchestrate({ runId: "run-1" });
  await first.clock.advance(0);
  const other = new MemoryCheckpoints(checkpoints);
  const begin = other.begin.bind(other);
  other.begin = async (...given) => {
    const claim = await begin(...given);
    end();
    await ended;
    return claim;
  };
  const { workflow } = durableMachineOf(ECHO, { checkpoints: other, retention: "clear" });
  expect(await workflow.orchestrate({ runId: "run-1", input: 2 })).toEqual({ state: "done", output: 2 });
});

test("lists, histories and prunes", async () => {
  const { workflow, clock } = durableMachineOf(ECHO);
  for (let n = 0; n < 5; n++) {
    await workflow.orchestrate({ runId: `run-${n}`, input: n });
    await clock.advance(1_000);
  }
  const page = await workflow.runs.list({ limit: 2 });
  expect(page.map(({ runId }) => runId)).toEqual(["run-0", "run-1"]);
  expect((await workflow.runs.list({ limit: 2, after: page[1]?.key ?? 0 })).map(({ runId }) => runId)).toEqual([
    "run-2",
    "run-3",
  ]);
  expect(await workflow.runs.list({ statuses: ["failed"] })).toEqual([]);
  expect(await workflow.runs.history("run-1", { after: 0, limit: 1 })).toMatchObject([
    { sequence: 1, kind: "exit", payload: "1" },
  ]);
  const start = Date.parse("2026-01-01");
  expect(await workflow.runs.prune({ endedBefore: start + 2_000 })).toBe(2);
  expect((await workflow.runs.list()).map(({ runId }) => runId)).toEqual(["run-2", "run-3", "run-4"]);
  await expect(workflow.runs.list({ limit: 0 })).rejects.toMatchObject({ category: "configuration" });
});

test.each([
  ["endedBefore", Number.NaN, "a number of milliseconds since 1970"],
  ["endedBefore", "2026-01-01", "a number of milliseconds since 1970"],
  ["after", Number.NaN, "a whole number, -1 or more"],
  ["before", 1.5, "a whole number, -1 or more"],
] as const)("runs whose %s is %s are neither listed nor removed", async (option, value, bound) => {
  const { workflow } = durableMachineOf(ECHO);
  const refusal = {
    category: "configuration",
    message: `\`${option}\` must be ${bound}, not ${typeof value === "string" ? JSON.stringify(value) : value}`,
  };
  await expect(workflow.runs.prune({ [option]: value })).rejects.toMatchObject(refusal);
  await expect(workflow.runs.list({ [option]: value })).rejects.toMatchObject(refusal);
});

test("the workflows of one store keep apart", async () => {
  const checkpoints = new MemoryCheckpoints();
  const { workflow } = durableMachineOf(ECHO, { checkpoints });
  await checkpoints.begin(
    { workflow: "another", runId: "run-1", version: 1 },
    {
      sequence: 0,
      kind: "entry",
      state: "x",
      visit: 0,
      count: 0,
      version: 1,
      payload: undefined,
      undo: undefined,
      due: undefined,
      at: 0,
    },
    { cancel: () => undefined },
  );
  expect(await workflow.orchestrate({ runId: "run-1", input: 1 })).toMatchObject({ state: "done" });
  expect(await workflow.runs.list()).toHaveLength(1);
});
