/** The test kit itself: faults on purpose, what the recorder asserts, the order of compensations. */

import { type Context, fixed } from "cano";
import { assertCompensationOrder, failOn, hangOn, ManualClock, RecordingObserver } from "cano/testing";
import { describe, expect, test, vi } from "vitest";
import { machineOf, outcomeOf } from "./machine.js";
import type { PlainStep } from "./step.js";
import { thrownBy } from "./thrown-by.js";

class Charge implements PlainStep {
  readonly config = { retry: fixed({ retries: 3, delay: 10 }) };

  async run(_resources: Record<string, unknown>, _context: Context<unknown>) {
    return "done";
  }
}

describe("faults", () => {
  test("an attempt fails, and those after it do not; lifted, the class is as it was", async () => {
    const own: unknown = Reflect.get(Charge.prototype, "run");
    {
      using fault = failOn(Charge, { attempt: [1, 2], error: new Error("busy") });
      const machine = machineOf({ a: new Charge() });
      expect(await outcomeOf(machine)).toMatchObject({ state: "done" });
      expect([fault.strikes, machine.clock.now()]).toEqual([2, 20]);
    }
    expect(Reflect.get(Charge.prototype, "run")).toBe(own);
    expect(await outcomeOf(machineOf({ a: new Charge() }))).toMatchObject({ state: "done" });
  });

  test("every attempt fails where none is named, and the error says what it is", async () => {
    using fault = failOn(Charge);
    const error = await outcomeOf(machineOf({ a: new Charge() }));
    expect(error).toMatchObject({ category: "retry_exhausted", cause: { cause: new Error("a fault that a test has set") } });
    expect(fault.strikes).toBe(4);
  });

  test("one state is struck, another with the same task is not", async () => {
    class Step extends Charge {
      override async run(_resources: Record<string, unknown>, { state }: Context<unknown>) {
        return state === "a" ? "b" : "done";
      }
    }
    using fault = failOn(Step, { state: "b", attempt: 1 });
    expect(await outcomeOf(machineOf({ a: new Step(), b: new Step() }))).toMatchObject({ state: "done" });
    expect(fault.strikes).toBe(1);
  });

  test("one instance is struck, others are not, and it is given back what it had", async () => {
    const struck = { run: () => "done" };
    const own = struck.run;
    const fault = failOn(struck, { attempt: 1 });
    expect(await outcomeOf(machineOf({ a: struck }))).toMatchObject({ code: "CANO7001" });
    expect(await outcomeOf(machineOf({ a: { run: () => "done" } }))).toMatchObject({ state: "done" });
    fault.restore();
    fault.restore();
    expect(struck.run).toBe(own);
    const charge = new Charge();
    failOn(charge).restore();
    expect(Object.hasOwn(charge, "run")).toBe(false);
  });

  test("faults of one method are lifted in any order, each for itself, and leave nothing behind", () => {
    const orders = [
      [0, 1, 2],
      [2, 1, 0],
      [1, 0, 2],
      [1, 2, 0],
    ];
    for (const order of orders) {
      const task = { run: (): string => "own" };
      const { run } = task;
      const came = (): unknown => thrownBy(() => task.run()) ?? task.run();
      const faults = ["a", "b", "c"].map((error) => failOn(task, { error }));
      const left = new Set([0, 1, 2]);
      for (const at of order) {
        faults[at]?.restore();
        left.delete(at);
        expect(came()).toBe(["a", "b", "c"].findLast((_, set) => left.has(set)) ?? "own");
      }
      expect(task.run).toBe(run);
    }
  });

  test("a fault that is lifted beneath one that hangs leaves the task its own method", async () => {
    const task = { run: async () => "done" };
    const { run } = task;
    const failing = failOn(task);
    const hanging = hangOn(task, { attempt: 1 });
    failing.restore();
    expect(await Promise.race([task.run(), Promise.resolve("hangs")])).toBe("hangs");
    expect(await task.run()).toBe("done");
    hanging.restore();
    expect(task.run).toBe(run);
    expect([failing.strikes, hanging.strikes]).toEqual([0, 1]);
  });

  test("a fault of a class strikes its instances too that have one of their own", async () => {
    const charge = new Charge();
    using own = failOn(charge, { attempt: 1 });
    using fault = failOn(Charge, { attempt: [1, 2] });
    expect(await outcomeOf(machineOf({ a: charge }))).toMatchObject({ state: "done" });
    expect([own.strikes, fault.strikes]).toEqual([1, 1]);
  });

  test("a method that takes no context is struck by its n-th call", async () => {
    let at = 0;
    const task = { config: { retry: fixed({ retries: 1, delay: 0 }) }, poll: () => (at++, "done") };
    using fault = failOn(task, { attempt: 1 });
    expect(await outcomeOf(machineOf({ a: { ...task, poll: () => task.poll() } }))).toMatchObject({ state: "done" });
    expect([fault.strikes, at]).toEqual([1, 1]);
  });

  test("any method of a task can be named", async () => {
    const batch = {
      load: () => [1, 2],
      processItem: () => 1,
      finish: (_: unknown, outcomes: readonly unknown[]) => ["done", outcomes],
    };
    using fault = failOn(batch, { method: "processItem", attempt: 1, error: "broken" });
    expect(await outcomeOf(machineOf({ a: batch }))).toMatchObject({ output: [{ ok: false, error: "broken" }, { ok: false }] });
    expect(fault.strikes).toBe(2);
    expect(() => failOn(batch, { method: "undo" })).toThrow("the task has no method undo");
    expect(() => failOn({})).toThrow(TypeError);
  });

  test("an attempt hangs until its timeout", async () => {
    using fault = hangOn(Charge, { attempt: 1 });
    const charge = Object.assign(new Charge(), { config: { retry: fixed({ retries: 1, delay: 0 }), attemptTimeout: 50 } });
    const machine = machineOf({ a: charge });
    expect(await outcomeOf(machine)).toMatchObject({ state: "done" });
    expect([fault.strikes, machine.clock.now()]).toEqual([1, 50]);
  });
});

describe("the recorder", () => {
  const ran = async () => {
    const machine = machineOf({ a: { run: () => "b" }, b: { run: () => "done" }, c: { run: () => "done" } });
    await outcomeOf(machine);
    return machine;
  };

  test("asserts the path, the end and what was covered", async () => {
    const { recorder, workflow } = await ran();
    expect(() => recorder.assertPath(["a", "b", "done"])).not.toThrow();
    expect(() => recorder.assertPath(["a", "done"])).toThrow("expected the path a -> done, but it was a -> b -> done");
    expect(() => recorder.assertCompletedWith("done")).not.toThrow();
    expect(() => recorder.assertCompletedWith("b")).toThrow("expected the run to end in b, but it ended in done");
    expect(recorder.missing(["c", "a", "c", "x"])).toEqual(["c", "x"]);
    expect(() => recorder.assertCovered(workflow.graph)).toThrow("states of workflow test that were never entered: c");
    await outcomeOf(machineOf({ c: { run: () => "done" } }, { observers: [recorder] }));
    expect(() => recorder.assertCovered(workflow.graph)).not.toThrow();
  });

  test("is emptied by `take` and by `clear`", async () => {
    const { recorder } = await ran();
    expect(recorder.events().length).toBeGreaterThan(0);
    expect(recorder.take()).not.toEqual([]);
    expect(recorder.take()).toEqual([]);
    const again = new RecordingObserver();
    again.stateEnter({ workflow: "w", runId: "r", state: "a" });
    again.clear();
    expect([again.events(), () => again.assertCompletedWith("a")]).toEqual([[], expect.any(Function)]);
    expect(() => again.assertCompletedWith("a")).toThrow("no state was entered");
  });
});

test("the order of compensations is exact", () => {
  expect(() => assertCompensationOrder(["b", "a"], ["b", "a"])).not.toThrow();
  expect(() => assertCompensationOrder(["a", "b"], ["b", "a"])).toThrow(
    "compensation order mismatch: expected b, a, but it was a, b",
  );
  expect(() => assertCompensationOrder([], ["a"])).toThrow("but it was nothing");
});

test("a manual clock has a date, which moves with it", async () => {
  const clock = new ManualClock(new Date("2026-01-01T00:00:00Z"));
  await clock.advance(1_000);
  expect([clock.now(), new Date(clock.epoch()).toISOString()]).toEqual([1_000, "2026-01-01T00:00:01.000Z"]);
});

test("a manual clock moves also where a test runner has put fake timers in the place of all others", async () => {
  vi.useFakeTimers();
  try {
    const clock = new ManualClock();
    const moments: number[] = [];
    clock.schedule(() => moments.push(clock.now()), 10);
    clock.schedule(() => ({ isOver: moments.push(clock.now()) > 0 }), 20);
    await clock.runAll();
    expect(moments).toEqual([10, 20]);
  } finally {
    vi.useRealTimers();
  }
});

test.each([-1, Number.NaN, Number.POSITIVE_INFINITY])(
  "a manual clock does not move by %d ms, and goes on as it was",
  async (ms) => {
    const clock = new ManualClock();
    await clock.advance(5);
    await expect(clock.advance(ms)).rejects.toMatchObject({
      category: "configuration",
      message: `\`ms\` must be a finite number of milliseconds, 0 or more, not ${ms}`,
    });
    expect(clock.now()).toBe(5);
    expect(thrownBy(() => new ManualClock(new Date("today")))).toMatchObject({ category: "configuration", code: "CANO7009" });
  },
);

test.each([
  ["says that it is over", 3, true, 100],
  ["says that it is not", 3, false, 0],
  ["says nothing", 3, undefined, 0],
])("what a timer has set off is waited for as a timer needs: one that %s", async (_, hops, isOver, expected) => {
  const clock = new ManualClock();
  const seen: number[] = [];
  clock.schedule(() => {
    setImmediate(() => seen.push(clock.now()));
    void hop(hops).then(() => seen.push(clock.now()));
    return isOver === undefined ? undefined : { isOver };
  }, 0);
  clock.schedule(() => undefined, 100);
  await clock.advance(100);
  // Promises have always settled; what waits for more than promises only where the timer did not say that all is over.
  expect(seen).toEqual([0, expected]);
});

async function hop(times: number): Promise<void> {
  for (let time = 0; time < times; time++) await Promise.resolve();
}
