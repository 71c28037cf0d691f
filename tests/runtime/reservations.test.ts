/** Reservations of rate limiters: what is taken on approval is there again when it is given back, once, for those who wait for it too. */

import { type RateLimiter, tiered } from "cano";
import { settled } from "cano/testing";
import { expect, test } from "vitest";
import { bucket, drain, window } from "./limiter-of.js";

test("what came in only while something was reserved is not there twice when that is given back", async () => {
  const { limiter, clock } = bucket();
  const reservation = limiter.reserve({ cost: 5 });
  await clock.advance(400);
  expect(drain(limiter)).toBe(2);
  reservation?.release();
  // Had nothing been reserved, five would have been there, and two of them taken.
  expect(drain(limiter)).toBe(3);
});

test("a reservation is given back unless it is committed, once, and never beyond what the bucket holds", async () => {
  const { limiter, clock } = bucket();
  const used = (): unknown => limiter.snapshot()[0]?.used;
  const kept = limiter.reserve({ cost: 2 });
  {
    using dropped = limiter.reserve({ cost: 3 });
    expect(dropped).toBeDefined();
    expect(used()).toBe(5);
    expect(limiter.reserve()).toBeUndefined();
  }
  expect(used()).toBe(2);
  kept?.commit();
  kept?.release();
  expect(used()).toBe(2);
  const late = limiter.reserve({ cost: 3 });
  await clock.advance(1_000);
  late?.release();
  late?.release();
  expect(limiter.snapshot()[0]).toMatchObject({ used: 0, availableIn: 0 });
});

test("what was taken in one window is not given back to the next", async () => {
  const { limiter, clock } = window();
  const old = limiter.reserve({ cost: 2 });
  const own = limiter.reserve({ cost: 1 });
  own?.release();
  expect(limiter.snapshot()[0]).toMatchObject({ used: 2 });
  await clock.advance(1_000);
  expect(drain(limiter)).toBe(3);
  old?.release();
  expect(limiter.tryAcquire()).toBe(false);
});

test.each([
  ["a bucket", () => bucket({ tokens: 1, period: 3_600_000 })],
  ["a window", () => window({ limit: 1, window: 3_600_000 })],
])("what is given back of %s is theirs who wait for it, in whichever limiter", async (_, make) => {
  const { limiter, clock } = make();
  const around = tiered([{ limiter }, { limiter: bucket({ clock }).limiter }], { clock });
  const served: string[] = [];
  const wait = (name: string, waited: RateLimiter): void => void waited.acquire().then(() => served.push(name));
  const first = limiter.reserve();
  wait("a", limiter);
  wait("b", limiter);
  first?.release();
  await settled();
  expect([served, limiter.waiting]).toEqual([["a"], 1]);
  await clock.advance(3_600_001);
  expect([served, limiter.waiting, clock.pending]).toEqual([["a", "b"], 0, 0]);

  await clock.advance(3_600_001);
  const second = around.reserve();
  wait("c", limiter);
  wait("d", around);
  second?.release();
  second?.release();
  await settled();
  expect([served, limiter.waiting, around.waiting]).toEqual([["a", "b", "c"], 0, 1]);
  await clock.runAll();
  expect([served, clock.pending]).toEqual([["a", "b", "c", "d"], 0]);
});
