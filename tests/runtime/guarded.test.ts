/** What more than a retry policy a task's config may have, in runs: breakers, limits, bulkheads, budgets, and what is left behind. */

import {
  bulkhead,
  circuitBreaker,
  type Context,
  exponential,
  fixed,
  isCanoError,
  retryBudget,
  split,
  type TaskConfig,
  tokenBucket,
} from "cano";
import { describe, expect, test } from "vitest";
import { machineOf, never, outcomeOf } from "./machine.js";
import type { PlainStep } from "./step.js";
import { scripted } from "./scripted.js";

const down = new Error("down");
const retry = fixed({ retries: 3, delay: 100 });

describe("a breaker", () => {
  test("that opens in the middle of the attempts ends them at once, with its own refusal", async () => {
    const breaker = circuitBreaker({ name: "bank", failureThreshold: 2 });
    const task = scripted({ retry, breaker }, down);
    const machine = machineOf({ pay: task });
    expect(await outcomeOf(machine)).toMatchObject({
      category: "circuit_open",
      code: "CANO7017",
      state: "pay",
      attempt: 0,
      path: ["pay"],
      refusedBy: "bank",
      retryAfter: 29_900,
      cause: { category: "circuit_open" },
    });
    expect(task.calls).toBe(2);
    expect(machine.recorder.lines()).toEqual([
      "runStart pay",
      "stateEnter pay",
      "taskStart pay Task_pay",
      "retry pay Task_pay attempt 1 delay 100",
      "attempt pay Task_pay attempt 2",
      "retry pay Task_pay attempt 2 delay 100",
      "attempt pay Task_pay attempt 3",
      "circuitOpen pay Task_pay",
      "taskFailure pay Task_pay",
      "runEnd pay failed",
    ]);
  });

  test("that is open refuses without a call, for every task and workflow that shares it", async () => {
    const breaker = circuitBreaker({ failureThreshold: 1 });
    await outcomeOf(machineOf({ pay: scripted({ breaker }, down) }));
    const task = scripted({ retry, breaker }, "done");
    expect(isCanoError(await outcomeOf(machineOf({ refund: task })), "circuit_open")).toBe(true);
    expect(task.calls).toBe(0);
  });

  test("lets a call through that a watcher was told of, though that one has opened it", async () => {
    const breaker = circuitBreaker();
    const told: string[] = [];
    breaker.watch({
      acquire({ result }) {
        told.push(result);
        breaker.forceOpen();
      },
    });
    expect(await outcomeOf(machineOf({ pay: scripted({ retry, breaker }, "done") }))).toMatchObject({ state: "done" });
    expect([breaker.state, told]).toEqual(["open", ["acquired"]]);
  });

  test("counts every attempt, timeouts too, and closes after a trial", async () => {
    const breaker = circuitBreaker({ failureThreshold: 2, resetTimeout: 150 });
    let calls = 0;
    const task = { config: { retry, breaker, attemptTimeout: 10 }, run: () => (++calls < 3 ? never() : "done") };
    const machine = machineOf({ pay: { ...task, config: { ...task.config, retry: fixed({ retries: 3, delay: 200 }) } } });
    expect(await outcomeOf(machine)).toMatchObject({ state: "done" });
    expect([calls, breaker.state]).toEqual([3, "closed"]);
  });

  test("hears nothing of a run that is cancelled or out of time, nor of a branch that is no longer needed", async () => {
    const breaker = circuitBreaker({ failureThreshold: 1, resetTimeout: 1 });
    const task: PlainStep = { config: { breaker }, run: never };
    const abort = new AbortController();
    const cancelled = outcomeOf(machineOf({ pay: task }), { signal: abort.signal });
    await Promise.resolve();
    abort.abort();
    expect(isCanoError(await cancelled, "cancelled")).toBe(true);
    expect(isCanoError(await outcomeOf(machineOf({ pay: task }, { totalTimeout: 10 })), "workflow_timeout")).toBe(true);
    const any = { join: "any", decide: ({ successes }: { successes: number }) => successes > 0 || undefined };
    const quotes = split([task as never, { run: async () => 1 }], { next: "done", join: any });
    expect(await outcomeOf(machineOf({ quotes }))).toMatchObject({ state: "done" });
    expect(breaker.state).toBe("closed");
    // A trial that was called off has given its slot back.
    breaker.acquire().fail();
    await new Promise((resolve) => setTimeout(resolve, 0));
    const late = circuitBreaker({ failureThreshold: 1, resetTimeout: 5 });
    const machine = machineOf({ pay: { config: { breaker: late }, run: never } }, { totalTimeout: 10 });
    late.acquire(machine.clock).fail();
    await machine.clock.advance(5);
    expect(isCanoError(await outcomeOf(machine), "workflow_timeout")).toBe(true);
    expect(late.state).toBe("half-open");
    late.acquire(machine.clock).succeed();
    expect(late.state).toBe("closed");
  });

  test("hears nothing of what a call comes to once its run was stopped", async () => {
    const breaker = circuitBreaker({ failureThreshold: 2 });
    breaker.acquire().fail();
    for (const isFailure of [true, false]) {
      const late = new AbortController();
      const abort = new AbortController();
      const run = (): Promise<"done"> =>
        new Promise((resolve, reject) => {
          late.signal.addEventListener("abort", () => (isFailure ? reject(down) : resolve("done")));
          abort.abort();
        });
      const stopped = outcomeOf(machineOf({ pay: { config: { breaker }, run } }), { signal: abort.signal });
      expect(isCanoError(await stopped, "cancelled")).toBe(true);
      late.abort();
      await new Promise((resolve) => setImmediate(resolve));
      expect(breaker.state).toBe("closed");
    }
    // The late success has not made up for the failure before.
    breaker.acquire().fail();
    expect(breaker.state).toBe("open");
  });

  test("of which some errors are no failures stays closed", async () => {
    const breaker = circuitBreaker({ failureThreshold: 1, isFailure: (error) => error !== down });
    await outcomeOf(machineOf({ pay: scripted({ breaker, retry }, down) }));
    expect(breaker.state).toBe("closed");
  });
});

describe("a rate limit", () => {
  test("makes attempts wait for their turn, outside of the attempt timeout", async () => {
    const rateLimit = tokenBucket({ tokens: 1, period: 1_000 });
    const times: number[] = [];
    const config = { rateLimit, attemptTimeout: 10, retry: fixed({ retries: 2, delay: 1 }) };
    const machine = machineOf({
      call: {
        config,
        async run() {
          times.push(machine.clock.now());
          if (times.length < 3) throw down;
          return "done";
        },
      },
    });
    expect(await outcomeOf(machine)).toMatchObject({ state: "done" });
    expect(times).toEqual([0, 1_000, 2_000]);
  });

  test("that refuses is a failure like any other: it is retried, after the time it asks for", async () => {
    const rateLimit = tokenBucket({ name: "api", tokens: 1, period: 1_000, maxWait: 10 });
    const delayFrom = (error: unknown): number | undefined => (isCanoError(error) ? error.retryAfter : undefined);
    const machine = machineOf({
      first: scripted({ rateLimit }, "second"),
      second: scripted({ rateLimit, retry: fixed({ retries: 1, delay: 5, delayFrom }) }, "third"),
      third: scripted({ rateLimit }, "done"),
    });
    expect(await outcomeOf(machine)).toMatchObject({
      category: "rate_limited",
      code: "CANO7018",
      state: "third",
      refusedBy: "api",
      retryAfter: 1_000,
    });
    expect(machine.recorder.lines()).toContain("retry second Task_second attempt 1 delay 1000");
  });

  test("is no longer waited for when the run is stopped", async () => {
    const rateLimit = tokenBucket({ tokens: 1, period: 1e9 });
    const task = scripted({ rateLimit }, "done");
    await outcomeOf(machineOf({ call: task }));
    expect(isCanoError(await outcomeOf(machineOf({ call: task }, { totalTimeout: 50 })), "workflow_timeout")).toBe(true);
    expect([task.calls, rateLimit.waiting]).toEqual([1, 0]);
  });
});

describe("a bulkhead", () => {
  test("is shared by states and workflows, and given back with each attempt", async () => {
    const hall = bulkhead({ limit: 2 });
    let inside = 0;
    let most = 0;
    const task: PlainStep = {
      config: { bulkhead: hall, retry },
      async run(_resources, { sleep, attempt }) {
        most = Math.max(most, ++inside);
        await sleep(10);
        inside--;
        if (attempt === 1) throw down;
        return "done";
      },
    };
    const one = machineOf({ a: task });
    const runs = Array.from({ length: 5 }, () => one.workflow.orchestrate({}));
    await one.clock.runAll();
    await Promise.all(runs);
    expect([most, hall.active, hall.waiting]).toEqual([2, 0, 0]);
    expect(one.clock.now()).toBe(140);
  });

  test("loses no place to a run that is stopped, inside or in the line", async () => {
    const hall = bulkhead({ limit: 1 });
    const machine = machineOf({ a: { config: { bulkhead: hall }, run: never } }, { totalTimeout: 10 });
    const runs = [machine.workflow.orchestrate({}), machine.workflow.orchestrate({})].map((run) => run.catch(() => undefined));
    await machine.clock.runAll();
    await Promise.all(runs);
    expect([hall.active, hall.waiting, machine.clock.pending]).toEqual([0, 0, 0]);
  });

  test("of a split may be shared: a branch keeps its place for all of its attempts, and gives it back when it is aborted", async () => {
    const hall = bulkhead({ limit: 2 });
    const log: string[] = [];
    const branch = (name: string, config: TaskConfig = {}) => ({
      config,
      async run(_resources: unknown, { sleep, attempt }: Context<unknown>) {
        log.push(`${name}${attempt}`);
        await sleep(10);
        if (attempt === 1 && config.retry !== undefined) throw down;
        return name;
      },
    });
    const next = "done";
    const machine = machineOf({ all: split([branch("a", { retry }), branch("b"), branch("c")], { next, bulkhead: hall }) });
    expect(await outcomeOf(machine)).toMatchObject({ state: "done" });
    expect(log).toEqual(["a1", "b1", "c1", "a2"]);
    expect([hall.active, hall.waiting]).toEqual([0, 0]);
    const stuck = machineOf({
      all: split([{ run: never }, { run: never }, { run: never }], { next, bulkhead: hall, timeout: 5 }),
    });
    expect(await outcomeOf(stuck)).toMatchObject({ code: "CANO7008" });
    expect([hall.active, hall.waiting]).toEqual([0, 0]);
  });
});

describe("a retry budget", () => {
  test("ends the retries when they are too many for the calls of all who share it", async () => {
    const budget = retryBudget({ share: 0.5, minimum: 2, window: 10_000 });
    const config = { retry: fixed({ retries: 5, delay: 1 }), retryBudget: budget };
    const failing = scripted(config, down);
    expect(await outcomeOf(machineOf({ a: failing }))).toMatchObject({ category: "retry_exhausted", attempts: 3 });
    expect(await outcomeOf(machineOf({ a: failing }))).toMatchObject({ category: "task_execution", attempt: 1 });
    expect(failing.calls).toBe(4);
    for (let at = 0; at < 4; at++) await outcomeOf(machineOf({ a: scripted(config, "done") }));
    // Six calls, two retries so far: one more is half of them.
    expect(await outcomeOf(machineOf({ a: scripted(config, down, "done") }))).toMatchObject({ state: "done" });
  });

  test("any sequence keeps to the share", () => {
    let now = 0;
    const clock = { now: () => now, epoch: () => now, schedule: () => () => undefined };
    const budget = retryBudget({ share: 0.2, minimum: 0, window: 1_000 });
    let [calls, retries] = [0, 0];
    for (let at = 0; at < 999; at++) {
      now = at / 2;
      budget.deposit(clock);
      calls++;
      for (let again = 0; again < 3; again++) if (budget.withdraw(clock)) retries++;
      expect(retries).toBeLessThanOrEqual(calls * 0.2);
    }
    expect(retries).toBe(199);
    now = 3_000;
    expect(budget.withdraw(clock)).toBe(false);
  });
});

test("the steps of a stepped task are guarded one by one", async () => {
  const breaker = circuitBreaker({ failureThreshold: 3 });
  let steps = 0;
  const step = (): unknown => {
    if (++steps % 2 === 1) throw down;
    return steps === 6 ? "done" : { more: steps };
  };
  const { more } = await import("cano");
  const machine = machineOf({
    a: {
      config: { breaker, retry: exponential() },
      step: () => {
        const made = step();
        return made === "done" ? made : more(steps);
      },
    },
  });
  expect(await outcomeOf(machine)).toMatchObject({ state: "done" });
  expect([steps, breaker.state]).toEqual([6, "closed"]);
});

test.each<[TaskConfig, string]>([
  ...[0, -1, Number.NaN, Number.POSITIVE_INFINITY].map((after): [TaskConfig, string] => [
    { hedge: { after } },
    `\`hedge.after\` of \`a\` must be a finite number of milliseconds above 0, not ${after}`,
  ]),
  ...[0, -1, 1.5, Number.NaN].map((max): [TaskConfig, string] => [
    { hedge: { after: 1, max } },
    `\`hedge.max\` of \`a\` must be a whole number, 1 or more, not ${max}`,
  ]),
])("%o is refused", (config, message) => {
  expect(() => machineOf({ a: scripted(config, "done") })).toThrow(message);
});

test("a branch that would wait for a place that it keeps itself is refused", () => {
  const hall = bulkhead({ limit: 1 });
  const branches = [scripted({ bulkhead: hall }, 1)];
  expect(() => machineOf({ all: split(branches, { next: "done", bulkhead: hall }) })).toThrow(
    "`bulkhead` of `Branch0` must not be that of its split: a branch would wait for a place that it keeps itself",
  );
});

test.each([
  ["share", { share: 0 }],
  ["share", { share: 1.1 }],
  ["minimum", { minimum: -1 }],
  ["window", { window: Number.NaN }],
])("a retry budget with `%s` out of range is refused", (name, options) => {
  expect(() => retryBudget(options)).toThrow(`\`${name}\` must be`);
});
