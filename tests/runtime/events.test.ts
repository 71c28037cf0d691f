/** What observers are told, in which order, and how runs are cancelled. */

import { type Context, fixed, type Observer, split } from "cano";
import { settled } from "cano/testing";
import { getEventListeners } from "node:events";
import { expect, test, vi } from "vitest";
import { machineOf, never, outcomeOf } from "./machine.js";

test("a plain success", async () => {
  const machine = machineOf({ a: { run: () => "b" }, b: { run: async () => ["done", 7] } });
  expect(await outcomeOf(machine)).toEqual({ state: "done", output: 7 });
  expect(machine.recorder.lines()).toEqual([
    "runStart a",
    "stateEnter a",
    "taskStart a Task_a",
    "taskSuccess a Task_a",
    "stateEnter b",
    "taskStart b Task_b",
    "taskSuccess b Task_b",
    "stateEnter done",
    "runEnd done completed",
  ]);
});

test("a failure after retries", async () => {
  const machine = machineOf({
    a: { config: { retry: fixed({ retries: 2, delay: 5 }) }, run: () => Promise.reject(new Error("busy")) },
  });
  await outcomeOf(machine);
  expect(machine.recorder.lines()).toEqual([
    "runStart a",
    "stateEnter a",
    "taskStart a Task_a",
    "retry a Task_a attempt 1 delay 5",
    "attempt a Task_a attempt 2",
    "retry a Task_a attempt 2 delay 5",
    "attempt a Task_a attempt 3",
    "taskFailure a Task_a",
    "runEnd a failed",
  ]);
});

test("a total timeout tells each observer all of it before the next, a cancel does not", async () => {
  const heard = (): { log: string[]; observers: Observer[] } => {
    const log: string[] = [];
    const observer = (name: string): Observer => ({
      taskFailure: () => log.push(`${name} taskFailure`),
      workflowTimeout: () => log.push(`${name} workflowTimeout`),
      cancelled: () => log.push(`${name} cancelled`),
    });
    return { log, observers: [observer("1"), observer("2")] };
  };
  const timed = heard();
  await outcomeOf(machineOf({ a: { run: never } }, { totalTimeout: 10, observers: timed.observers }));
  expect(timed.log).toEqual(["1 taskFailure", "1 workflowTimeout", "2 taskFailure", "2 workflowTimeout"]);
  const cancelled = heard();
  const controller = new AbortController();
  const machine = machineOf({ a: { run: never } }, { observers: cancelled.observers });
  machine.clock.schedule(() => controller.abort(), 10);
  await outcomeOf(machine, { signal: controller.signal });
  expect(cancelled.log).toEqual(["1 taskFailure", "2 taskFailure", "1 cancelled", "2 cancelled"]);
});

test("a cancel stops at once though the task never settles, and leaves no listener", async () => {
  const controller = new AbortController();
  let seen: unknown;
  const machine = machineOf({
    a: {
      run: (_, { signal }) => {
        signal.addEventListener("abort", () => (seen = signal.reason));
        return never();
      },
    },
  });
  machine.clock.schedule(() => controller.abort("enough"), 10);
  const error = await outcomeOf(machine, { signal: controller.signal });
  expect(error).toMatchObject({ category: "cancelled", code: "CANO7005", state: "a", attempt: 0, path: ["a"], cause: "enough" });
  expect(seen).toBe(error);
  expect(machine.recorder.lines()).toEqual([
    "runStart a",
    "stateEnter a",
    "taskStart a Task_a",
    "taskFailure a Task_a",
    "cancelled a",
    "runEnd a cancelled",
  ]);
  expect(getEventListeners(controller.signal, "abort")).toEqual([]);
});

test("a signal that has fired before starts nothing", async () => {
  const run = vi.fn(() => "done");
  const aroundRun = vi.fn((_: unknown, call: () => unknown) => call());
  const machine = machineOf({ a: { run } }, { observers: [{ aroundRun }] });
  expect(await outcomeOf(machine, { signal: AbortSignal.abort() })).toMatchObject({
    category: "cancelled",
    state: "a",
    path: [],
  });
  expect(run).not.toHaveBeenCalled();
  expect(aroundRun).not.toHaveBeenCalled();
  expect(machine.recorder.lines()).toEqual(["runStart a", "cancelled a", "runEnd a cancelled"]);
});

test("a cancel at a boundary names the state that was not entered", async () => {
  const controller = new AbortController();
  const machine = machineOf(
    { a: { run: () => "b" }, b: { run: never } },
    { observers: [{ taskSuccess: () => controller.abort() }] },
  );
  expect(await outcomeOf(machine, { signal: controller.signal })).toMatchObject({
    category: "cancelled",
    state: "b",
    path: ["a"],
  });
  expect(machine.recorder.lines()).toEqual([
    "runStart a",
    "stateEnter a",
    "taskStart a Task_a",
    "taskSuccess a Task_a",
    "cancelled b",
    "runEnd b cancelled",
  ]);
});

test("a thousand runs share one listener, and none is left", async () => {
  const { signal } = new AbortController();
  const machine = machineOf({ a: { run: (_, { sleep }) => sleep(10).then(() => "done") } });
  const runs = Array.from({ length: 1_000 }, () => machine.workflow.orchestrate({ signal }));
  await settled();
  expect(getEventListeners(signal, "abort").length).toBe(1);
  await machine.clock.runAll();
  await Promise.all(runs);
  expect(getEventListeners(signal, "abort").length).toBe(0);
});

test.each<[string, Observer]>([
  [
    "throws",
    {
      stateEnter: () => {
        throw new Error("no");
      },
    },
  ],
  ["rejects", { taskStart: () => Promise.reject(new Error("no")) as never }],
  [
    "has a getter that throws",
    {
      get taskStart(): never {
        throw new Error("no");
      },
    },
  ],
])("an observer that %s changes nothing and is reported once", async (_, observer) => {
  const warn = vi.spyOn(console, "warn").mockImplementation(() => undefined);
  const machine = machineOf({ a: { run: () => "b" }, b: { run: () => "done" } }, { observers: [observer] });
  expect(await outcomeOf(machine)).toEqual({ state: "done", output: undefined });
  await new Promise((resolve) => setImmediate(resolve));
  expect(warn.mock.calls.length).toBe(1);
  expect(String(warn.mock.calls[0]?.[0])).toContain("an observer of workflow `test` failed at `");
  warn.mockRestore();
});

test("the context: sleep taken out of it, keys stable over retries and new for each visit", async () => {
  const keys: string[] = [];
  let visits = 0;
  const machine = machineOf({
    a: {
      config: { retry: fixed({ retries: 1, delay: 1 }) },
      run: async (_, { sleep, attempt, idempotencyKey, runId }) => {
        keys.push(idempotencyKey.replace(runId, "run"));
        await sleep(20);
        if (attempt === 1) throw new Error("again");
        return ++visits < 2 ? "a" : "done";
      },
    },
  });
  await outcomeOf(machine, { runId: "r" });
  expect([new Set(keys).size, keys[0] === keys[1], keys[2] === keys[3]]).toEqual([2, true, true]);
});

test("keys are new for each visit also in a run that goes round for so long that its first states are forgotten", async () => {
  const keys = new Set<string>();
  let visits = 0;
  const machine = machineOf({
    a: { run: (_, { idempotencyKey }) => (keys.add(idempotencyKey), ++visits < 2_500 ? "a" : "done") },
  });
  await outcomeOf(machine);
  expect(keys.size).toBe(visits);
});

test("the log of a task says where it is, and is the workflow's own where that cannot be said", async () => {
  const said: object[] = [];
  const seen: unknown[] = [];
  const look = (_: object, { log }: Context<unknown>): string => (seen.push("info" in log), "b");
  const again = (resources: object, context: Context<unknown>): void => {
    look(resources, context);
    if (context.attempt === 1) throw new Error("again");
  };
  const retried = { config: { retry: fixed({ retries: 1, delay: 1 }) }, run: again };
  const tasks = { a: { run: look }, b: split([retried], { next: "done" }) };
  const child = (fields: object): typeof console => (said.push(fields), console);
  await outcomeOf(machineOf(tasks, { log: { child } }), { runId: "r" });
  const common = { workflow: "test", runId: "r" };
  expect(said).toStrictEqual([
    { ...common, state: "a", attempt: 1 },
    { ...common, state: "b", attempt: 1, branch: 0 },
    { ...common, state: "b", attempt: 2, branch: 0 },
  ]);
  expect(await outcomeOf(machineOf(tasks, { log: {} }))).toMatchObject({ state: "done" });
  expect(seen).toEqual(Array.from({ length: 6 }, () => true));
});
