/** Timers: how long they wait, what they tell, what ends them. */

import { any, fixed, split, type TimerContext, type TimerTask } from "cano";
import { createWorkflow, exit, type Run, timer } from "cano/codegen/v1";
import { ManualClock } from "cano/testing";
import { expect, test, vi } from "vitest";
import { systemClock } from "../../runtime/src/time/clock.js";
import { machineOf, never, outcomeOf } from "./machine.js";
import type { PlainStep } from "./step.js";

/** A timer that returns `due` from `wait`, and its due time as the output. */
const timerOf = (due: unknown, more: Omit<TimerTask<unknown>, "wait" | "afterWait"> = {}) =>
  machineOf({
    a: {
      ...more,
      wait: () => due as number,
      afterWait: (_: unknown, context: TimerContext<never>) => ["done", context.due.getTime()],
    },
  });

test.each<[string, unknown, number, number]>([
  ["a duration", 250, 250, 250],
  ["no time at all", 0, 0, 0],
  ["a date", new Date(400), 400, 400],
  ["an instant, as `Temporal` has it", { epochMilliseconds: 300 }, 300, 300],
  ["a duration beyond all dates", Number.MAX_SAFE_INTEGER, 8.64e15, 8.64e15],
  ["a date that has passed is due at once, and keeps its time", new Date(-5_000), 0, -5_000],
])("%s", async (_, due, now, told) => {
  const machine = timerOf(due);
  expect(await outcomeOf(machine)).toEqual({ state: "done", output: told });
  expect(machine.clock.now()).toBe(now);
});

test.each<[string, unknown]>([
  ["a negative duration", -1],
  ["a duration that is not finite", Number.POSITIVE_INFINITY],
  ["not a number", Number.NaN],
  ["a date that is none", new Date(Number.NaN)],
  ["nothing", undefined],
  ["a text", "soon"],
])("%s is refused", async (_, due) => {
  expect(await outcomeOf(timerOf(due))).toMatchObject({ category: "configuration", code: "CANO7009", state: "a" });
});

test("dates are those of the workflow's clock", async () => {
  const clock = new ManualClock(new Date("2026-03-01T00:00:00Z"));
  const due = new Date("2026-03-31T00:00:00Z");
  const task: TimerTask<unknown> = { wait: () => due, afterWait: () => "done" };
  const graph = {
    name: "month",
    initial: ["a"],
    states: { a: { kind: "timer", name: "a", task: "A", targets: ["done"] }, done: { kind: "exit", name: "done" } },
  } as const;
  const drive = async (run: Run<object, object>) => exit(run, 0, 1, String(await timer(run, 0, task)));
  const outcome = createWorkflow({ graph, states: ["a", "done"], drive }, { clock }).orchestrate();
  await clock.runAll();
  expect([await outcome, clock.epoch()]).toEqual([{ state: "done", output: undefined }, due.getTime()]);
});

test("an error of `wait` is the state's, and `afterWait` is not called", async () => {
  const failure = new Error("no idea");
  let called = false;
  const machine = machineOf({
    a: {
      wait: () => Promise.reject(failure),
      afterWait: () => (called = true),
    },
  });
  expect(await outcomeOf(machine)).toMatchObject({ code: "CANO7001", cause: failure });
  expect(called).toBe(false);
});

test("an error of `afterWait` is the state's; a retry waits again from the start", async () => {
  const failure = new Error("nobody there");
  let waits = 0;
  const machine = machineOf({
    a: {
      config: { retry: fixed({ retries: 1, delay: 5 }) },
      wait: () => (waits++, 100),
      afterWait: () => Promise.reject(failure),
    },
  });
  expect(await outcomeOf(machine)).toMatchObject({ category: "retry_exhausted", cause: { cause: failure } });
  expect([waits, machine.clock.now()]).toEqual([2, 205]);
});

test.each<[string, () => number | Promise<never>, () => string | Promise<never>]>([
  ["the wait", () => 200, () => "done"],
  ["`wait` itself", never, () => "done"],
  ["`afterWait`", () => 50, never],
])("the attempt timeout bounds %s", async (_, wait, afterWait) => {
  const machine = machineOf({ a: { config: { attemptTimeout: 100 }, wait, afterWait } });
  expect(await outcomeOf(machine)).toMatchObject({ category: "timeout", code: "CANO7003" });
  expect(machine.clock.now()).toBe(100);
});

test.each([0, 200])("a cancel during the wait ends it, and `afterWait` is not called", async (totalTimeout) => {
  const controller = new AbortController();
  let called = false;
  const machine = machineOf(
    { a: { wait: () => 1_000, afterWait: () => (called = true) } },
    totalTimeout > 0 ? { totalTimeout } : {},
  );
  if (totalTimeout === 0) machine.clock.schedule(() => controller.abort(), 100);
  const category = totalTimeout > 0 ? "workflow_timeout" : "cancelled";
  expect(await outcomeOf(machine, { signal: controller.signal })).toMatchObject({ category });
  expect(called).toBe(false);
});

test("a timer as a branch yields what `afterWait` returns", async () => {
  const rest: TimerTask<unknown> = { wait: () => 30, afterWait: () => "rested" };
  const machine = machineOf({ a: split([rest, rest], { next: "done" }) });
  expect(await outcomeOf(machine)).toMatchObject({ output: { successes: [{ value: "rested" }, { value: "rested" }] } });
  expect(machine.clock.now()).toBe(30);
});

test("a timer that is called off at whatever moment before `afterWait` does not come to it", async () => {
  for (let breaths = 0; breaths < 12; breaths++) {
    const fired: boolean[] = [];
    const timer = {
      wait: async () => 0,
      afterWait: (_: unknown, { signal }: TimerContext<unknown>) => fired.push(signal.aborted),
    };
    const other = {
      async run() {
        for (let breath = 0; breath < breaths; breath++) await Promise.resolve();
      },
    };
    await outcomeOf(machineOf({ a: split([timer, other], { next: "done", join: any() }) }));
    expect(fired.includes(true), `after ${breaths} breaths`).toBe(false);
  }
});

test("the process's own clock waits longer than a timer of the process can", async () => {
  vi.useFakeTimers();
  try {
    const limit = 60 * 24 * 3_600_000;
    const fired: string[] = [];
    systemClock.schedule(() => fired.push("kept"), limit);
    const callOff = systemClock.schedule(() => fired.push("called off"), limit);
    await vi.advanceTimersByTimeAsync(limit - 1);
    expect(fired).toEqual([]);
    callOff();
    await vi.advanceTimersByTimeAsync(1);
    expect(fired).toEqual(["kept"]);
    expect(vi.getTimerCount()).toBe(0);
  } finally {
    vi.useRealTimers();
  }
});

test("a clock may call at once where there is nothing to wait for", async () => {
  class Prompt extends ManualClock {
    override schedule(callback: () => unknown, delay: number): () => void {
      if (delay > 0) return super.schedule(callback, delay);
      callback();
      return () => undefined;
    }
  }
  const config = { retry: fixed({ retries: 1, delay: 0 }) };
  const run: PlainStep["run"] = async (_resources, { attempt, sleep }) => {
    await sleep(0);
    await sleep(10);
    if (attempt === 1) throw new Error("busy");
    return "done";
  };
  expect(await outcomeOf(machineOf({ a: { config, run } }, { clock: new Prompt() }))).toMatchObject({ state: "done" });
});
