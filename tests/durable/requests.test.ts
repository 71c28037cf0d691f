/** What is asked of stored runs: ids, inputs, cancels, versions, lists, histories; and what is refused before anything is written. */

import { type Context, undoable } from "cano";
import { MemoryCheckpoints } from "cano/checkpoints";
import { describe, expect, test } from "vitest";
import { type DurableStep, durableMachineOf, reopened, toldBy } from "./machine.js";

const never = (): Promise<never> => new Promise(() => undefined);
const ECHO: Readonly<Record<string, DurableStep>> = {
  echo: { run: async (_: unknown, { input }: Context<unknown>) => ["done", input] },
};

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
    await Promise.all([workflow.orchestrate({ input: 1 }), workflow.orchestrate({ input: 2 })]);
    expect(await workflow.runs.list()).toHaveLength(2);
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

function deepValue(levels: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < levels; level++) value = [value];
  return value;
}

describe("payloads", () => {
  const cycle: Record<string, unknown> = {};
  cycle["self"] = cycle;
  const LOSSY: readonly (readonly [string, unknown])[] = [
    ["a cycle", cycle],
    ["undefined in an array", [undefined]],
    // oxlint-disable-next-line eslint/no-sparse-arrays -- a hole is what is tried
    ["a hole in an array", [1, , 3]],
    [
      "a getter that throws",
      {
        get at() {
          throw new Error("no");
        },
      },
    ],
    ["what is deeper than the stack", deepValue(100_000)],
    ["NaN", { at: Number.NaN }],
    ["an infinity", [Number.NEGATIVE_INFINITY]],
    ["a member whose name is a symbol", { [Symbol("secret")]: 1 }],
    ["an item whose name is a symbol", Object.assign([1], { [Symbol("secret")]: 1 })],
    ["what an array has besides its items", Object.assign([1, 2], { total: 3 })],
    ["what an array has under a number that is none of an item", Object.assign([1, 2], { "-1": 3 })],
    ["an array of a class of its own", class Lines extends Array {}.from([1, 2])],
    ["an array that says how it is stored", Object.defineProperty([1], "toJSON", { value: () => 2 })],
    ["a function", { call: () => 1 }],
    ["a bigint", 1n],
    ["a Date", { due: new Date(0) }],
    ["a Map", new Map()],
    ["a class of its own", new URL("file:///money")],
  ];

  test.each(LOSSY)("%s as the input of a run is refused before anything is written", async (_, input) => {
    const { workflow } = durableMachineOf(ECHO);
    await expect(workflow.orchestrate({ runId: "run-1", input })).rejects.toMatchObject({ code: "CANO7014" });
    expect(await workflow.runs.get("run-1")).toBeUndefined();
  });

  test.each(LOSSY)("%s handed to a state, or to an exit, fails the run before it gets there", async (_, input) => {
    for (const target of ["next", "done"]) {
      const { workflow } = durableMachineOf({ first: { run: async () => [target, input] }, next: { run: async () => "done" } });
      await expect(workflow.orchestrate({ runId: "run-1" })).rejects.toMatchObject({ code: "CANO7014" });
      expect((await workflow.runs.history("run-1")).map(({ kind }) => kind)).toEqual(["entry", "failure"]);
    }
  });

  test("what undoes a task, and is lossy, is undone at once, and not done again", async () => {
    const log: string[] = [];
    const { workflow, clock } = durableMachineOf({
      hold: {
        config: { retry: { retries: 3, delay: () => 0 } },
        run: async () => (log.push("hold"), undoable("done" as never, new Map([["hold", 1]]))),
        compensate: async (_: unknown, output: unknown) => void log.push(`undo ${[...(output as Map<string, number>)].join()}`),
      },
    });
    expect(await toldBy(clock, workflow.orchestrate({ runId: "run-1" }))).toContain(
      "what state `hold` left to be undone does not survive JSON",
    );
    expect(log).toEqual(["hold", "undo hold,1"]);
    expect(await workflow.runs.get("run-1")).toMatchObject({ status: "compensated" });
  });

  test("what undoes a task, is lossy, and could not be undone at once is known not to be undone by who comes after", async () => {
    const log: string[] = [];
    let isLocked = true;
    const hold: DurableStep = {
      run: async () => undoable("done" as never, { "n\0": Number.NaN }),
      compensate: async () => {
        log.push("undo");
        if (isLocked) throw new Error("the shelf is locked");
      },
    };
    const tasks: Readonly<Record<string, DurableStep>> = {
      first: { run: async () => undoable("hold" as never, 1), compensate: async () => void log.push("undo first") },
      hold,
    };
    const { workflow, clock } = durableMachineOf(tasks);
    await toldBy(clock, workflow.orchestrate({ runId: "run-1" }));
    isLocked = false;
    expect(await toldBy(clock, workflow.resume("run-1"))).toContain(
      "state `hold` was not undone: what state `hold` left to be undone does not survive JSON at `.n\0`: it is NaN",
    );
    expect(log).toEqual(["undo", "undo first"]);
    expect(await workflow.runs.get("run-1")).toMatchObject({ status: "stuck" });
    await expect(workflow.compensate("run-1")).rejects.toMatchObject({
      category: "compensation_failed",
      errors: [{ code: "CANO7014" }, { category: "orphaned_compensation", state: "hold" }],
    });
  });

  test("what undoes a task, and is lossy, leaves nothing behind once it is undone", async () => {
    const { workflow, clock } = durableMachineOf({
      hold: { run: async () => undoable("done" as never, Number.NaN), compensate: async () => undefined },
    });
    await toldBy(clock, workflow.orchestrate({ runId: "run-1" }));
    const rows = await workflow.runs.history("run-1");
    expect(rows.map(({ kind, count, undo }) => [kind, count, undo?.[0]])).toEqual([
      ["entry", 0, undefined],
      ["failure", 0, "!"],
      ["compensated", 1, undefined],
      ["end", 0, undefined],
    ]);
  });

  test("what is deep comes back as it was", async () => {
    const { workflow } = durableMachineOf(ECHO);
    await workflow.orchestrate({ runId: "run-1", input: deepValue(500) });
    expect((await workflow.orchestrate({ runId: "run-1" })).output).toEqual(deepValue(500));
  });

  test("5 MB come back as they were", async () => {
    const input = { text: 'é\u{1f600}\\"\n\u2028'.repeat(600_000), list: Array.from({ length: 1_000 }, (_, at) => at) };
    const { workflow } = durableMachineOf(ECHO);
    await workflow.orchestrate({ runId: "run-1", input });
    expect((await workflow.orchestrate({ runId: "run-1" })).output).toEqual(input);
  });
});

describe("a cancel", () => {
  const SLOW: Readonly<Record<string, DurableStep>> = {
    hold: { run: async () => undoable("wait" as never, 1), compensate: async () => undefined },
    wait: { run: async (_: unknown, { sleep }: Context<unknown>) => (await sleep(1_000), "done") },
  };

  test("of a run in progress is that of its signal, from any process", async () => {
    for (const where of ["here", "elsewhere"]) {
      const { workflow, clock, checkpoints } = durableMachineOf(SLOW);
      const run = workflow.orchestrate({ runId: "run-1" });
      run.catch(() => undefined);
      await clock.advance(10);
      const other =
        where === "here"
          ? workflow
          : durableMachineOf(SLOW, { checkpoints: new MemoryCheckpoints(checkpoints as MemoryCheckpoints) }).workflow;
      expect(await other.runs.cancel("run-1")).toBe("cancelling");
      expect(await toldBy(clock, run)).toBe("cancelled: workflow `test` was cancelled");
      expect(await workflow.runs.get("run-1")).toMatchObject({ status: "compensated" });
      expect(await workflow.runs.cancel("run-1")).toBe("ended");
    }
  });

  test("of one that was left behind undoes it here", async () => {
    const first = durableMachineOf(SLOW);
    first.workflow.orchestrate({ runId: "run-1" }).catch(() => undefined);
    await first.clock.advance(10);
    const { workflow, clock } = durableMachineOf(SLOW, { checkpoints: await reopened(first.checkpoints) });
    expect(await workflow.runs.cancel("run-1")).toBe("cancelled");
    expect(await workflow.runs.get("run-1")).toMatchObject({ status: "compensated" });
    expect(await toldBy(clock, workflow.resume("run-1"))).toBe("cancelled: run `run-1` of workflow `test` was cancelled");
  });

  test("of one whose driver dies before it hears of it is not lost: who resumes it undoes it", async () => {
    class Deaf extends MemoryCheckpoints {
      override begin(...[run, row]: Parameters<MemoryCheckpoints["begin"]>): ReturnType<MemoryCheckpoints["begin"]> {
        return super.begin(run, row, { cancel: () => undefined });
      }
    }
    for (const version of [1, 2]) {
      const store = new Deaf();
      const first = durableMachineOf(SLOW, { checkpoints: store });
      first.workflow.orchestrate({ runId: "run-1" }).catch(() => undefined);
      await first.clock.advance(10);
      const other = durableMachineOf(SLOW, { checkpoints: new MemoryCheckpoints(store) });
      expect(await other.workflow.runs.cancel("run-1")).toBe("cancelling");
      const { workflow, clock } = durableMachineOf(SLOW, { checkpoints: await reopened(store), version });
      expect(await workflow.resumeAll()).toMatchObject([
        { ok: false, error: { category: "cancelled", message: "run `run-1` of workflow `test` was cancelled" } },
      ]);
      expect(await workflow.runs.get("run-1")).toMatchObject({ status: "compensated", cancelling: false });
      expect(await toldBy(clock, workflow.resume("run-1"))).toBe("cancelled: run `run-1` of workflow `test` was cancelled");
    }
  });

  test("before the run begins writes nothing", async () => {
    const { workflow } = durableMachineOf(SLOW);
    await expect(workflow.orchestrate({ runId: "run-1", signal: AbortSignal.abort() })).rejects.toMatchObject({
      category: "cancelled",
    });
    expect(await workflow.runs.get("run-1")).toBeUndefined();
  });

  test("before a resume leaves the state alone", async () => {
    const seen: string[] = [];
    const tasks = { wait: { run: async () => (seen.push("run"), await never()) } };
    const first = durableMachineOf(tasks);
    first.workflow.orchestrate({ runId: "run-1" }).catch(() => undefined);
    await first.clock.advance(0);
    const { workflow } = durableMachineOf(tasks, { checkpoints: await reopened(first.checkpoints) });
    await expect(workflow.resume("run-1", { signal: AbortSignal.abort() })).rejects.toMatchObject({
      category: "cancelled",
      state: "wait",
    });
    expect(seen).toEqual(["run"]);
    expect(await workflow.runs.get("run-1")).toMatchObject({ status: "cancelled" });
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
    const { workflow } = durableMachineOf({ other: { run: async () => "done" } }, { checkpoints, version: 2 });
    await expect(workflow.compensate("run-1")).rejects.toMatchObject({
      category: "compensation_failed",
      errors: [{ category: "cancelled" }, { category: "orphaned_compensation" }],
    });
    expect(await workflow.runs.get("run-1")).toMatchObject({ status: "stuck" });
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
