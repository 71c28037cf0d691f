/** Rate limiters: the arithmetic of buckets, windows and tiers, the line of those who wait, and what no interleaving may admit. */

import { fixedWindow, isCanoError, tiered, tokenBucket } from "cano";
import { ManualClock } from "cano/testing";
import { array, assert, asyncProperty, integer, oneof, record, constantFrom } from "fast-check";
import { describe, expect, test, vi } from "vitest";
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
    expect(limiter.snapshot()[0]).toMatchObject({ used: 0, resetsIn: 1_000 });
    expect(drain(limiter)).toBe(3);
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

describe("several tiers", () => {
  function both(options: Parameters<typeof tiered>[1] = {}) {
    const clock = new ManualClock();
    const second = tokenBucket({ name: "second", tokens: 10, period: 1_000, clock });
    const hour = fixedWindow({ name: "hour", limit: 4, window: 3_600_000, clock });
    const used = (): unknown[] => limiter.snapshot().map((tier) => [tier.name, tier.used]);
    const limiter = tiered(
      [
        { limiter: second, cost: 3 },
        { limiter: hour, name: "weekly" },
      ],
      { clock, ...options },
    );
    return { clock, second, hour, limiter, used };
  }

  test("a call takes of all, and of none when one refuses", async () => {
    const { limiter, second, used } = both();
    expect([limiter.tryAcquire(), limiter.tryAcquire(), limiter.tryAcquire()]).toEqual([true, true, true]);
    expect(used()).toEqual([
      ["second", 9],
      ["weekly", 3],
    ]);
    expect(limiter.tryAcquire()).toBe(false);
    expect(used()).toEqual([
      ["second", 9],
      ["weekly", 3],
    ]);
    // The tiers are those of the limiters it is made of.
    expect(second.tryAcquire()).toBe(true);
    await expect(limiter.acquire({ cost: 5 })).rejects.toMatchObject({
      category: "rate_limited",
      code: "CANO7018",
      refusedBy: "second",
      retryAfter: Number.POSITIVE_INFINITY,
    });
    expect(limiter.timeUntil()).toBe(300);
  });

  test("a refusal by the last tier is given back to those before it", () => {
    const { limiter, hour, used } = both();
    expect(hour.tryAcquire(4)).toBe(true);
    expect(limiter.tryAcquire()).toBe(false);
    expect(used()).toEqual([
      ["second", 0],
      ["weekly", 4],
    ]);
  });

  test("some of them, by name; an unknown name is refused, none means all", async () => {
    const { limiter, used } = both();
    expect(limiter.tryAcquire(1, ["weekly"])).toBe(true);
    expect(used()).toEqual([
      ["second", 0],
      ["weekly", 1],
    ]);
    expect(limiter.tryAcquire(1, [])).toBe(true);
    expect(used()).toEqual([
      ["second", 3],
      ["weekly", 2],
    ]);
    expect(thrownBy(() => limiter.tryAcquire(1, ["hour"]))).toMatchObject({
      category: "configuration",
      message: "the rate limiter has no tier `hour`, only `second`, `weekly`",
    });
    await expect(limiter.acquire({ tiers: ["hour"] })).rejects.toMatchObject({ category: "configuration" });
  });

  test("no tiers admit everything; a cost of 0 leaves a tier out; a limiter that is listed twice is charged twice", () => {
    const { second } = both();
    expect(tiered([]).tryAcquire(1e9)).toBe(true);
    expect(tiered([{ limiter: second, cost: 0 }]).tryAcquire(1e9)).toBe(true);
    expect(tiered([{ limiter: second, cost: 4 }, { limiter: second }]).tryAcquire()).toBe(true);
    expect(second.snapshot()[0]?.used).toBe(5);
  });

  test.each([
    ["a bucket", () => bucket({ tokens: 3 }), 1_000 / 3],
    ["a window", () => window({ limit: 3 }), 1_000],
  ])("what counts twice with %s has to fit twice, and is refused by the tier that it does not fit in", async (_, make, rest) => {
    const { limiter: shared, clock } = make();
    const inner = tiered([{ limiter: shared, name: "inner" }]);
    const twice = tiered([{ limiter: shared, name: "outer" }, { limiter: inner }], { clock, maxQueue: 0 });
    const used = (): unknown => shared.snapshot()[0]?.used;
    expect([twice.tryAcquire(), used()]).toEqual([true, 2]);
    expect([twice.tryAcquire(), twice.reserve(), used()]).toEqual([false, undefined, 2]);
    expect([twice.timeUntil(), twice.timeUntil(2)]).toEqual([expect.closeTo(rest), Number.POSITIVE_INFINITY]);
    expect([twice.timeUntil(1, ["outer"]), twice.timeUntil(1, ["inner", "outer"])]).toEqual([0, expect.closeTo(rest)]);
    await expect(twice.acquire()).rejects.toMatchObject({ refusedBy: "inner", retryAfter: expect.closeTo(rest) as number });
    expect([twice.tryAcquire(1, ["inner"]), used()]).toEqual([true, 3]);
    await expect(twice.acquire()).rejects.toMatchObject({ refusedBy: "outer" });
    await clock.advance(1_000);
    const reservation = twice.reserve();
    expect(used()).toBe(2);
    reservation?.release();
    expect(used()).toBe(0);
  });

  test("what a later tier never has is refused at once, by that one, though an earlier one will have it", async () => {
    const { limiter: wide, clock } = bucket({ name: "wide" });
    const limiter = tiered([{ limiter: wide }, { limiter: bucket({ name: "narrow", tokens: 2 }).limiter }], { clock });
    drain(wide);
    const refused = limiter.acquire({ cost: 3 }).catch((error: unknown) => error);
    expect([limiter.waiting, clock.pending]).toEqual([0, 0]);
    expect(await refused).toMatchObject({ refusedBy: "narrow", retryAfter: Number.POSITIVE_INFINITY });
  });

  test("24 at once over a tier of 5 admit 5 and leave nothing behind on the other", async () => {
    const clock = new ManualClock();
    const wide = tokenBucket({ tokens: 100, period: 1e9, clock });
    const narrow = tokenBucket({ tokens: 5, period: 1e9, clock });
    const limiter = tiered([{ limiter: wide }, { limiter: narrow }], { clock, maxQueue: 0 });
    const outcomes = await Promise.allSettled(Array.from({ length: 24 }, () => limiter.acquire()));
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(5);
    expect(wide.snapshot()[0]?.used).toBe(5);
  });
});

describe("waiting", () => {
  test("is first come, first served, whatever each costs", async () => {
    const { limiter, clock } = bucket();
    drain(limiter);
    const order: string[] = [];
    for (const [name, cost] of [
      ["a", 4],
      ["b", 1],
      ["c", 1],
    ] as const)
      void limiter.acquire({ cost }).then(() => order.push(`${name} ${clock.now()}`));
    await clock.advance(200);
    // One token is there, but it is a's turn.
    expect([limiter.tryAcquire(), limiter.reserve(), limiter.waiting]).toEqual([false, undefined, 3]);
    await clock.runAll();
    expect(order).toEqual(["a 800", "b 1000", "c 1200"]);
    expect(clock.pending).toBe(0);
  });

  test("ends with the signal, and the next moves up", async () => {
    const { limiter, clock } = bucket();
    drain(limiter);
    const aborted = new AbortController();
    const first = limiter.acquire({ cost: 5, signal: aborted.signal });
    let second = -1;
    void limiter.acquire().then(() => (second = clock.now()));
    await clock.advance(300);
    aborted.abort(new Error("enough"));
    await expect(first).rejects.toThrow("enough");
    await clock.advance(0);
    expect(second).toBe(300);
    expect([limiter.waiting, clock.pending]).toEqual([0, 0]);
    await expect(limiter.acquire({ cost: 5, signal: aborted.signal })).rejects.toThrow("enough");
  });

  test("and taking are for nobody whose signal has fired before, which is no wait", async () => {
    const { limiter } = bucket({ maxQueue: 0 });
    const told = vi.fn();
    limiter.watch({ taken: told, throttled: told });
    const signal = AbortSignal.abort("enough");
    await expect(limiter.acquire({ signal })).rejects.toBe("enough");
    await expect(limiter.acquire({ cost: 6, signal })).rejects.toBe("enough");
    expect([limiter.snapshot()[0]?.used, told.mock.calls]).toEqual([0, []]);
  });

  test("is bounded by time: at once where it is certain, else when the time has come", async () => {
    const { limiter, clock } = bucket({ name: "api", maxWait: 500 });
    drain(limiter);
    await expect(limiter.acquire({ cost: 3 })).rejects.toMatchObject({
      category: "rate_limited",
      retryAfter: 600,
      refusedBy: "api",
      message: "the rate limit `api` is used up, and the wait would be too long",
    });
    const waits = [2, 2].map((cost) =>
      limiter.acquire({ cost }).then(
        () => "in",
        (error: unknown) => [clock.now(), error],
      ),
    );
    await clock.runAll();
    expect(await Promise.all(waits)).toMatchObject(["in", [500, { category: "rate_limited", refusedBy: "api" }]]);
    expect([limiter.waiting, clock.pending]).toEqual([0, 0]);
  });

  test("is bounded in number", async () => {
    const { limiter, clock } = bucket({ maxQueue: 1 });
    drain(limiter);
    const first = limiter.acquire();
    await expect(limiter.acquire()).rejects.toMatchObject({
      message: "the rate limit `rate limit` is used up, and its line is full",
    });
    await clock.runAll();
    await first;
  });

  test("of a window is until its end, then again if that does not do", async () => {
    const { limiter, clock } = window();
    const times: number[] = [];
    for (let at = 0; at < 8; at++) void limiter.acquire().then(() => times.push(clock.now()));
    await clock.runAll();
    expect(times).toEqual([0, 0, 0, 1_000, 1_000, 1_000, 2_000, 2_000]);
  });

  test("for what can never be had is refused at once", async () => {
    const { limiter, clock } = bucket();
    await expect(limiter.acquire({ cost: 6 })).rejects.toMatchObject({
      category: "rate_limited",
      retryAfter: Number.POSITIVE_INFINITY,
    });
    expect(clock.pending).toBe(0);
  });
});

test("no interleaving admits more than what the bucket holds and what comes in", async () => {
  const step = oneof(
    record({ kind: constantFrom("wait" as const), ms: integer({ min: 1, max: 700 }) }),
    record({ kind: constantFrom("try" as const, "acquire" as const, "reserve" as const), cost: integer({ min: 0, max: 4 }) }),
    record({ kind: constantFrom("abort" as const, "refund" as const), pick: integer({ min: 0, max: 9 }) }),
  );
  const interleavings = asyncProperty(
    array(step, { maxLength: 40 }),
    integer({ min: 1, max: 6 }),
    integer({ min: 0, max: 3 }),
    async (steps, tokens, burst) => {
      const { limiter, clock } = bucket({ tokens, burst });
      const admitted: { at: number; cost: number }[] = [];
      const waiting: AbortController[] = [];
      const reserved: { release: () => void; entry: { at: number; cost: number } }[] = [];
      const served: number[] = [];
      let asked = 0;
      for (const step of steps) {
        if (step.kind === "wait") await clock.advance(step.ms);
        else if (step.kind === "abort") waiting.splice(step.pick, 1)[0]?.abort();
        else if (step.kind === "refund") {
          const [found] = reserved.splice(step.pick, 1);
          found?.release();
          if (found !== undefined) admitted.splice(admitted.indexOf(found.entry), 1);
        } else if (step.kind === "try") {
          if (limiter.tryAcquire(step.cost)) admitted.push({ at: clock.now(), cost: step.cost });
        } else if (step.kind === "reserve") {
          const reservation = limiter.reserve({ cost: step.cost });
          const entry = { at: clock.now(), cost: step.cost };
          if (reservation !== undefined) {
            admitted.push(entry);
            reserved.push({ release: () => reservation.release(), entry });
          }
        } else if (step.kind === "acquire") {
          const abort = new AbortController();
          waiting.push(abort);
          const number = asked++;
          limiter.acquire({ cost: step.cost, signal: abort.signal }).then(
            () => {
              admitted.push({ at: clock.now(), cost: step.cost });
              served.push(number);
            },
            () => undefined,
          );
        }
      }
      await clock.runAll();
      admitted.sort((a, b) => a.at - b.at);
      for (let from = 0; from < admitted.length; from++) {
        let sum = 0;
        for (let to = from; to < admitted.length; to++) {
          sum += admitted[to]?.cost ?? 0;
          const span = (admitted[to]?.at ?? 0) - (admitted[from]?.at ?? 0);
          expect(sum).toBeLessThanOrEqual(tokens + burst + (tokens / 1_000) * span + 1e-6);
        }
      }
      expect(served).toEqual([...served].sort((a, b) => a - b));
      expect([limiter.waiting, clock.pending]).toEqual([0, 0]);
    },
  );
  await assert(interleavings, { numRuns: 2_000 });
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
