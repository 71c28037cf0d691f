/** Hedges and fallbacks in runs: which copy counts, what stands in for a result, and what is left behind. */

import {
  bulkhead,
  circuitBreaker,
  type Context,
  FatalError,
  fixed,
  isCanoError,
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

describe("a hedge", () => {
  test("starts a copy when the attempt is slow; the first success counts and the other is aborted", async () => {
    const aborted: string[] = [];
    let copies = 0;
    const machine = machineOf({
      read: {
        config: { hedge: { after: 50 } },
        async run(_resources, { signal, sleep, attempt, idempotencyKey }) {
          const copy = ++copies;
          signal.addEventListener("abort", () => aborted.push(`copy ${copy}: ${String(signal.reason.message)}`));
          await sleep(copy === 1 ? 1_000 : 20);
          return ["done", `${copy} ${attempt} ${idempotencyKey.split("#").at(-1)}`];
        },
      },
    });
    expect(await outcomeOf(machine)).toMatchObject({ output: "2 1 0/0" });
    expect(machine.clock.now()).toBe(70);
    expect(aborted).toEqual(["copy 1: this copy is no longer needed: another has succeeded"]);
    expect(machine.recorder.lines()).toContain("hedge read Task_read attempt 1 copy 2");
  });

  test("starts one copy where `max` is there and undefined, as from a configuration", async () => {
    const task = { calls: 0, config: { hedge: { after: 50, max: undefined as never }, attemptTimeout: 1_000 } };
    const run = (): Promise<never> => {
      task.calls++;
      return never();
    };
    expect(isCanoError(await outcomeOf(machineOf({ read: { config: task.config, run } })), "timeout")).toBe(true);
    expect(task.calls).toBe(2);
  });

  test("starts none when the attempt is quick, and so many and no more when all are slow", async () => {
    const task = scripted({ hedge: { after: 50 } }, "done");
    await outcomeOf(machineOf({ read: task }));
    expect(task.calls).toBe(1);
    const starts: number[] = [];
    const machine = machineOf({
      read: {
        config: { hedge: { after: 50, max: 3 }, attemptTimeout: 1_000 },
        run() {
          starts.push(machine.clock.now());
          return never();
        },
      },
    });
    expect(isCanoError(await outcomeOf(machine), "timeout")).toBe(true);
    expect(starts).toEqual([0, 50, 100, 150]);
    // Each copy has the attempt timeout for itself.
    expect(machine.clock.now()).toBe(1_150);
  });

  test("fails when every copy has failed, and is then retried as one attempt", async () => {
    let calls = 0;
    const machine = machineOf({
      read: {
        config: { hedge: { after: 10 }, retry: fixed({ retries: 1, delay: 100 }) },
        async run(_resources, { sleep, attempt }) {
          const call = ++calls;
          await sleep(20);
          if (attempt === 1) throw new Error(`copy ${call}`);
          return "done";
        },
      },
    });
    expect(await outcomeOf(machine)).toMatchObject({ state: "done" });
    expect([calls, machine.clock.now()]).toEqual([4, 150]);
    expect(machine.recorder.events().flatMap((event) => (event.hook === "retry" ? [event.error] : []))).toEqual([
      new Error("copy 2"),
    ]);
  });

  test("is not started where it would have to wait, or is refused; each copy is counted for itself", async () => {
    const hall = bulkhead({ limit: 1 });
    const starts = async (config: TaskConfig): Promise<number> => {
      let calls = 0;
      const step: PlainStep = {
        config: { ...config, hedge: { after: 10 } },
        async run(_resources, { sleep }) {
          calls++;
          await sleep(100);
          return "done";
        },
      };
      await outcomeOf(machineOf({ read: step }));
      return calls;
    };
    expect(await starts({ bulkhead: hall })).toBe(1);
    expect(hall.active).toBe(0);
    expect(await starts({ rateLimit: tokenBucket({ tokens: 1, period: 1e6 }) })).toBe(1);
    expect(await starts({ bulkhead: bulkhead({ limit: 2 }), rateLimit: tokenBucket({ tokens: 2, period: 1e6 }) })).toBe(2);
    const breaker = circuitBreaker({ failureThreshold: 1, halfOpenCalls: 1, resetTimeout: 1e-3 });
    breaker.forceOpen();
    breaker.reset();
    expect(await starts({ breaker })).toBe(2);
    expect(breaker.state).toBe("closed");
  });

  test("ends with the run", async () => {
    const signals: AbortSignal[] = [];
    const step: PlainStep = {
      config: { hedge: { after: 10, max: 2 }, breaker: circuitBreaker({ failureThreshold: 1 }) },
      run(_resources, { signal }) {
        signals.push(signal);
        return never();
      },
    };
    expect(isCanoError(await outcomeOf(machineOf({ read: step }, { totalTimeout: 15 })), "workflow_timeout")).toBe(true);
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, true]);
    expect(step.config?.breaker?.state).toBe("closed");
  });
});

describe("a fallback", () => {
  test("stands in after the last attempt, whatever it failed with", async () => {
    const breaker = circuitBreaker({ failureThreshold: 1 });
    const machine = machineOf({
      pay: scripted({ retry, breaker, fallback: ["manual", "the bank is down"] }, down),
      manual: { run: (_resources, { input }) => ["done", input] },
    });
    expect(await outcomeOf(machine)).toEqual({ state: "done", output: "the bank is down" });
    expect(machine.recorder.lines().slice(3)).toEqual([
      "retry pay Task_pay attempt 1 delay 100",
      "attempt pay Task_pay attempt 2",
      "circuitOpen pay Task_pay",
      "fallback pay Task_pay",
      "taskSuccess pay Task_pay",
      "stateEnter manual",
      "taskStart manual Task_manual",
      "taskSuccess manual Task_manual",
      "stateEnter done",
      "runEnd done completed",
    ]);
  });

  test("may be made of the error and the context", async () => {
    const fallback = (error: unknown, { input, attempt }: Context<string>): unknown => [
      "done",
      `${(error as Error).message} / ${input} / ${attempt}`,
    ];
    const run = (_resources: unknown, _context: unknown): never => {
      throw new FatalError("no");
    };
    expect(await outcomeOf(machineOf({ a: { config: { fallback, retry }, run } }), { input: "cart" })).toMatchObject({
      output: "no / cart / 1",
    });
  });

  test("may be a promise, which the end of the run does not wait for", async () => {
    const soon = machineOf({ a: scripted({ fallback: async () => ["done", "later"] }, down) });
    expect(await outcomeOf(soon)).toMatchObject({ output: "later" });
    const late = machineOf({ a: scripted({ fallback: never }, down) }, { totalTimeout: 5 });
    expect(isCanoError(await outcomeOf(late), "workflow_timeout")).toBe(true);
  });

  test("that throws is the state's failure", async () => {
    const fallback = (): never => {
      throw new Error("nothing either");
    };
    expect(await outcomeOf(machineOf({ a: scripted({ fallback }, down) }))).toMatchObject({
      category: "task_execution",
      message: "state `a` failed: nothing either",
    });
  });

  test("does not stand in for the end of the run", async () => {
    const step: PlainStep = { config: { fallback: "done" }, run: never };
    const machine = machineOf({ a: step }, { totalTimeout: 5 });
    expect(isCanoError(await outcomeOf(machine), "workflow_timeout")).toBe(true);
    expect(machine.recorder.lines()).not.toContain("fallback a Task_a");
  });

  test("is given the context of this visit, also where no attempt has made one", async () => {
    const breaker = circuitBreaker({ failureThreshold: 1 });
    const inputs: unknown[] = [];
    const fallback = (_error: unknown, { input, attempt, state }: Context<number>): unknown => {
      inputs.push([state, input, attempt]);
      return input < 3 ? ["again", input + 1] : "done";
    };
    const machine = machineOf({
      first: { run: (_resources, { input }) => ["again", input] },
      // Takes a context at its first visit, is refused at the others.
      again: {
        config: { breaker, fallback, retry: fixed({ retries: 0, delay: 0 }) },
        run: (_resources, _context) => Promise.reject(down),
      },
    });
    expect(await outcomeOf(machine, { input: 1 })).toMatchObject({ state: "done" });
    expect(inputs).toEqual([
      ["again", 1, 1],
      ["again", 2, 1],
      ["again", 3, 1],
    ]);
  });

  test("of a branch is given the branch's context, and the split can still be stopped", async () => {
    const breaker = circuitBreaker({ failureThreshold: 1 });
    breaker.forceOpen();
    const keys: string[] = [];
    const fallback = (_error: unknown, { idempotencyKey, input }: Context<unknown>): unknown =>
      keys.push(`${idempotencyKey.split("#").at(-1)} ${String(input)}`);
    const signals: AbortSignal[] = [];
    const hangs = {
      run(_resources: unknown, { signal }: Context<unknown>): Promise<never> {
        signals.push(signal);
        return never();
      },
    };
    const machine = machineOf(
      { all: split([scripted({ breaker, fallback, hedge: { after: 1 } }, 1), hangs], { next: "done" }) },
      { totalTimeout: 20 },
    );
    expect(isCanoError(await outcomeOf(machine, { input: "cart" }), "workflow_timeout")).toBe(true);
    expect(keys).toEqual(["0/0/0 cart"]);
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
  });

  test("of a branch is its value", async () => {
    const branches = [scripted({ fallback: 7 }, down), scripted({ fallback: () => 8 }, down), scripted({}, 9)];
    const outcome = await outcomeOf(machineOf({ all: split(branches, { next: "done" }) }));
    expect(outcome).toMatchObject({ output: { successes: [{ value: 7 }, { value: 8 }, { value: 9 }], failures: [] } });
  });
});
