/** What is undone of a run that fails, in which order, within which time, and what it comes to. */

import { CanoError, FatalError, fixed } from "cano";
import { describe, expect, test } from "vitest";
import { endOf, type SagaStep, sagaOf } from "./saga.js";

const UNDOABLE: SagaStep = { undo: () => undefined };
const FAILING: SagaStep = { run: () => Promise.reject(new FatalError("down")), undo: () => undefined };
const never = (): Promise<never> => new Promise(() => undefined);

test("nothing is undone of a run that ends well", async () => {
  const saga = sagaOf({ a: UNDOABLE, b: UNDOABLE });
  expect(await endOf(saga)).toBe("done");
  expect(saga.log).toEqual(["a", "b"]);
});

test.each([0, 1, 2, 3])("of a chain that fails at place %i, what was done before is undone, backwards", async (place) => {
  const names = ["a", "b", "c", "d"];
  const saga = sagaOf(Object.fromEntries(names.map((name, at) => [name, at === place ? FAILING : UNDOABLE])));
  expect(await endOf(saga)).toMatchObject({ category: "task_execution", state: names[place] });
  const done = names.slice(0, place);
  expect(saga.log).toEqual([...names.slice(0, place + 1), ...done.toReversed().map((name) => `undo ${name}`)]);
});

test("plain steps between are not undone, nor is one that says that it has done nothing", async () => {
  const saga = sagaOf({ a: UNDOABLE, plain: {}, idle: { run: () => undefined, undo: () => undefined }, end: FAILING });
  await endOf(saga);
  expect(saga.log).toEqual(["a", "plain", "idle", "end", "undo a"]);
});

test("a compensation is given the input of its visit, and a key of its own", async () => {
  const seen: unknown[] = [];
  const step: SagaStep = {
    undo: (_, { input, idempotencyKey, state, attempt }) =>
      void seen.push([input, idempotencyKey.replace(/^.*#/, "run#"), state, attempt]),
  };
  await endOf(sagaOf({ a: step, b: step, end: FAILING }));
  expect(seen).toEqual([
    ["from a", "run#0/1/undo", "b", 1],
    [undefined, "run#0/0/undo", "a", 1],
  ]);
});

describe("what goes wrong while a run is undone", () => {
  const broken = (why: unknown): SagaStep => ({
    undo: () => {
      throw why;
    },
  });

  test("is collected, and stops nothing", async () => {
    const saga = sagaOf({ a: UNDOABLE, b: broken(new Error("no")), c: broken("a text"), d: broken(undefined), end: FAILING });
    const error = await endOf(saga);
    expect(error).toMatchObject({
      category: "compensation_failed",
      code: "CANO7023",
      state: "end",
      attempt: 1,
      path: ["a", "b", "c", "d", "end"],
    });
    const { errors = [] } = error as CanoError;
    expect(errors.map(({ category, state, code }) => `${category} ${state} ${code}`)).toEqual([
      "task_execution end CANO7001",
      "task_execution d CANO7024",
      "task_execution c CANO7024",
      "task_execution b CANO7024",
    ]);
    expect(saga.log.slice(-4)).toEqual(["undo d", "undo c", "undo b", "undo a"]);
  });

  test("of a nested run is part of one list", async () => {
    const inner = sagaOf({ x: broken(new Error("inner")), y: FAILING });
    const outer = sagaOf({
      a: broken(new Error("outer")),
      b: { run: () => inner.workflow.orchestrate({}), undo: () => undefined },
    });
    const { errors = [], category } = (await endOf(outer)) as CanoError;
    expect(category).toBe("compensation_failed");
    expect(errors.map(({ message }) => message)).toEqual([
      "state `y` failed: down",
      "undoing state `x` failed: inner",
      "undoing state `a` failed: outer",
    ]);
  });

  test("is told of as it was thrown, where it may not be tried again", async () => {
    const { errors = [] } = (await endOf(sagaOf({ a: broken(new FatalError("gone")), end: FAILING }))) as CanoError;
    expect(errors[1]).toMatchObject({ message: "undoing state `a` failed: gone", attempt: 1, cause: new FatalError("gone") });
  });

  test("is tried again where the compensation says so", async () => {
    let tries = 0;
    const step: SagaStep = {
      config: { retry: fixed({ retries: 2, delay: 1_000 }) },
      undo: () => {
        if (++tries < 3) throw new Error("busy");
      },
    };
    const saga = sagaOf({ a: step, end: FAILING });
    expect(await endOf(saga)).toMatchObject({ category: "task_execution" });
    expect([tries, saga.clock.now()]).toEqual([3, 2_000]);
    expect(saga.recorder.lines().filter((line) => line.includes("compensat"))).toEqual([
      "compensateStart a Task_a",
      "retry a Task_a.compensate attempt 1 delay 1000",
      "attempt a Task_a.compensate attempt 2",
      "retry a Task_a.compensate attempt 2 delay 1000",
      "attempt a Task_a.compensate attempt 3",
      "compensateSuccess a Task_a",
    ]);
  });

  test("a compensation that takes too long is given up, and its signal fires", async () => {
    const signals: AbortSignal[] = [];
    const saga = sagaOf({
      a: UNDOABLE,
      b: {
        config: { attemptTimeout: 500 },
        undo: async (_, { signal }) => {
          signals.push(signal);
          await never();
        },
      },
      end: FAILING,
    });
    expect(await endOf(saga)).toMatchObject({
      category: "compensation_failed",
      errors: [{ state: "end" }, { category: "timeout", state: "b", cause: { limit: 500, code: "CANO7003" } }],
    });
    expect(signals[0]?.aborted).toBe(true);
    expect(saga.log.at(-1)).toBe("undo a");
  });
});

describe("the time for undoing a run", () => {
  test.each([
    ["its own", { compensationTimeout: 700 }, 700],
    ["half of the total timeout", { totalTimeout: 10_000 }, 5_000],
    ["30 seconds at the most", { totalTimeout: 3_600_000 }, 30_000],
    ["its own, where there are both", { totalTimeout: 10_000, compensationTimeout: 9_000 }, 9_000],
  ])("is %s; what is left then is told", async (_, setting, limit) => {
    const saga = sagaOf({ a: UNDOABLE, b: UNDOABLE, c: { undo: never }, end: FAILING }, setting);
    const error = (await endOf(saga)) as CanoError;
    expect(saga.clock.now()).toBe(limit);
    expect(error.errors?.map(({ category, state, code }) => `${category} ${state} ${code}`)).toEqual([
      "task_execution end CANO7001",
      "timeout c CANO7024",
      "orphaned_compensation b CANO7025",
      "orphaned_compensation a CANO7025",
      "timeout undefined CANO7003",
    ]);
    expect(error.errors?.at(-1)?.message).toContain("3 effects were not undone");
    expect(error.errors?.[2]?.output, "what b left is not lost").toBe("b");
    expect(JSON.stringify(error.errors?.[2]), "nor printed").not.toContain("output");
    expect(saga.log).toEqual(["a", "b", "c", "end", "undo c"]);
  });

  test("is as long as it takes without either", async () => {
    const saga = sagaOf({ a: { undo: (_, { sleep }) => sleep(86_400_000) }, end: FAILING });
    expect(await endOf(saga)).toMatchObject({ category: "task_execution" });
    expect(saga.clock.now()).toBe(86_400_000);
  });
});

describe("a run that is ended from outside", () => {
  const slow = (ms: number): SagaStep => ({ run: async ({ sleep }) => (await sleep(ms), "slow"), undo: () => undefined });

  test("waits for what can be undone, whose signal does not fire, then undoes it", async () => {
    const caller = new AbortController();
    const signals: AbortSignal[] = [];
    const saga = sagaOf({
      a: UNDOABLE,
      b: {
        run: async ({ signal, sleep }) => {
          signals.push(signal);
          await sleep(5_000);
          return "b";
        },
        undo: () => undefined,
      },
      c: UNDOABLE,
    });
    saga.clock.schedule(() => caller.abort(), 1_000);
    expect(await endOf(saga, caller.signal)).toMatchObject({ category: "cancelled", state: "c", attempt: 0, path: ["a", "b"] });
    expect(saga.clock.now()).toBe(5_000);
    expect(saga.log).toEqual(["a", "b", "undo b", "undo a"]);
  });

  test("does not wait for what cannot be undone", async () => {
    const caller = new AbortController();
    const saga = sagaOf({ a: UNDOABLE, b: { run: never } });
    saga.clock.schedule(() => caller.abort(), 1_000);
    expect(await endOf(saga, caller.signal)).toMatchObject({ category: "cancelled", state: "b" });
    expect(saga.log).toEqual(["a", "b", "undo a"]);
  });

  test("is not begun after a cancel, and has nothing to undo", async () => {
    const saga = sagaOf({ a: UNDOABLE });
    expect(await endOf(saga, AbortSignal.abort())).toMatchObject({ category: "cancelled" });
    expect(saga.log).toEqual([]);
  });

  test("cannot be cancelled while it is undone", async () => {
    const caller = new AbortController();
    const saga = sagaOf({ a: { undo: (_, { sleep }) => sleep(1_000) }, b: UNDOABLE, end: FAILING });
    saga.clock.schedule(() => caller.abort(), 500);
    expect(await endOf(saga, caller.signal)).toMatchObject({ category: "task_execution", state: "end" });
    expect(saga.log).toEqual(["a", "b", "end", "undo b", "undo a"]);
  });

  test("out of time, in what can be undone, still reaches an exit right behind it", async () => {
    const saga = sagaOf({ a: slow(8_000) }, { totalTimeout: 1_000 });
    expect(await endOf(saga)).toBe("done");
  });

  test("out of time, in what can be undone, ends before the next state", async () => {
    const saga = sagaOf({ a: slow(8_000), b: UNDOABLE }, { totalTimeout: 1_000 });
    expect(await endOf(saga)).toMatchObject({ category: "workflow_timeout", state: "b" });
    expect(saga.log).toEqual(["a", "undo slow"]);
  });

  test("cancelled in what can be undone does not reach the exit behind it", async () => {
    const caller = new AbortController();
    const saga = sagaOf({ a: slow(5_000) });
    saga.clock.schedule(() => caller.abort(), 1_000);
    expect(await endOf(saga, caller.signal)).toMatchObject({ category: "cancelled", state: "done" });
    expect(saga.log).toEqual(["a", "undo slow"]);
  });

  test("and whose compensation fails says both", async () => {
    const caller = new AbortController();
    const saga = sagaOf({ a: { undo: () => Promise.reject(new Error("no")) }, b: { run: never } });
    saga.clock.schedule(() => caller.abort(), 10);
    expect(await endOf(saga, caller.signal)).toMatchObject({
      category: "compensation_failed",
      errors: [{ category: "cancelled" }, { category: "task_execution", state: "a" }],
    });
  });
});

test.each([
  ["totalTimeout", { totalTimeout: 0 }],
  ["compensationTimeout", { compensationTimeout: -1 }],
  ["tick", { tick: -1 }],
])("a %s out of range is refused when the workflow object is made", (option, setting) => {
  expect(() => sagaOf({ a: UNDOABLE }, setting)).toThrow(`\`${option}\` must be a finite number of milliseconds above 0`);
});

test("a compensateConfig that cannot be read, or is out of range, is refused when the workflow object is made", () => {
  expect(() => sagaOf({ a: { ...UNDOABLE, config: { attemptTimeout: 0 } } })).toThrow("`compensateConfig.attemptTimeout` of `a`");
});
