/** A peer as a yardstick: the same scenario with cockatiel makes the same number of calls and comes to the same end. */

import { bulkhead, circuitBreaker, fixed, isCanoError, type TaskConfig } from "cano";
import { ManualClock, settled } from "cano/testing";
import * as cockatiel from "cockatiel";
import { array, assert, asyncProperty, constantFrom, integer, record } from "fast-check";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { machineOf, never, outcomeOf } from "./machine.js";

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date", "performance"] }));
afterEach(() => void vi.useRealTimers());

/** What a call does: succeeds, fails, or never ends. */
type Deed = "ok" | "fail" | "hang";
const script = array(constantFrom<Deed>("ok", "fail", "fail", "hang"), { minLength: 1, maxLength: 8 });

/** A service that does its script, call by call, and then succeeds; `calls` counts. */
function serviceOf(deeds: readonly Deed[]) {
  const service = {
    calls: 0,
    call(): Promise<string> {
      const deed = deeds[service.calls++] ?? "ok";
      if (deed === "hang") return never();
      return deed === "ok" ? Promise.resolve("done") : Promise.reject(new Error("down"));
    },
  };
  return service;
}

/** How something ended, in words that both libraries share. */
function wordFor(error: unknown): string {
  if (error instanceof cockatiel.BrokenCircuitError || isCanoError(error, "circuit_open")) return "open";
  if (error instanceof cockatiel.BulkheadRejectedError || isCanoError(error, "bulkhead_full")) return "full";
  if (error instanceof cockatiel.TaskCancelledError || isCanoError(error, "timeout")) return "timeout";
  if (isCanoError(error, "retry_exhausted")) return wordFor((error.cause as AggregateError).errors.at(-1));
  return "fail";
}

/** The peer's end of a call, with all timers that it needs. */
async function peerOutcome(work: Promise<unknown>): Promise<string> {
  const outcome = work.then(() => "ok", wordFor);
  await vi.advanceTimersByTimeAsync(100_000);
  return await outcome;
}

/** Ours, of a task with this config. */
async function ownOutcome(config: TaskConfig, call: () => Promise<string>): Promise<string> {
  const outcome = await outcomeOf(machineOf({ a: { config, run: call } }));
  return outcome instanceof Error ? wordFor(outcome) : "ok";
}

const noHang = (deeds: readonly Deed[]): readonly Deed[] => deeds.map((deed) => (deed === "hang" ? "fail" : deed));

test("retry", async () => {
  const scenes = asyncProperty(script, integer({ min: 0, max: 5 }), async (deeds, retries) => {
    const [theirs, ours] = [serviceOf(noHang(deeds)), serviceOf(noHang(deeds))];
    const policy = cockatiel.retry(cockatiel.handleAll, { maxAttempts: retries, backoff: new cockatiel.ConstantBackoff(10) });
    const peer = await peerOutcome(policy.execute(() => theirs.call()));
    const own = await ownOutcome({ retry: fixed({ retries, delay: 10 }) }, () => ours.call());
    expect([own, ours.calls]).toEqual([peer, theirs.calls]);
  });
  await assert(scenes, { numRuns: 100 });
});

test("timeout, alone and within a retry", async () => {
  const scenes = asyncProperty(script, integer({ min: 0, max: 4 }), async (deeds, retries) => {
    const [theirs, ours] = [serviceOf(deeds), serviceOf(deeds)];
    const retry = cockatiel.retry(cockatiel.handleAll, { maxAttempts: retries, backoff: new cockatiel.ConstantBackoff(10) });
    const policy = cockatiel.wrap(retry, cockatiel.timeout(50, cockatiel.TimeoutStrategy.Aggressive));
    const peer = await peerOutcome(policy.execute(() => theirs.call()));
    const own = await ownOutcome({ retry: fixed({ retries, delay: 10 }), attemptTimeout: 50 }, () => ours.call());
    expect([own, ours.calls]).toEqual([peer, theirs.calls]);
  });
  await assert(scenes, { numRuns: 100 });
});

test("a breaker over many calls", async () => {
  const step = record({ deed: constantFrom<Deed>("ok", "fail"), wait: constantFrom(0, 40, 100) });
  const scenes = asyncProperty(array(step, { maxLength: 25 }), integer({ min: 1, max: 4 }), async (steps, threshold) => {
    const clock = new ManualClock();
    const deeds = steps.map(({ deed }) => deed);
    const [theirs, ours] = [serviceOf(deeds), serviceOf(deeds)];
    const options = { halfOpenAfter: 100, breaker: new cockatiel.ConsecutiveBreaker(threshold) };
    const peer = cockatiel.circuitBreaker(cockatiel.handleAll, options);
    const own = circuitBreaker({ failureThreshold: threshold, resetTimeout: 100, clock });
    for (const { wait } of steps) {
      await vi.advanceTimersByTimeAsync(wait);
      await clock.advance(wait);
      const theirEnd = await peer.execute(() => theirs.call()).then(() => "ok", wordFor);
      const ourEnd = await own.call(() => ours.call()).then(() => "ok", wordFor);
      expect([ourEnd, ours.calls]).toEqual([theirEnd, theirs.calls]);
    }
  });
  await assert(scenes, { numRuns: 200 });
});

test("a retry over a breaker that opens first", async () => {
  const scenes = asyncProperty(
    script,
    integer({ min: 0, max: 6 }),
    integer({ min: 1, max: 4 }),
    async (deeds, retries, threshold) => {
      const [theirs, ours] = [serviceOf(noHang(deeds)), serviceOf(noHang(deeds))];
      const breaker = new cockatiel.ConsecutiveBreaker(threshold);
      const policy = cockatiel.wrap(
        cockatiel.retry(cockatiel.handleAll, { maxAttempts: retries, backoff: new cockatiel.ConstantBackoff(10) }),
        cockatiel.circuitBreaker(cockatiel.handleAll, { halfOpenAfter: 50_000, breaker }),
      );
      const peer = await peerOutcome(policy.execute(() => theirs.call()));
      const config = {
        retry: fixed({ retries, delay: 10 }),
        breaker: circuitBreaker({ failureThreshold: threshold, resetTimeout: 50_000 }),
      };
      const own = await ownOutcome(config, () => ours.call());
      expect([own, ours.calls]).toEqual([peer, theirs.calls]);
    },
  );
  await assert(scenes, { numRuns: 100 });
});

test("a bulkhead with a line", async () => {
  const scenes = asyncProperty(
    integer({ min: 1, max: 3 }),
    integer({ min: 0, max: 3 }),
    array(constantFrom("call", "end"), { maxLength: 20 }),
    async (limit, maxQueue, steps) => {
      const run = async (call: (work: () => Promise<void>) => Promise<unknown>): Promise<readonly string[]> => {
        const log: string[] = [];
        const open: (() => void)[] = [];
        for (const step of steps) {
          if (step === "end") open.shift()?.();
          else {
            call(() => {
              log.push("started");
              return new Promise((resolve) => open.push(resolve));
            }).then(
              () => log.push("ended"),
              (error: unknown) => log.push(wordFor(error)),
            );
          }
          await settled();
        }
        return log;
      };
      const peer = cockatiel.bulkhead(limit, maxQueue);
      const own = bulkhead({ limit, maxQueue });
      const theirs = await run((work) => peer.execute(work));
      // Who ends and who is let in for it may be told in either order.
      const sorted = (log: readonly string[]): readonly string[] => [...log].sort();
      expect(sorted(await run((work) => own.call(work)))).toEqual(sorted(theirs));
    },
  );
  await assert(scenes, { numRuns: 200 });
});
