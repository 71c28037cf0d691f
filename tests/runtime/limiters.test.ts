/** Rate limiters: the arithmetic of buckets and windows, and the numbers that are refused. */

import { fixedWindow, isCanoError, tiered, tokenBucket } from "cano";
import { describe, expect, test } from "vitest";
import { bucket, drain, window } from "./limiter-of.js";
import { thrownBy } from "./thrown-by.js";

describe("a token bucket", () => {
  test("is full at first, refills evenly, and never beyond what it holds", async () => {
    const { limiter, clock } = bucket();
    expect(drain(limiter)).toBe(5);
    expect(limiter.timeUntil()).toBe(200);
    await clock.advance(199);
    expect(limiter.tryAcquire()).toBe(false);
    await clock.advance(1);
    expect(drain(limiter)).toBe(1);
    await clock.advance(1e9);
    expect(drain(limiter)).toBe(5);
  });

  test.each<[Parameters<typeof bucket>[0], number, number[]]>([
    [{ burst: 3 }, 8, [0, 200, 1_600, Number.POSITIVE_INFINITY]],
    [{ capacity: 2 }, 2, [0, 200, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]],
    [{ capacity: 10, burst: 1 }, 11, [0, 200, 1_600, 1_800]],
  ])("%o holds %d", (options, capacity, waits) => {
    const { limiter } = bucket(options);
    expect(limiter.snapshot()).toEqual([{ name: "rate limit", used: 0, limit: capacity, availableIn: 0, resetsIn: undefined }]);
    expect(drain(limiter)).toBe(capacity);
    expect([0, 1, 8, 9].map((cost) => limiter.timeUntil(cost))).toEqual(waits);
  });

  test.each<[cost: number, admitted: boolean, left: number]>([
    [0, true, 0],
    [5, true, 5],
    [6, false, 0],
    [2.5, true, 3],
  ])("a cost of %d: %s", (cost, admitted, used) => {
    const { limiter } = bucket();
    expect(limiter.tryAcquire(cost)).toBe(admitted);
    expect(limiter.snapshot()[0]).toMatchObject({ used });
  });

  test("that has lent what a sum was off by lets through what costs nothing", () => {
    const { limiter } = bucket({ tokens: 7 });
    expect([limiter.tryAcquire(7 + 1e-9), limiter.tryAcquire(0)]).toEqual([true, true]);
    expect([limiter.tryAcquire(1e-10), limiter.timeUntil(0)]).toEqual([false, 0]);
  });

  test("a clock that goes back counts as one that stands still", () => {
    let now = 1_000;
    const clock = { now: () => now, epoch: () => now, schedule: () => () => undefined };
    const limiter = tokenBucket({ tokens: 2, period: 1_000, clock });
    drain(limiter);
    now = 0;
    expect(limiter.timeUntil()).toBe(500);
    now = 1_250;
    expect(limiter.timeUntil()).toBe(250);
  });
});

describe("a fixed window", () => {
  test("begins with its first use, and anew with the first use after its end", async () => {
    const { limiter, clock } = window();
    await clock.advance(700);
    expect(drain(limiter)).toBe(3);
    expect(limiter.snapshot()).toEqual([{ name: "rate limit", used: 3, limit: 3, availableIn: 1_000, resetsIn: 1_000 }]);
    await clock.advance(999);
    expect([limiter.tryAcquire(), limiter.timeUntil(), limiter.timeUntil(4)]).toEqual([false, 1, Number.POSITIVE_INFINITY]);
    await clock.advance(501);
    expect(limiter.snapshot()[0]).toMatchObject({ used: 0, resetsIn: 0 });
    expect(drain(limiter)).toBe(3);
  });

  test("does not begin with a look at it, nor with what takes nothing, or is refused", async () => {
    const { limiter, clock } = window();
    expect([limiter.snapshot()[0]?.resetsIn, limiter.timeUntil(), limiter.tryAcquire(0), limiter.tryAcquire(4)]).toEqual([
      0,
      0,
      true,
      false,
    ]);
    await clock.advance(900);
    expect(drain(limiter)).toBe(3);
    await clock.advance(999);
    expect(limiter.tryAcquire()).toBe(false);
    await clock.advance(1);
    expect(limiter.tryAcquire()).toBe(true);
  });

  test("is over when time has come to its end, and not before, whatever sums of fractions come to", async () => {
    const { limiter, clock } = window({ limit: 1, window: 66 });
    const both = tiered([{ limiter }, { limiter: window({ clock }).limiter }], { clock });
    await clock.advance(117.2);
    expect(both.tryAcquire()).toBe(true);
    // 117.2 and 66 make 183.2, from which 117.2 leave less than 66.
    await clock.advance(66);
    expect([limiter.timeUntil() > 0, both.tryAcquire()]).toEqual([true, false]);
  });
});

test.each([
  ["a bucket", () => bucket({ tokens: 2 })],
  ["a window", () => window({ limit: 2 })],
])("%s lets as many through as it has room for, whatever sums of fractions come to", (_, make) => {
  const { limiter } = make();
  // 20 times 0.1, added up, is more than 2.
  for (let call = 0; call < 20; call++) expect(limiter.tryAcquire(0.1)).toBe(true);
  expect(limiter.tryAcquire(0.1)).toBe(false);
});

test.each([
  ["a bucket", () => bucket({ tokens: 7 })],
  ["a window", () => window({ limit: 7 })],
])("%s is waited for by what takes all of it, whatever products of fractions come to", async (_, make) => {
  const { limiter, clock } = make();
  expect(limiter.tryAcquire()).toBe(true);
  // 100 times 0.07 is more than 7.
  const all = tiered([{ limiter, cost: 0.07 }], { clock });
  const turn = all.acquire({ cost: 100 });
  await clock.runAll();
  await turn;
  expect([limiter.snapshot()[0]?.used, limiter.timeUntil(7.01)]).toEqual([expect.closeTo(7), Number.POSITIVE_INFINITY]);
});

const BAD = [0, -1, Number.NaN, Number.POSITIVE_INFINITY, 1.5];

test.each<[name: string, make: (value: number) => unknown, allowed: readonly number[]]>([
  ["tokens", (value) => tokenBucket({ tokens: value, period: 1 }), []],
  ["period", (value) => tokenBucket({ tokens: 1, period: value }), [1.5]],
  ["capacity", (value) => tokenBucket({ tokens: 1, period: 1, capacity: value }), []],
  ["burst", (value) => tokenBucket({ tokens: 1, period: 1, burst: value }), [0]],
  ["limit", (value) => fixedWindow({ limit: value, window: 1 }), []],
  ["window", (value) => fixedWindow({ limit: 1, window: value }), [1.5]],
  ["maxWait", (value) => fixedWindow({ limit: 1, window: 1, maxWait: value }), [1.5]],
  ["maxQueue", (value) => tiered([], { maxQueue: value }), [0]],
  ["cost", (value) => tiered([{ limiter: bucket().limiter, cost: value }]), [0, 1.5]],
  ["cost", (value) => bucket().limiter.tryAcquire(value), [0, 1.5]],
  ["cost", (value) => bucket().limiter.timeUntil(value), [0, 1.5]],
])("`%s` out of range is refused", (name, make, allowed) => {
  for (const value of BAD) {
    const error = thrownBy(() => make(value));
    if (allowed.includes(value)) expect(error).toBeUndefined();
    else {
      expect(isCanoError(error, "configuration")).toBe(true);
      expect(error).toMatchObject({ message: expect.stringMatching(`^\`${name}\` must be .*, not ${value}$`) as string });
    }
  }
});
