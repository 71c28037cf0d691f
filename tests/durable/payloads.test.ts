/** What states and runs are handed comes back as it was; what does not survive JSON is refused, or undone at once. */

import { runInNewContext } from "node:vm";
import { undoable } from "cano";
import { describe, expect, test } from "vitest";
import { ECHO } from "./echo.js";
import { type DurableStep, durableMachineOf, toldBy } from "./machine.js";

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
    ["a Date of another realm", runInNewContext("new Date(0)")],
    ["an array of a class of another realm", runInNewContext("new (class extends Array {})(1)")],
    ["what has methods in another realm", runInNewContext("new (class { at() {} })()")],
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

  test("what undoes a task, and is lossy, is undone at once also where a fallback would stand in", async () => {
    const log: string[] = [];
    let attempts = 0;
    const { workflow, clock, recorder } = durableMachineOf({
      hold: {
        config: { retry: { retries: 3, delay: () => 0 }, fallback: "done" },
        run: async () => {
          if (++attempts === 1) throw new Error("busy");
          return undoable("done" as never, Number.NaN);
        },
        compensate: async (_: unknown, output: unknown) => void log.push(`undo ${String(output)}`),
      },
    });
    const run = workflow.orchestrate({ runId: "run-1" });
    expect(await toldBy(clock, run)).toContain("what state `hold` left to be undone does not survive JSON");
    await expect(run).rejects.toMatchObject({ code: "CANO7014", state: "hold", attempt: 2, path: ["hold"] });
    expect(log).toEqual(["undo NaN"]);
    expect(await workflow.runs.get("run-1")).toMatchObject({ status: "compensated" });
    expect(recorder.lines().filter((line) => /^task|^fallback/.test(line))).toEqual([
      "taskStart hold Task_hold",
      "taskFailure hold Task_hold",
    ]);
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

  test("what another realm has made comes back as it was, as under Jest what `fetch` and `structuredClone` give", async () => {
    const input: unknown = runInNewContext("({ list: [1, { at: {} }, []], made: new (class { name = 'Ada' }) })");
    const { workflow } = durableMachineOf(ECHO);
    await workflow.orchestrate({ runId: "run-1", input });
    expect((await workflow.orchestrate({ runId: "run-1" })).output).toEqual({
      list: [1, { at: {} }, []],
      made: { name: "Ada" },
    });
  });

  test("5 MB come back as they were", async () => {
    const input = { text: 'é\u{1f600}\\"\n\u2028'.repeat(600_000), list: Array.from({ length: 1_000 }, (_, at) => at) };
    const { workflow } = durableMachineOf(ECHO);
    await workflow.orchestrate({ runId: "run-1", input });
    expect((await workflow.orchestrate({ runId: "run-1" })).output).toEqual(input);
  });
});
