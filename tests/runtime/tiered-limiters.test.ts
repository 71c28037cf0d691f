/** Rate limiters of several tiers: what a call takes of each, what a refusal gives back, and which tier it is told of. */

import { fixedWindow, tiered, tokenBucket } from "cano";
import { ManualClock } from "cano/testing";
import { describe, expect, test } from "vitest";
import { bucket, drain, window } from "./limiter-of.js";
import { thrownBy } from "./thrown-by.js";

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

  test("what a tier of several tiers costs is charged to each of them", () => {
    const { limiter, used } = both();
    expect(tiered([{ limiter, cost: 3 }]).tryAcquire()).toBe(true);
    expect(used()).toEqual([
      ["second", 9],
      ["weekly", 3],
    ]);
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
