/** Splits: bulkheads, retries in a branch, timeouts, aborted branches, and what reaches the next state. */

import {
  all,
  any,
  type Branch,
  CanoError,
  type Context,
  FatalError,
  fixed,
  partialResults,
  partialTimeout,
  quorum,
  split,
  type SplitOptions,
} from "cano";
import { assert, asyncProperty, integer } from "fast-check";
import { expect, test } from "vitest";
import { machineOf, never, outcomeOf } from "./machine.js";

const branch = (run: (context: Context<unknown>) => unknown, config?: Branch["config"]): Branch => ({
  ...(config === undefined ? {} : { config }),
  run: (_: never, context: Context<never>) => run(context),
});
const splitOf = (branches: readonly Branch[], options: Partial<SplitOptions<string>> = {}) =>
  machineOf({ s: split(branches, { next: "done", ...options }) });
const after = (ms: number, value: unknown) => branch(({ sleep }) => sleep(ms).then(() => value));
const broken = (message: string) => branch(() => Promise.reject(new Error(message)));

test("results come in branch order, with what failed and what was aborted", async () => {
  const machine = splitOf([after(30, "slow"), after(10, "fast"), broken("no"), branch(never)], { join: quorum(2) });
  expect(await outcomeOf(machine, { input: 5 })).toEqual({
    state: "done",
    output: {
      input: 5,
      successes: [
        { branch: 0, value: "slow" },
        { branch: 1, value: "fast" },
      ],
      failures: [{ branch: 2, name: "Error", message: "no", category: "task_execution" }],
      cancelled: [3],
    },
  });
  expect([machine.clock.now(), machine.clock.pending]).toEqual([30, 0]);
});

test("a branch that failed is told of by what it threw last, whatever its retries", async () => {
  const once = { retry: fixed({ retries: 1, delay: 1 }) };
  const fatal = (from: number, config?: Branch["config"]) =>
    branch(({ attempt }) => Promise.reject(attempt < from ? new Error("busy") : new FatalError("for good")), config);
  const failing = [
    branch(({ attempt }) => Promise.reject(new RangeError(`no ${attempt}`)), once),
    fatal(1),
    fatal(1, once),
    fatal(2, once),
    branch(() => Promise.reject(new CanoError("retry_exhausted", "mine", { cause: new TypeError("of mine") }))),
  ];
  const forGood = { name: "FatalError", message: "for good", category: "task_execution" };
  expect(await outcomeOf(splitOf([...failing, after(5, "ok")], { join: partialResults(1) }))).toMatchObject({
    output: {
      failures: [
        { branch: 0, name: "RangeError", message: "no 2", category: "retry_exhausted" },
        { branch: 1, ...forGood },
        { branch: 2, ...forGood },
        { branch: 3, ...forGood },
        { branch: 4, name: "TypeError", message: "of mine", category: "retry_exhausted" },
      ],
    },
  });
});

test("a join that is not met lists at most three errors", async () => {
  const error = await outcomeOf(splitOf(["a", "b", "c", "d", "e"].map(broken), { join: any() }));
  expect(error).toMatchObject({ category: "workflow", code: "CANO7007", attempt: 1 });
  expect(String(error)).toMatch(/0 of 5 branches succeeded; branch 0: a; branch 1: b; branch 2: c; and 2 more/);
});

test("a split that times out is an error, unless what there is is enough", async () => {
  expect(await outcomeOf(splitOf([after(10, 1), branch(never)], { timeout: 50 }))).toMatchObject({
    category: "workflow",
    code: "CANO7008",
  });
  expect(await outcomeOf(splitOf([after(10, 1), branch(never)], { timeout: 50, join: partialTimeout() }))).toMatchObject({
    output: { cancelled: [1] },
  });
  expect(await outcomeOf(splitOf([branch(never)], { timeout: 50, join: partialTimeout() }))).toMatchObject({ code: "CANO7008" });
});

test("a join that fails when the time is up ends the split with that", async () => {
  const join = {
    join: "mine",
    decide: () => undefined,
    decideAtTimeout: () => {
      throw new Error("no idea");
    },
  };
  expect(await outcomeOf(splitOf([branch(never)], { timeout: 50, join }))).toMatchObject({
    category: "task_execution",
    message: "state `s` failed: no idea",
  });
});

test("aborted branches are told", async () => {
  let reason: unknown;
  const waiting = branch(({ signal }) => {
    signal.addEventListener("abort", () => (reason = signal.reason));
    return never();
  });
  await outcomeOf(splitOf([waiting, after(5, 1)], { join: any() }));
  expect(reason).toMatchObject({ category: "cancelled" });
});

test("a bulkhead is never exceeded, and branches start in order", async () => {
  await assert(
    asyncProperty(integer({ min: 1, max: 12 }), integer({ min: 1, max: 5 }), async (count, bulkhead) => {
      let running = 0;
      let most = 0;
      const started: number[] = [];
      const branches = Array.from({ length: count }, (_, index) =>
        branch(async ({ sleep }) => {
          started.push(index);
          most = Math.max(most, ++running);
          await sleep(10 + ((index * 7) % 5));
          running--;
        }),
      );
      await outcomeOf(splitOf(branches, { bulkhead }));
      expect(most).toBe(Math.min(count, bulkhead));
      expect(started).toEqual(started.toSorted((a, b) => a - b));
      expect(started.length).toBe(count);
    }),
    { numRuns: 50 },
  );
});

test("a branch keeps its place during its retries", async () => {
  const order: string[] = [];
  const flaky = branch(
    ({ attempt }) => {
      order.push(`flaky ${attempt}`);
      return attempt < 2 ? Promise.reject(new Error("busy")) : 1;
    },
    { retry: fixed({ retries: 1, delay: 50 }) },
  );
  const second = branch(() => order.push("second"));
  expect(await outcomeOf(splitOf([flaky, second], { bulkhead: 1 }))).toMatchObject({ state: "done" });
  expect(order).toEqual(["flaky 1", "flaky 2", "second"]);
});

test("a branch that throws at once after another has begun leaves nothing unhandled", async () => {
  const throwing = branch(() => {
    throw new Error("at once");
  });
  const machine = splitOf([after(10, 1), throwing, broken("too")], { join: all(), settle: "first-failure" });
  expect(await outcomeOf(machine)).toMatchObject({ code: "CANO7007" });
});

test("a cancelled split ends each branch once: those that ended as they did, the others with the error", async () => {
  const controller = new AbortController();
  const machine = splitOf([after(5, 1), branch(never)]);
  machine.clock.schedule(() => controller.abort(), 20);
  expect(await outcomeOf(machine, { signal: controller.signal })).toMatchObject({ category: "cancelled" });
  expect(machine.recorder.lines().slice(4)).toEqual([
    "taskSuccess s Branch0[0]",
    "taskFailure s Branch1[1]",
    "cancelled s",
    "runEnd s cancelled",
  ]);
});

test.each([
  ["a bulkhead of 0", { bulkhead: 0 }],
  ["a bulkhead that is no whole number", { bulkhead: 1.5 }],
  ["a timeout of 0", { timeout: 0 }],
  ["a partial timeout without a timeout", { join: partialTimeout() }],
])("%s is refused when the workflow is made", (_, options) => {
  expect(() => splitOf([after(1, 1)], options)).toThrow(/must be|needs/);
});
