/** Circuit breakers of a task's config, in runs: when one ends the attempts, what it counts, and what it hears nothing of. */

import { bulkhead, circuitBreaker, exponential, fixed, isCanoError, split, type TaskConfig, tokenBucket } from "cano";
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

  test.each<[what: string, more: TaskConfig]>([
    ["alone", {}],
    ["with a bulkhead", { bulkhead: bulkhead({ limit: 1 }) }],
  ])("of which some errors are no failures stays closed (%s)", async (_, more) => {
    const breaker = circuitBreaker({ failureThreshold: 1, isFailure: (error) => error !== down });
    await outcomeOf(machineOf({ pay: scripted({ breaker, retry, ...more }, down) }));
    expect(breaker.state).toBe("closed");
  });

  test("that is open refuses at once what would have to wait for its turn", async () => {
    const breaker = circuitBreaker();
    breaker.forceOpen();
    const rateLimit = tokenBucket({ tokens: 1, period: 1_000 });
    const machine = machineOf({ pay: scripted({ rateLimit }, "refund"), refund: scripted({ breaker, rateLimit }, "done") });
    expect(isCanoError(await outcomeOf(machine), "circuit_open")).toBe(true);
    expect(machine.clock.now()).toBe(0);
  });

  test("counts what succeeds for its failure rate, and tells its watchers of it", async () => {
    const rated = circuitBreaker({ failureRate: { share: 0.6, minimumCalls: 4 } });
    const watched = circuitBreaker();
    const told: string[] = [];
    watched.watch({ outcome: ({ outcome }) => told.push(outcome) });
    for (const breaker of [rated, watched])
      for (const result of ["done", "done", down, down]) await outcomeOf(machineOf({ pay: scripted({ breaker }, result) }));
    expect([rated.state, told]).toEqual(["closed", ["success", "success", "failure", "failure"]]);
    await outcomeOf(machineOf({ pay: scripted({ breaker: rated }, down) }));
    expect(rated.state).toBe("open");
  });

  test("that was opened and reset meanwhile does not count a success of before", async () => {
    const breaker = circuitBreaker({ failureThreshold: 2 });
    const run = (): string => {
      breaker.forceOpen();
      breaker.reset();
      breaker.acquire().fail();
      return "done";
    };
    expect(await outcomeOf(machineOf({ pay: { config: { breaker }, run } }))).toMatchObject({ state: "done" });
    breaker.acquire().fail();
    expect(breaker.state).toBe("open");
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
