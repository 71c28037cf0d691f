/** The bulkhead: never more inside than there is room for, a fair line outside, and nobody who leaves takes a place along. */

import { bulkhead, isCanoError } from "cano";
import { ManualClock, settled } from "cano/testing";
import { array, assert, asyncProperty, constantFrom, integer, record } from "fast-check";
import { expect, test, vi } from "vitest";
import { thrownBy } from "./thrown-by.js";

test("so many inside, the others in the order of their coming", async () => {
  const hall = bulkhead({ limit: 2, clock: new ManualClock() });
  const order: string[] = [];
  const leave: (() => void)[] = [];
  for (const name of ["a", "b", "c", "d"])
    void hall.enter().then((place) => {
      order.push(name);
      leave.push(() => place.leave());
    });
  await settled();
  expect([order, hall.active, hall.waiting, hall.tryEnter()]).toEqual([["a", "b"], 2, 2, undefined]);
  leave[1]?.();
  // Twice is once.
  leave[1]?.();
  await settled();
  expect([order, hall.active, hall.waiting]).toEqual([["a", "b", "c"], 2, 1]);
  leave[0]?.();
  leave[2]?.();
  await settled();
  expect([order, hall.active, hall.waiting]).toEqual([["a", "b", "c", "d"], 1, 0]);
  {
    using place = hall.tryEnter();
    expect([place !== undefined, hall.active]).toEqual([true, 2]);
  }
  expect(hall.active).toBe(1);
});

test("a line that is full, a wait that is too long and a signal refuse", async () => {
  const clock = new ManualClock();
  const hall = bulkhead({ name: "db", limit: 1, maxQueue: 2, maxWait: 100, clock });
  const place = await hall.enter();
  const aborted = new AbortController();
  const late = hall.enter().catch((error: unknown) => error);
  const called = hall.enter({ signal: aborted.signal }).catch((error: unknown) => error);
  await expect(hall.enter()).rejects.toMatchObject({
    category: "bulkhead_full",
    code: "CANO7019",
    refusedBy: "db",
    message: "the bulkhead `db` is full, and so is its line",
  });
  aborted.abort("enough");
  expect(await called).toBe("enough");
  await clock.runAll();
  expect(await late).toMatchObject({ message: "the bulkhead `db` is full, and the wait was too long" });
  place.leave();
  expect([hall.active, hall.waiting, clock.pending]).toEqual([0, 0, 0]);
});

test("a signal that has fired before lets nobody in, though there is room", async () => {
  const hall = bulkhead({ limit: 1, maxQueue: 0 });
  const work = vi.fn();
  const signal = AbortSignal.abort("enough");
  await expect(hall.call(work, { signal })).rejects.toBe("enough");
  await expect(hall.enter({ signal })).rejects.toBe("enough");
  expect([work.mock.calls, hall.active]).toEqual([[], 0]);
  using place = hall.tryEnter();
  expect(place).toBeDefined();
  await expect(hall.enter({ signal })).rejects.toBe("enough");
});

test("`call` gives the place back, whatever comes of the work", async () => {
  const hall = bulkhead({ limit: 1 });
  expect(await hall.call(() => hall.active)).toBe(1);
  await expect(hall.call(() => Promise.reject(new Error("no")))).rejects.toThrow("no");
  await expect(
    hall.call(() => {
      throw new Error("at once");
    }),
  ).rejects.toThrow("at once");
  expect(hall.active).toBe(0);
});

test("in no interleaving are there more inside than there is room for, or a place is lost", async () => {
  const step = record({
    kind: constantFrom("enter" as const, "leave" as const, "abort" as const),
    pick: integer({ min: 0, max: 5 }),
  });
  const interleavings = asyncProperty(array(step, { maxLength: 60 }), integer({ min: 1, max: 3 }), async (steps, limit) => {
    const hall = bulkhead({ limit });
    const inside: (() => void)[] = [];
    const waiting: AbortController[] = [];
    for (const { kind, pick } of steps) {
      if (kind === "enter") {
        const abort = new AbortController();
        waiting.push(abort);
        hall.enter({ signal: abort.signal }).then(
          (place) => inside.push(() => place.leave()),
          () => undefined,
        );
      } else if (kind === "leave") inside.splice(pick, 1)[0]?.();
      else waiting.splice(pick, 1)[0]?.abort();
      if (pick % 2 === 0) await Promise.resolve();
      expect(hall.active).toBeLessThanOrEqual(limit);
    }
    await settled();
    expect(hall.active).toBe(inside.length);
    while (inside.length > 0) {
      inside.pop()?.();
      await settled();
    }
    expect([hall.active, hall.waiting]).toEqual([0, 0]);
  });
  await assert(interleavings, { numRuns: 300 });
});

test.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])("a limit of %d is refused", (limit) => {
  const error = thrownBy(() => bulkhead({ limit }));
  expect(isCanoError(error, "configuration")).toBe(true);
  expect(error).toMatchObject({ message: `\`limit\` must be a whole number, 1 or more, not ${limit}` });
});
