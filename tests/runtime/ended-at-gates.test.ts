/** Runs that are ended while a gate lets their call through: nothing is called behind that, and what was taken is there again. */

import { any, bulkhead, circuitBreaker, custom, split, type TaskConfig, tokenBucket } from "cano";
import { ManualClock, settled } from "cano/testing";
import { expect, test, vi } from "vitest";
import { machineOf, never, outcomeOf } from "./machine.js";

test.each<[what: string, more: TaskConfig]>([
  ["nothing else", {}],
  ["a bulkhead", { bulkhead: bulkhead({ limit: 1 }) }],
  ["a rate limit", { rateLimit: tokenBucket({ tokens: 5, period: 1 }) }],
  ["a hedge", { hedge: { after: 5 } }],
])("a watcher that ends the run when its trial is let through, beside %s", async (_, more) => {
  const breaker = circuitBreaker({ failureThreshold: 1, resetTimeout: 5 });
  const calls: AbortSignal[] = [];
  const machine = machineOf({
    a: {
      config: { breaker, ...more },
      run(_resources, { signal }) {
        calls.push(signal);
        return never();
      },
    },
  });
  breaker.acquire(machine.clock).fail();
  await machine.clock.advance(5);
  const abort = new AbortController();
  breaker.watch({ acquire: () => abort.abort() });
  expect(await outcomeOf(machine, { signal: abort.signal })).toMatchObject({ category: "cancelled" });
  expect([calls, more.bulkhead?.active ?? 0]).toEqual([[], 0]);
  // The trial has said nothing, and its slot is free.
  expect(breaker.state).toBe("half-open");
  breaker.acquire(machine.clock).succeed();
  expect(breaker.state).toBe("closed");
});

test.each<[what: string, config: TaskConfig]>([
  ["lets it through", { bulkhead: bulkhead({ limit: 1 }) }],
  ["lets it through, and a copy of it", { hedge: { after: 5 } }],
])("a task that takes no context is not called when a watcher ends the run as a breaker %s", async (_, more) => {
  const breaker = circuitBreaker();
  const abort = new AbortController();
  let [asked, calls] = [0, 0];
  breaker.watch({
    acquire: () => {
      asked++;
      abort.abort();
    },
  });
  const run = (): Promise<never> => {
    calls++;
    return never();
  };
  const machine = machineOf({ a: { isBare: true, config: { breaker, ...more }, run } });
  expect(await outcomeOf(machine, { signal: abort.signal })).toMatchObject({ category: "cancelled" });
  expect([asked, calls]).toEqual([1, 0]);
});

test("an observer that ends the run when it hears of a copy: that copy is not called", async () => {
  const abort = new AbortController();
  let calls = 0;
  const run = (): Promise<never> => {
    calls++;
    return never();
  };
  const config = { hedge: { after: 5 }, bulkhead: bulkhead({ limit: 2 }) };
  const machine = machineOf({ a: { isBare: true, config, run } }, { observers: [{ hedge: () => abort.abort() }] });
  expect(await outcomeOf(machine, { signal: abort.signal })).toMatchObject({ category: "cancelled" });
  expect([calls, config.bulkhead.active]).toEqual([1, 0]);
});

test("a run that is ended as its place becomes free takes nothing of the rate limit behind it", async () => {
  const hall = bulkhead({ limit: 1 });
  const place = await hall.enter();
  const clock = new ManualClock();
  const rateLimit = tokenBucket({ tokens: 1, period: 1_000, clock });
  const machine = machineOf({ a: { config: { bulkhead: hall, rateLimit }, run: () => "done" } }, { clock });
  const abort = new AbortController();
  const run = machine.workflow.orchestrate({ signal: abort.signal });
  await settled();
  expect(hall.waiting).toBe(1);
  place.leave();
  abort.abort();
  await expect(run).rejects.toMatchObject({ category: "cancelled" });
  expect([hall.active, rateLimit.waiting, rateLimit.snapshot()[0]?.used]).toEqual([0, 0, 0]);
});

test("the place of a branch that is no longer needed is free while the run goes on", async () => {
  const hall = bulkhead({ limit: 1 });
  const inside: number[] = [];
  const branches = [{ config: { bulkhead: hall }, run: never }, { run: () => Promise.resolve(1) }];
  const machine = machineOf({
    a: split(branches, { next: "b", join: any() }),
    b: {
      run() {
        inside.push(hall.active);
        return "done";
      },
    },
  });
  expect(await outcomeOf(machine)).toMatchObject({ state: "done" });
  expect(inside).toEqual([0]);
});

test("a retry policy is not asked about a run that has ended", async () => {
  const delay = vi.fn(() => 1);
  const abort = new AbortController();
  const run = (): Promise<never> => {
    abort.abort();
    return Promise.reject(new Error("down"));
  };
  const machine = machineOf({ a: { config: { retry: custom(delay) }, run } });
  expect(await outcomeOf(machine, { signal: abort.signal })).toMatchObject({ category: "cancelled" });
  expect(delay).not.toHaveBeenCalled();
});
