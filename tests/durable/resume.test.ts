/** What a resumed run still knows: where it was, how often it had tried, until when it waits, what it has done. */

import { type Context, exponential, FatalError, fixed, more, undoable } from "cano";
import { type CheckpointStore, MemoryCheckpoints } from "cano/checkpoints";
import { ManualClock } from "cano/testing";
import { describe, expect, test } from "vitest";
import type { Home } from "../../runtime/src/run/home.js";
import { keyOf } from "../../runtime/src/run/task-context.js";
import { type DurableStep, durableMachineOf, reopened, toldBy } from "./machine.js";

const never = (): Promise<never> => new Promise(() => undefined);
const HOUR = 3_600_000;

/** Begins `run-1` on a clock of its own, goes on for `ms`, and leaves it behind. Resolves to the store, as the next process sees it. */
async function leaveBehind(tasks: Readonly<Record<string, DurableStep>>, ms: number, input?: unknown): Promise<CheckpointStore> {
  const machine = durableMachineOf(tasks);
  machine.workflow.orchestrate({ runId: "run-1", input }).catch(() => undefined);
  await machine.clock.advance(ms);
  return await reopened(machine.checkpoints);
}

/** A clock that has come as far as one that was begun with a run and went on for `ms`. */
const clockAfter = (ms: number): ManualClock => new ManualClock(new Date(Date.parse("2026-01-01") + ms));

test("a timer waits for the rest of its time, and is not asked again", async () => {
  const asked: number[] = [];
  const clock = clockAfter(3 * HOUR);
  const wait = (now: ManualClock | undefined): DurableStep => ({
    wait: async () => (asked.push(now?.now() ?? -1), 8 * HOUR),
    afterWait: async (_: unknown, { due }: { due: Date }) => ["done", due.toISOString()] as never,
  });
  const checkpoints = await leaveBehind({ wait: wait(undefined) }, 3 * HOUR);
  const { workflow } = durableMachineOf({ wait: wait(clock) }, { checkpoints, clock });
  expect(await toldBy(clock, workflow.resume("run-1"))).toBe('done "2026-01-01T08:00:00.000Z"');
  expect(clock.now()).toBe(5 * HOUR);
  expect(asked).toEqual([-1]);
});

test("a timer that fell due while nobody was there is over at once", async () => {
  const step: DurableStep = { wait: async () => HOUR, afterWait: async () => "done" };
  const checkpoints = await leaveBehind({ wait: step }, 1_000);
  const clock = clockAfter(48 * HOUR);
  const { workflow } = durableMachineOf({ wait: step }, { checkpoints, clock });
  await toldBy(clock, workflow.resume("run-1"));
  expect(clock.now()).toBe(0);
});

test("attempts go on where they were, after the rest of the delay", async () => {
  const tries: string[] = [];
  const clock = clockAfter(2_500);
  const step = (now: ManualClock): DurableStep => ({
    config: { retry: exponential({ retries: 3, base: 1_000, jitter: 0 }) },
    run: async (_: unknown, { attempt, idempotencyKey }: Context<unknown>) => {
      tries.push(`${attempt} after ${now.now()} as ${idempotencyKey}`);
      throw new Error("down");
    },
  });
  const first = durableMachineOf({ call: step(new ManualClock()) });
  first.workflow.orchestrate({ runId: "run-1" }).catch(() => undefined);
  // After the second attempt, in the middle of the delay of two seconds.
  await first.clock.advance(2_500);
  const checkpoints = await reopened(first.checkpoints);
  const { workflow } = durableMachineOf({ call: step(clock) }, { checkpoints, clock });
  expect(await toldBy(clock, workflow.resume("run-1"))).toBe("retry_exhausted: state `call` failed after 4 attempts: down");
  expect(tries).toEqual([
    "1 after 0 as test/run-1#0",
    "2 after 0 as test/run-1#0",
    "3 after 500 as test/run-1#0",
    "4 after 4500 as test/run-1#0",
  ]);
});

test("the attempts of a step count for that step only", async () => {
  const seen: string[] = [];
  let isDown = true;
  const step: DurableStep = {
    config: { retry: fixed({ retries: 1, delay: 1_000 }) },
    step: async (_: unknown, cursor: unknown, { attempt }: Context<unknown>) => {
      seen.push(`${String(cursor)} attempt ${attempt}`);
      if (cursor === 1 && isDown) throw new Error("down");
      return cursor === 3 ? "done" : more(Number(cursor ?? 0) + 1);
    },
  };
  const checkpoints = await leaveBehind({ work: step }, 500);
  isDown = false;
  const clock = clockAfter(500);
  const { workflow } = durableMachineOf({ work: step }, { checkpoints, clock });
  expect(await toldBy(clock, workflow.resume("run-1"))).toBe("done undefined");
  expect(seen).toEqual(["undefined attempt 1", "1 attempt 1", "1 attempt 2", "2 attempt 1", "3 attempt 1"]);
});

test("a cursor belongs to one visit", async () => {
  const seen: unknown[] = [];
  let isStuck = true;
  const tasks: Readonly<Record<string, DurableStep>> = {
    work: {
      step: async (_: unknown, cursor: unknown, { input }: Context<unknown>) => {
        seen.push([input, cursor]);
        if (input === "second" && isStuck) await never();
        return cursor === 2 ? ["again", input] : more(Number(cursor ?? 0) + 1);
      },
    },
    again: { run: (_: unknown, { input }: Context<unknown>) => (input === "second" ? "done" : ["work", "second"]) },
  };
  const checkpoints = await leaveBehind(tasks, 0, "first");
  isStuck = false;
  seen.length = 0;
  const { workflow, clock } = durableMachineOf(tasks, { checkpoints });
  await toldBy(clock, workflow.resume("run-1"));
  expect(seen).toEqual([
    ["second", undefined],
    ["second", 1],
    ["second", 2],
  ]);
});

test("the idempotency key is the same for all attempts and resumes of a visit, and another for the next", async () => {
  const keys: string[] = [];
  let isStuck = true;
  const tasks: Readonly<Record<string, DurableStep>> = {
    loop: {
      config: { retry: fixed({ retries: 1, delay: 0 }) },
      run: async (_: unknown, { input, attempt, idempotencyKey }: Context<unknown>) => {
        keys.push(idempotencyKey);
        if (attempt === 1) throw new Error("once more");
        if (isStuck) await never();
        return input === 2 ? "done" : ["loop", 2];
      },
    },
  };
  const checkpoints = await leaveBehind(tasks, 0);
  isStuck = false;
  const { workflow, clock } = durableMachineOf(tasks, { checkpoints });
  await toldBy(clock, workflow.resume("run-1"));
  // Attempts 1 and 2, then attempt 2 again in another process, then two attempts of the next visit.
  expect(keys.slice(0, 3)).toEqual(["test/run-1#0", "test/run-1#0", "test/run-1#0"]);
  expect(new Set(keys.slice(3)).size).toBe(1);
  expect(keys[3]).not.toBe(keys[0]);
});

test("no two visits have one idempotency key, whatever their runs and workflows are called", async () => {
  const home = (name: string) => ({ graph: { name } }) as Home;
  const keys = ["a", "a/b", "a%2Fb", "a#0", "a%"].flatMap((name) =>
    ["b", "a/b", "b/b", "b#0", "b#0/0", "b/0", "#"].flatMap((runId) =>
      [0, "0/0", "0/0/undo", 1].map((visit) => keyOf(home(name), runId, visit)),
    ),
  );
  expect(new Set(keys).size).toBe(keys.length);
});

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
    expect(await toldBy(clock, workflow.compensate("run-1"))).toBe("undone");
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
    expect(await workflow.runs.get("run-1")).toMatchObject({ status: "stuck" });
    expect(await toldBy(clock, workflow.orchestrate({ runId: "run-1" }))).toContain("compensation_failed");
    isDown = false;
    expect(await toldBy(clock, workflow.resume("run-1"))).toBe("task_execution: state `pay` failed: declined");
    expect(await workflow.runs.get("run-1")).toMatchObject({ status: "compensated" });
    expect(log).toEqual(["undo hold-1", "undo hold-1"]);
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

test("the path of an error goes through what was before the resume", async () => {
  let isStuck = true;
  const tasks: Readonly<Record<string, DurableStep>> = {
    a: { run: async () => "b" },
    b: { run: async () => (isStuck ? await never() : "c") },
    c: { run: () => Promise.reject(new Error("down")) },
  };
  const checkpoints = await leaveBehind(tasks, 0);
  isStuck = false;
  const { workflow } = durableMachineOf(tasks, { checkpoints });
  await expect(workflow.resume("run-1")).rejects.toMatchObject({ state: "c", path: ["a", "b", "c"] });
});

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
