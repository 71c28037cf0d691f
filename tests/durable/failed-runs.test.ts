/** Runs that have failed, and are resumed: they go forward again, or are undone to the end. */

import { type Context, FatalError, fixed, undoable } from "cano";
import { describe, expect, test } from "vitest";
import { never } from "../runtime/machine.js";
import { leaveBehind } from "./left-behind.js";
import { type DurableStep, durableMachineOf, toldBy } from "./machine.js";

describe("a run that has failed", () => {
  const doing = (log: string[], failing: () => boolean): Readonly<Record<string, DurableStep>> => ({
    hold: {
      run: async () => undoable(["pay", 7] as never, "hold-1"),
      compensate: async (_: unknown, output: unknown) => void log.push(`undo ${String(output)}`),
    },
    pay: {
      run: async () => {
        if (failing()) throw new FatalError("declined");
        return "done";
      },
    },
  });

  test("with nothing to undo goes forward again, and has its attempts anew", async () => {
    let isDown = true;
    const attempts: number[] = [];
    const step: DurableStep = {
      config: { retry: fixed({ retries: 1, delay: 10 }) },
      run: async (_: unknown, { attempt }: Context<unknown>) => {
        attempts.push(attempt);
        if (isDown) throw new Error("down");
        return ["done", "late"];
      },
    };
    const { workflow, clock, recorder } = durableMachineOf({ call: step });
    expect(await toldBy(clock, workflow.orchestrate({ runId: "run-1" }))).toContain("retry_exhausted");
    expect(await workflow.runs.get("run-1")).toMatchObject({ status: "failed", state: "call" });
    expect(await toldBy(clock, workflow.orchestrate({ runId: "run-1" })), "its result, not another try").toContain("down");
    isDown = false;
    recorder.clear();
    expect(await toldBy(clock, workflow.resume("run-1"))).toBe('done "late"');
    expect(attempts).toEqual([1, 2, 1]);
    expect(recorder.lines().slice(0, 2)).toEqual(["runStart call resumed", "resume call 2"]);
  });

  test("fails a second time like the first", async () => {
    const { workflow, clock } = durableMachineOf({ call: { run: () => Promise.reject(new Error("down")) } });
    await toldBy(clock, workflow.orchestrate({ runId: "run-1" }));
    expect(await toldBy(clock, workflow.resume("run-1"))).toContain("down");
    const rows = await workflow.runs.history("run-1");
    expect(rows.map(({ kind }) => kind)).toEqual(["entry", "failure", "resume", "failure"]);
  });

  test("and is undone stays undone", async () => {
    const log: string[] = [];
    const { workflow, clock } = durableMachineOf(doing(log, () => true));
    await toldBy(clock, workflow.orchestrate({ runId: "run-1" }));
    expect(await workflow.runs.get("run-1")).toMatchObject({ status: "compensated" });
    expect(await toldBy(clock, workflow.resume("run-1"))).toBe("task_execution: state `pay` failed: declined");
    expect(await toldBy(clock, workflow.compensate("run-1"))).toBe("ended");
    expect(log).toEqual(["undo hold-1"]);
  });

  test("and could not be undone is stuck, and undone when it is resumed", async () => {
    let isDown = true;
    const log: string[] = [];
    const tasks: Readonly<Record<string, DurableStep>> = {
      ...doing(log, () => true),
      hold: {
        run: async () => undoable(["pay", 7] as never, "hold-1"),
        compensate: async (_: unknown, output: unknown) => {
          log.push(`undo ${String(output)}`);
          if (isDown) throw new Error("the shelf is locked");
        },
      },
    };
    const { workflow, clock } = durableMachineOf(tasks);
    expect(await toldBy(clock, workflow.orchestrate({ runId: "run-1" }))).toBe(
      "compensation_failed: state `pay` failed: declined; and not all of it could be undone: undoing state `hold` failed: the shelf is locked",
    );
    expect(await workflow.runs.prune({})).toBe(0);
    expect(await workflow.runs.get("run-1")).toMatchObject({ status: "stuck" });
    expect(await toldBy(clock, workflow.orchestrate({ runId: "run-1" }))).toContain("compensation_failed");
    isDown = false;
    expect(await toldBy(clock, workflow.resume("run-1"))).toBe("task_execution: state `pay` failed: declined");
    expect(await workflow.runs.get("run-1")).toMatchObject({ status: "compensated" });
    expect(log).toEqual(["undo hold-1", "undo hold-1"]);
    isDown = true;
    await toldBy(clock, workflow.orchestrate({ runId: "run-2" }));
    expect(await workflow.runs.prune({ statuses: ["stuck"] })).toBe(1);
    expect(await workflow.runs.get("run-2")).toBeUndefined();
  });
});

test("a run that was left behind while it was undone is undone to the end, and never goes forward", async () => {
  const log: string[] = [];
  let isStuck = true;
  const undoableStep = (name: string, next: string): DurableStep => ({
    run: async () => (log.push(name), undoable(next as never, name)),
    compensate: async (_: unknown, output: unknown) => {
      log.push(`undo ${String(output)}`);
      if (output === "b" && isStuck) await never();
    },
  });
  const tasks = {
    a: undoableStep("a", "b"),
    b: undoableStep("b", "c"),
    c: undoableStep("c", "end"),
    end: { run: () => Promise.reject(new Error("down")) },
  };
  const checkpoints = await leaveBehind(tasks, 0);
  isStuck = false;
  const { workflow, clock } = durableMachineOf(tasks, { checkpoints });
  expect(await toldBy(clock, workflow.resume("run-1"))).toBe("task_execution: state `end` failed: down");
  expect(log).toEqual(["a", "b", "c", "undo c", "undo b", "undo b", "undo a"]);
});

/** Something that is taken for an error of the runtime, and says other things of itself. */
function imitation(facts: object): Error {
  return Object.defineProperties(new Error("not ours"), {
    name: { value: "CanoError" },
    category: { value: "workflow" },
    ...Object.getOwnPropertyDescriptors(facts),
  });
}

const cyclic = {
  state: "pay",
  get errors(): readonly Error[] {
    return [imitation(cyclic)];
  },
};

test.each<[how: string, facts: object]>([
  ["a text for its errors", { errors: "none" }],
  ["a number for its errors", { errors: 7, state: "pay" }],
  ["errors that are none", { errors: [null, 7, new Error("another"), imitation({})] }],
  ["itself among its errors", cyclic],
  ["a number for its category", { category: 7 }],
  ["what JSON cannot say", { attempts: 7n, path: [{}], runId: cyclic, elapsed: () => 0 }],
  ["a number for its message", { message: 7 }],
  [
    "what it does not let be read",
    {
      state: "pay",
      get errors(): never {
        throw new Error("no reading");
      },
    },
  ],
])("a run whose task throws an imitation of an error of the runtime ends, where that has %s", async (_, facts) => {
  for (const isUndone of [true, false]) {
    const log: string[] = [];
    const compensate = async (): Promise<void> => {
      log.push("undo");
      if (!isUndone) throw new FatalError("no way back");
    };
    const { workflow, clock } = durableMachineOf({
      hold: { run: async () => undoable("pay" as never, "hold-1"), compensate },
      pay: {
        run: () => {
          throw imitation(facts);
        },
      },
    });
    const end = isUndone
      ? /: (not ours|7)$/
      : /^compensation_failed: (not ours|7); and not all of it could be undone: .*no way back/;
    expect(await toldBy(clock, workflow.orchestrate({ runId: "run-1" }))).toMatch(end);
    expect(log).toEqual(["undo"]);
    expect(await workflow.runs.get("run-1")).toMatchObject({ status: isUndone ? "compensated" : "stuck" });
    expect(await toldBy(clock, workflow.orchestrate({ runId: "run-1" }))).toMatch(end);
  }
});
