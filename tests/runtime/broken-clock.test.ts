/** Clocks that throw, which are the user's: whatever was to be timed ends with a typed error, or goes on without a bound. */

import { getEventListeners } from "node:events";
import { CanoError, circuitBreaker, type Clock, fixed, pending } from "cano";
import { ManualClock, settled } from "cano/testing";
import { expect, test } from "vitest";
import { durableMachineOf } from "../durable/machine.js";
import { bucket, drain } from "./limiter-of.js";
import { machineOf, never, type Setting } from "./machine.js";
import type { Step } from "./step.js";
import { streamOf } from "./stream-of.js";
import { endOf, sagaOf } from "./saga.js";

const broken = {
  value: () => {
    throw new Error("no time");
  },
};

/** A manual clock one of whose methods throws. */
function brokenClock(method: keyof Clock): ManualClock {
  const clock = new ManualClock();
  Object.defineProperty(clock, method, broken);
  return clock;
}
test("a clock that throws when the total timeout expires does not keep the run from ending", async () => {
  const machine = machineOf({ a: { run: () => new Promise(() => undefined) } }, { totalTimeout: 5 });
  const run = machine.workflow.orchestrate({}).catch((error: unknown) => error);
  await machine.clock.advance(1);
  Object.defineProperty(machine.clock, "now", broken);
  await machine.clock.runAll();
  expect(await run).toMatchObject({ category: "workflow_timeout", elapsed: 5, limit: 5 });
});

const late = (): Promise<string> => new Promise((resolve) => setImmediate(() => resolve("done")));
const fails = (): Promise<never> => new Promise((_, reject) => setImmediate(() => reject(new Error("late"))));

test.each<[string, keyof Clock, Step, Setting?]>([
  ["an attempt timeout cannot be set", "now", { config: { attemptTimeout: 5 }, run: late }],
  ["an attempt timeout cannot be set, and the attempt fails late", "schedule", { config: { attemptTimeout: 5 }, run: fails }],
  ["a total timeout cannot be set", "now", { run: late }, { totalTimeout: 5 }],
  ["a total timeout cannot be set, and the task fails late", "schedule", { run: fails }, { totalTimeout: 5 }],
  ["a retry cannot be waited for", "schedule", { config: { retry: fixed({ retries: 1, delay: 1 }) }, run: fails }],
  ["a task cannot sleep", "schedule", { run: (_resources, { sleep }) => sleep(1) }],
  ["a timer has no date", "epoch", { wait: () => 1, afterWait: () => "done" }],
  ["a poll cannot wait", "schedule", { poll: () => pending(1) }],
  ["a breaker cannot open", "now", { config: { breaker: circuitBreaker({ failureThreshold: 1 }) }, run: fails }],
])("%s: a typed error", async (_, method, step, setting) => {
  const machine = machineOf({ a: step }, { ...setting, clock: brokenClock(method) });
  const outcome = await machine.workflow.orchestrate({}).catch((error: unknown) => error);
  expect(outcome).toBeInstanceOf(CanoError);
  expect(outcome).toMatchObject({ state: "a", message: expect.stringContaining("no time") as string });
  await late();
});

test.each([{}, { maxWait: 500 }])("who cannot wait for a rate limit is not in its line, nor in the way (%o)", async (options) => {
  const { limiter, clock } = bucket(options);
  drain(limiter);
  Object.defineProperty(clock, "schedule", broken);
  const { signal } = new AbortController();
  await expect(limiter.acquire({ signal })).rejects.toThrow("no time");
  expect([limiter.waiting, getEventListeners(signal, "abort")]).toEqual([0, []]);
  await clock.advance(200);
  expect(limiter.tryAcquire()).toBe(true);
});

test("a stored run whose total timeout cannot be set has failed, and is not left in progress", async () => {
  const { workflow } = durableMachineOf({ a: { run: late } }, { totalTimeout: 5, clock: brokenClock("schedule") });
  await expect(workflow.orchestrate({ runId: "run-1" })).rejects.toMatchObject({ state: "a", category: "task_execution" });
  expect(await workflow.runs.get("run-1")).toMatchObject({ status: "failed", owner: undefined });
});

test("what a run has done is undone, without a bound, and that is said", async () => {
  const saga = sagaOf(
    {
      a: { undo: () => undefined },
      end: {
        run: () => {
          Object.defineProperty(saga.clock, "now", broken);
          throw new Error("no");
        },
      },
    },
    { compensationTimeout: 100 },
  );
  expect(await endOf(saga)).toMatchObject({ category: "task_execution", state: "end" });
  expect(saga.log).toEqual(["a", "end", "undo a"]);
  expect(saga.warnings).toContain("the time for undoing a run of workflow `saga` has no bound: no time");
});

test("who cannot be served by a rate limit is in nobody's way", async () => {
  const { limiter, clock: own } = bucket();
  drain(limiter);
  const clock = new ManualClock();
  const machine = machineOf({ a: { config: { rateLimit: limiter }, run: late } }, { clock });
  const run = machine.workflow.orchestrate({}).catch((error: unknown) => error);
  await settled();
  const behind = limiter.acquire();
  Object.defineProperty(clock, "now", broken);
  await clock.runNext();
  expect(await run).toMatchObject({ state: "a", message: expect.stringContaining("no time") as string });
  await own.advance(200);
  await behind;
  expect(limiter.waiting).toBe(0);
});

test("who has waited for a rate limit as long as may be does so no longer", async () => {
  const { limiter, clock } = bucket({ maxWait: 500 });
  drain(limiter);
  const turns = [1, 2, 3, 4].map(() => limiter.acquire());
  const last = Promise.allSettled(turns);
  Object.defineProperty(clock, "now", broken);
  await clock.runAll();
  expect(new Set((await last).map(({ status }) => status))).toEqual(new Set(["rejected"]));
});

test("a hedge that cannot be timed starts no copy, and what is under way counts", async () => {
  const warnings: unknown[] = [];
  const machine = machineOf(
    { a: { config: { hedge: { after: 5 } }, run: late } },
    { clock: brokenClock("schedule"), log: { warn: (message) => warnings.push(message) } },
  );
  expect(await machine.workflow.orchestrate({})).toMatchObject({ state: "done" });
  expect(warnings).toEqual(["another copy of state `a` cannot be timed: no time"]);
});

test("a copy whose rate limit cannot be asked gives its leave on trial back", async () => {
  const controller = new AbortController();
  const clock = new ManualClock();
  const breaker = circuitBreaker({ failureThreshold: 1, resetTimeout: 1, halfOpenCalls: 2, clock });
  breaker.acquire().fail();
  await clock.advance(1);
  const config = { breaker, rateLimit: bucket().limiter, hedge: { after: 5 } };
  const machine = machineOf({ a: { config, run: never } }, { clock });
  const run = machine.workflow.orchestrate({ signal: controller.signal }).catch((error: unknown) => error);
  await clock.advance(4);
  Object.defineProperty(clock, "now", broken);
  await clock.runAll();
  controller.abort();
  await run;
  // Both trials are free again.
  breaker.acquire();
  breaker.acquire();
  expect(breaker.state).toBe("half-open");
});

test("a stream is closed, however long that takes", async () => {
  const controller = new AbortController();
  const warnings: unknown[] = [];
  const before = async (item: number): Promise<void> => {
    if (item === 2) await never();
  };
  const setting = { log: { warn: (message: string) => warnings.push(message) } };
  const { machine, log, source } = streamOf([1, 2], { window: { count: 5 } }, undefined, before, setting);
  const run = machine.workflow.orchestrate({ signal: controller.signal }).catch((error: unknown) => error);
  await settled();
  Object.defineProperty(machine.clock, "schedule", broken);
  controller.abort();
  expect(await run).toMatchObject({ category: "cancelled" });
  expect([log, source.closed]).toEqual([["flush 10", "close cancelled"], 1]);
  expect(warnings).toContain("how the stream of state `a` is closed cannot be timed: no time");
});
