/** The metrics of circuit breakers and rate limiters as a real SDK collects them: each call once, by a task or by hand. */

import { circuitBreaker, fixed, fixedWindow, tiered, tokenBucket } from "cano";
import { otelMetrics } from "cano/observe/otel";
import { ManualClock, settled } from "cano/testing";
import { expect, test, vi } from "vitest";
import { machineOf, outcomeOf } from "../runtime/machine.js";
import { measure } from "./measuring.js";

const dated = (): ManualClock => new ManualClock(new Date("2026-01-01"));
const fails = (): Promise<never> => Promise.reject(new Error("down"));

test("a breaker: what it lets through and refuses, what comes of it, and its transitions", async () => {
  const { meter, collected } = measure();
  const clock = dated();
  const breaker = circuitBreaker({ name: "bank", failureThreshold: 2, resetTimeout: 5_000, clock });
  otelMetrics({ meter, watch: [breaker, breaker] });
  const late = breaker.acquire();
  const calledOff = breaker.acquire();
  // By a task: two attempts fail, the third is refused.
  const config = { retry: fixed({ retries: 5, delay: 1 }), breaker };
  await outcomeOf(machineOf({ a: { config, run: fails } }, { clock }));
  // By hand: refused.
  await expect(breaker.call(() => "never")).rejects.toMatchObject({ category: "circuit_open" });
  // Taking nothing is no acquisition.
  expect(() => breaker.check()).toThrow("is open");
  late.succeed();
  calledOff.release();
  // A task that would have to wait for its turn is refused before.
  const rateLimit = tokenBucket({ tokens: 1, period: 1_000, clock });
  await outcomeOf(machineOf({ a: { config: { breaker, rateLimit }, run: () => "done" } }, { clock }));
  await clock.advance(5_000);
  await outcomeOf(machineOf({ a: { config: { breaker, rateLimit }, run: () => "done" } }, { clock }));
  expect(await collected()).toEqual([
    "circuit_acquires_total {call} breaker=bank result=acquired 5",
    "circuit_acquires_total {call} breaker=bank result=rejected 3",
    "circuit_outcomes_total {call} breaker=bank outcome=failure 2",
    "circuit_outcomes_total {call} breaker=bank outcome=success 2",
    "circuit_transitions_total {transition} breaker=bank transition=closed_to_open 1",
    "circuit_transitions_total {transition} breaker=bank transition=open_to_halfopen 1",
    "circuit_transitions_total {transition} breaker=bank transition=halfopen_to_closed 1",
  ]);
});

test("a limiter: what is taken at once, after a wait, or not at all", async () => {
  const { meter, collected } = measure();
  const clock = dated();
  const bucket = tokenBucket({ name: "quota", tokens: 2, period: 1_000, clock, maxQueue: 1 });
  otelMetrics({ meter, watch: [bucket] });
  // By a task, whose second attempt waits for a token.
  let attempts = 0;
  const config = { retry: fixed({ retries: 1, delay: 0 }), rateLimit: bucket };
  expect(bucket.tryAcquire(1)).toBe(true);
  await outcomeOf(machineOf({ a: { config, run: () => (++attempts === 1 ? fails() : "done") } }, { clock }));
  // By hand: refused at once, for ever, since the line is full, and called off.
  expect(bucket.tryAcquire(2)).toBe(false);
  await expect(bucket.acquire({ cost: 3 })).rejects.toMatchObject({ category: "rate_limited" });
  const controller = new AbortController();
  const waiting = bucket.acquire({ cost: 2, signal: controller.signal });
  await expect(bucket.acquire({ cost: 2 })).rejects.toMatchObject({ category: "rate_limited" });
  controller.abort(new Error("enough"));
  await expect(waiting).rejects.toThrow("enough");
  await clock.advance(10_000);
  bucket.reserve({ cost: 2 })?.release();
  await bucket.acquire({ cost: 0.5 });
  await settled();
  expect(await collected()).toEqual([
    "rate_limiter_acquired_total {call} limiter=quota 4",
    "rate_limiter_throttled_total {call} limiter=quota result=waited 2",
    "rate_limiter_throttled_total {call} limiter=quota result=rejected 3",
    "rate_limiter_tokens_consumed_total {token} limiter=quota 3.5",
    "rate_limiter_wait_seconds s limiter=quota 1 sum 0.5",
  ]);
});

test("a limiter of several tiers: which of them was in the way, and the limiters it is made of are not asked", async () => {
  const { meter, collected } = measure();
  const clock = dated();
  const [second, day] = [
    fixedWindow({ name: "second", limit: 1, window: 1_000, clock }),
    fixedWindow({ name: "day", limit: 2, window: 86_400_000, clock }),
  ];
  const both = tiered([{ limiter: second }, { limiter: day }], { name: "both", clock });
  otelMetrics({ meter, watch: [both, second, day] });
  await both.acquire();
  const turn = both.acquire();
  await clock.advance(1_000);
  await turn;
  await clock.advance(1_000);
  expect(both.tryAcquire()).toBe(false);
  expect(await collected()).toEqual([
    "multi_rate_limiter_throttled_total {call} limiter=both tier=second 1",
    "multi_rate_limiter_throttled_total {call} limiter=both tier=day 1",
  ]);
});

test("a watcher that fails changes nothing, and is said once; one that is gone is not told", async () => {
  const clock = dated();
  const warn = vi.fn();
  const breaker = circuitBreaker({ name: "bank", clock, log: { warn } });
  const acquire = vi.fn(() => {
    throw new Error("no");
  });
  const unwatch = breaker.watch({ acquire });
  for (let call = 0; call < 2; call++) expect(await breaker.call(() => "done")).toBe("done");
  unwatch();
  await breaker.call(() => "done");
  expect(acquire).toHaveBeenCalledTimes(2);
  expect(warn.mock.calls).toEqual([["a watcher of the circuit breaker `bank` failed, which changes nothing: no"]]);
});
