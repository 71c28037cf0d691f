/** Stepped tasks: the cursor goes from step to step, a step is what is retried, and a cursor is JSON. */

import { type Context, FatalError, fixed, more, type SteppedTask } from "cano";
import { expect, test } from "vitest";
import { machineOf, never, outcomeOf } from "./machine.js";

type Config = NonNullable<SteppedTask<unknown, unknown>["config"]>;

/** A stepped task that counts its cursor up to `last`; `fault` may throw before a step is done. */
function stepsOf(last: number, config: Config = {}, fault: (cursor: number, attempt: number) => unknown = () => undefined) {
  const seen: unknown[] = [];
  const machine = machineOf({
    a: {
      config,
      async step(_resources, cursor: { at: number } | undefined, context: Context<unknown>) {
        seen.push(cursor?.at);
        const at = cursor?.at ?? 0;
        await fault(at, context.attempt);
        return at === last ? ["done", at] : more({ at: at + 1 });
      },
    },
  });
  return { machine, seen };
}

test("the first step has no cursor, every other one that of the step before", async () => {
  const { machine, seen } = stepsOf(3);
  expect(await outcomeOf(machine)).toEqual({ state: "done", output: 3 });
  expect(seen).toEqual([undefined, 1, 2, 3]);
});

test("a failed step is repeated from its own cursor, and no earlier one is", async () => {
  const fault = (at: number, attempt: number): void => {
    if (at === 2 && attempt < 3) throw new Error("busy");
  };
  const { machine, seen } = stepsOf(3, { retry: fixed({ retries: 2, delay: 10 }) }, fault);
  expect(await outcomeOf(machine)).toMatchObject({ state: "done" });
  expect(seen).toEqual([undefined, 1, 2, 2, 2, 3]);
  expect(machine.recorder.lines().filter((line) => line.startsWith("retry"))).toEqual([
    "retry a Task_a attempt 1 delay 10",
    "retry a Task_a attempt 2 delay 10",
  ]);
});

test("each step has retries of its own, and the last failure of a step is the state's", async () => {
  const fault = (at: number, attempt: number): void => {
    if (attempt === 1 || at === 2) throw new Error(`step ${at}`);
  };
  const { machine, seen } = stepsOf(3, { retry: fixed({ retries: 1, delay: 0 }) }, fault);
  expect(await outcomeOf(machine)).toMatchObject({ category: "retry_exhausted", attempts: 2 });
  expect(seen).toEqual([undefined, undefined, 1, 1, 2, 2]);
});

test("a fatal error is not retried", async () => {
  const { machine, seen } = stepsOf(3, { retry: fixed({ retries: 5, delay: 0 }) }, () => {
    throw new FatalError("no");
  });
  expect(await outcomeOf(machine)).toMatchObject({ code: "CANO7001" });
  expect(seen).toEqual([undefined]);
});

test("the attempt timeout bounds one step", async () => {
  const fault = (at: number): unknown => (at === 1 ? never() : undefined);
  const { machine, seen } = stepsOf(3, { attemptTimeout: 50 }, fault);
  expect(await outcomeOf(machine)).toMatchObject({ category: "timeout" });
  expect([seen, machine.clock.now()]).toEqual([[undefined, 1], 50]);
});

test("every attempt has a copy of its cursor", async () => {
  const seen: unknown[] = [];
  const machine = machineOf({
    a: {
      config: { retry: fixed({ retries: 1, delay: 0 }) },
      step(_resources, cursor: { list: number[] } | undefined, { attempt }) {
        if (cursor === undefined) return more({ list: [1] });
        seen.push([...cursor.list]);
        cursor.list.push(2);
        if (attempt === 1) throw new Error("busy");
        return "done";
      },
    },
  });
  await outcomeOf(machine);
  expect(seen).toEqual([[1], [1]]);
});

test("the idempotency key is that of the step: the same for its attempts, another for the next step and the next visit", async () => {
  const keys: string[] = [];
  let visits = 0;
  const machine = machineOf({
    a: {
      config: { retry: fixed({ retries: 1, delay: 0 }) },
      step(_resources, cursor, { idempotencyKey, attempt }) {
        keys.push(idempotencyKey);
        if (attempt === 1) throw new Error("busy");
        return cursor === undefined ? more(1) : ++visits < 2 ? "a" : "done";
      },
    },
  });
  await outcomeOf(machine, { runId: "r" });
  expect(keys.map((key, at) => key === keys[at - 1])).toEqual([false, true, false, true, false, true, false, true]);
  expect(new Set(keys).size).toBe(4);
});

test("a cursor belongs to one visit", async () => {
  const first: unknown[] = [];
  let visits = 0;
  const machine = machineOf({
    a: {
      step(_resources, cursor) {
        first.push(cursor);
        return cursor === undefined ? more(7) : ++visits < 2 ? "a" : "done";
      },
    },
  });
  await outcomeOf(machine);
  expect(first).toEqual([undefined, 7, undefined, 7]);
});

class Point {
  constructor(readonly x: number) {}
}

class Tall extends Point {
  readonly height = 2;
}

class Doubled extends Point {
  get double(): number {
    return this.x * 2;
  }
}

const circle: { self?: unknown } = {};
circle.self = circle;

test.each<[string, unknown, string]>([
  ["a function", { go: () => 1 }, "at `.go`: it is a function"],
  ["not a number", { at: Number.NaN }, "at `.at`: it is NaN"],
  ["an infinity", [1, Number.POSITIVE_INFINITY], "at `[1]`: it is Infinity"],
  ["a date", { since: new Date(0) }, "at `.since`: it is an object of class Date"],
  ["a map", new Map(), ": it is an object of class Map"],
  ["an accessor", new Doubled(1), ": it is an object of class Doubled"],
  ["what inherits data", Object.create({ x: 1 }), ": it is an object of class Object"],
  ["a symbol", { mark: Symbol("x") }, "at `.mark`: it is a symbol"],
  ["a bigint", 5n, ": it is a bigint"],
  ["nothing", undefined, ": it is undefined"],
  ["nothing in a list", { list: [1, undefined] }, "at `.list[1]`: it is undefined"],
  ["a circle", circle, "at `.self`: it contains itself"],
])("a cursor that is no JSON is refused: %s", async (_, cursor, why) => {
  const machine = machineOf({ a: { step: () => more(cursor) } });
  const error = await outcomeOf(machine);
  expect(error).toMatchObject({ category: "task_execution", code: "CANO7014", state: "a" });
  expect(String(error)).toContain(`the cursor of state \`a\` does not survive JSON${why.startsWith(":") ? why : ` ${why}`}`);
});

test("plain data survives, and members that are undefined are left out", async () => {
  const twice = [{ a: 1 }, { a: 1 }];
  const cursor = { text: "a", list: [1, null, { deep: [true] }], gone: undefined, twice, points: [new Point(1), new Tall(1)] };
  let seen: unknown;
  const machine = machineOf({
    a: {
      step(_resources, given) {
        if (given === undefined) return more(cursor);
        seen = given;
        return "done";
      },
    },
  });
  await outcomeOf(machine);
  const points = [{ x: 1 }, { x: 1, height: 2 }];
  expect(seen).toStrictEqual({ text: "a", list: [1, null, { deep: [true] }], twice, points });
});

test("steps that are always ready let everything else have its turn", async () => {
  const controller = new AbortController();
  const machine = machineOf({ a: { step: () => more(1) } });
  let turns = 0;
  const tick = (): unknown => (++turns < 5 ? setImmediate(tick) : controller.abort());
  setImmediate(tick);
  await expect(machine.workflow.orchestrate({ signal: controller.signal })).rejects.toMatchObject({ category: "cancelled" });
  expect(turns).toBe(5);
});

test.each([undefined, 30])("a cancel or the total timeout ends it in the middle of a step", async (totalTimeout) => {
  const controller = new AbortController();
  let signal: AbortSignal | undefined;
  const task: SteppedTask<unknown, unknown> = {
    step(_resources, _cursor, context) {
      ({ signal } = context);
      return never();
    },
  };
  const machine = machineOf({ a: task }, totalTimeout === undefined ? {} : { totalTimeout });
  if (totalTimeout === undefined) machine.clock.schedule(() => controller.abort(), 10);
  const category = totalTimeout === undefined ? "cancelled" : "workflow_timeout";
  expect(await outcomeOf(machine, { signal: controller.signal })).toMatchObject({ category });
  expect(signal?.aborted).toBe(true);
});
