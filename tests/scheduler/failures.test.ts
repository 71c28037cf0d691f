/** Runs that fail: the back-off, the trip, and what ends both. */

import { MemoryCheckpoints } from "cano/checkpoints";
import { describe, expect, test, vi } from "vitest";
import { benchOf, HOUR, MINUTE, SECOND, START } from "./job.js";

const RATE = { mode: "rate" } as const;

describe("the back-off", () => {
  test("grows with every failure in a row, up to its cap, and a fixed delay waits for it", async () => {
    const { clock, job, scheduler } = benchOf();
    job.behaviour = "fails";
    const backoff = { base: 2 * SECOND, multiplier: 3, cap: 20 * SECOND, jitter: 0 };
    await scheduler.every("poll", job, SECOND, { backoff }).start();
    await clock.advance(64 * SECOND);
    expect(job.begun.map((time) => time / SECOND)).toEqual([0, 2, 8, 26 - 0, 46].map((time) => time));
    await scheduler.stop();
  });

  test("is spread in both directions, and never above its cap", async () => {
    const delays = await Promise.all(
      [0, 0.5, 0.999_999].map(async (random) => {
        const { clock, job, scheduler } = benchOf({ random: () => random });
        job.behaviour = "fails";
        await scheduler.every("poll", job, 1, { backoff: { base: 1_000, jitter: 0.2, cap: 1_100 } }).start();
        await clock.advance(0);
        const { eligible = 0 } = await scheduler.status("poll");
        await scheduler.stop();
        return Math.round(eligible - START);
      }),
    );
    expect(delays).toEqual([800, 1_000, 1_100]);
  });

  test("passes over due times of a rate, and says so", async () => {
    const { clock, job, scheduler, events } = benchOf();
    job.behaviour = "fails";
    await scheduler.every("poll", job, MINUTE, { ...RATE, backoff: { base: 90 * SECOND, jitter: 0 } }).start();
    await clock.advance(MINUTE);
    job.behaviour = "ends";
    await clock.advance(MINUTE);
    expect(events).toEqual([
      "fired 00:00:00",
      "failed 00:00:00",
      "backoff 1 until 00:01:30",
      "skipped 00:01:00 backoff",
      "fired 00:02:00",
      "completed 00:02:00",
    ]);
    await scheduler.stop();
  });

  test.each([
    ["without a store", undefined],
    ["with one", new MemoryCheckpoints()],
  ])("is waited for by a fixed delay where a trigger has made it longer, %s", async (_, checkpoints) => {
    const { clock, job, scheduler, events } = benchOf({ ...(checkpoints && { checkpoints }) });
    job.behaviour = "fails";
    await scheduler.every("poll", job, SECOND, { backoff: { base: MINUTE, jitter: 0 } }).start();
    await clock.advance(10 * SECOND);
    await scheduler.trigger("poll");
    await clock.advance(0);
    job.behaviour = "ends";
    await clock.advance(2 * MINUTE + SECOND);
    expect(events.filter((event) => !event.startsWith("backoff"))).toEqual([
      "fired 00:00:00",
      "failed 00:00:00",
      "fired 00:00:10",
      "failed 00:00:10",
      "fired 00:02:10",
      "completed 00:02:10",
      "fired 00:02:11",
      "completed 00:02:11",
    ]);
    expect((await scheduler.status("poll")).skipped).toBe(0);
    await scheduler.stop();
  });

  test("that a trigger ends does not put off a fixed delay any more", async () => {
    const { clock, job, scheduler } = benchOf();
    job.behaviour = "fails";
    await scheduler.every("poll", job, SECOND, { backoff: { base: MINUTE, jitter: 0 } }).start();
    await clock.advance(10 * SECOND);
    await scheduler.trigger("poll");
    job.behaviour = "ends";
    await scheduler.trigger("poll");
    await clock.advance(MINUTE);
    expect(job.begun.slice(0, 4)).toEqual([0, 10 * SECOND, 10 * SECOND, MINUTE]);
    await scheduler.stop();
  });

  test("ends with a run that completes", async () => {
    const { clock, job, scheduler } = benchOf();
    job.behaviour = "fails";
    await scheduler.every("poll", job, MINUTE, { backoff: { jitter: 0 } }).start();
    await clock.advance(0);
    expect(await scheduler.status("poll")).toMatchObject({
      status: "backoff",
      streak: 1,
      eligible: START + SECOND,
      last: { due: START, outcome: "failed", error: "no luck" },
    });
    job.behaviour = "ends";
    await clock.advance(MINUTE);
    expect(await scheduler.status("poll")).toMatchObject({ status: "completed", streak: 0, eligible: undefined });
    await scheduler.stop();
  });

  test("does not keep anybody from triggering", async () => {
    const { job, scheduler } = benchOf();
    job.behaviour = "fails";
    await scheduler.manual("repair", job, { backoff: { base: HOUR } }).start();
    await scheduler.trigger("repair");
    await scheduler.trigger("repair");
    expect(job.requests).toHaveLength(2);
    expect(await scheduler.status("repair")).toMatchObject({ streak: 2 });
    await scheduler.stop();
  });

  test("is not begun by a run that is cancelled", async () => {
    const { clock, job, scheduler } = benchOf();
    job.behaviour = "goes on";
    await scheduler.every("poll", job, MINUTE).start();
    await scheduler.cancel("poll");
    await clock.advance(0);
    expect(await scheduler.status("poll")).toMatchObject({ status: "idle", streak: 0, eligible: undefined });
    expect((await scheduler.status("poll")).last).toEqual({ due: START, outcome: "cancelled" });
    await scheduler.stop();
  });

  test.each([Number.NaN, -2, 0, Number.POSITIVE_INFINITY])("does not grow by a multiplier of %s", async (multiplier) => {
    const { clock, job, scheduler } = benchOf();
    job.behaviour = "fails";
    await scheduler.every("poll", job, 1, { backoff: { base: SECOND, multiplier, jitter: 0 } }).start();
    await clock.advance(5 * SECOND);
    expect(job.begun).toEqual([0, 1, 2, 3, 4, 5].map((second) => second * SECOND));
    await scheduler.stop();
  });
});

describe("the trip", () => {
  test("comes with so many failures in a row; then nothing fires until a reset", async () => {
    const trips: unknown[] = [];
    const { clock, job, scheduler, events, warnings } = benchOf();
    job.behaviour = "fails";
    const backoff = { base: SECOND, jitter: 0, trip: 3 };
    await scheduler.every("poll", job, MINUTE, { backoff, onTrip: (trip) => trips.push(trip) }).start();
    await clock.advance(HOUR);
    expect(job.begun).toEqual([0, MINUTE, 2 * MINUTE]);
    expect(events.at(-1)).toBe("tripped 3 no luck");
    expect(trips).toEqual([{ schedule: "poll", streak: 3, error: "no luck" }]);
    expect(warnings.at(-1)).toBe("schedule `poll` fires no more, after 3 failures in a row");
    expect(await scheduler.status("poll")).toMatchObject({ status: "tripped", streak: 3 });
    await expect(scheduler.trigger("poll")).rejects.toMatchObject({ code: "CANO7038", category: "workflow" });

    job.behaviour = "ends";
    await scheduler.reset("poll");
    await clock.advance(0);
    expect(job.requests).toHaveLength(4);
    expect(await scheduler.status("poll")).toMatchObject({ status: "completed", streak: 0 });
    await scheduler.stop();
  });

  test("of 1 comes with the first failure", async () => {
    const { clock, job, scheduler } = benchOf();
    job.behaviour = "fails";
    await scheduler.cron("report", job, "* * * * *", { backoff: { trip: 1 } }).start();
    await clock.advance(HOUR);
    expect(job.requests).toHaveLength(1);
    await scheduler.stop();
  });

  test("does not depend on what `onTrip` does", async () => {
    const { clock, job, scheduler, events, warnings } = benchOf();
    job.behaviour = "fails";
    const onTrip = (): never => {
      throw new Error("the pager is off");
    };
    await scheduler.every("poll", job, MINUTE, { backoff: { trip: 1 }, onTrip }).start();
    await clock.advance(0);
    expect(warnings.at(-1)).toBe("`onTrip` failed: the pager is off");
    expect(events.at(-1)).toBe("tripped 1 no luck");
    await scheduler.stop();
  });
});

describe("a reset", () => {
  test("ends a back-off at once", async () => {
    const { clock, job, scheduler } = benchOf();
    job.behaviour = "fails";
    await scheduler.every("poll", job, MINUTE, { backoff: { base: HOUR } }).start();
    await clock.advance(0);
    job.behaviour = "ends";
    await scheduler.reset("poll");
    await clock.advance(MINUTE);
    expect(job.begun).toEqual([0, MINUTE]);
    await scheduler.stop();
  });

  test("while a run is in progress that then fails leaves a streak of 1", async () => {
    const { clock, job, scheduler } = benchOf();
    job.behaviour = "fails";
    await scheduler.every("poll", job, MINUTE, { backoff: { base: 0 } }).start();
    await clock.advance(MINUTE);
    job.behaviour = "goes on";
    await clock.advance(MINUTE);
    expect((await scheduler.status("poll")).streak).toBe(2);
    await scheduler.reset("poll");
    await job.fail();
    expect((await scheduler.status("poll")).streak).toBe(1);
    await scheduler.stop();
  });
});

test.each([
  ["without a store", undefined],
  ["with one", new MemoryCheckpoints()],
])("a clock that fails at the end of a run, %s: the end is settled a little later, and once", async (_, checkpoints) => {
  const { clock, job, scheduler, events, warnings } = benchOf({ ...(checkpoints && { checkpoints }) });
  job.behaviour = "goes on";
  await scheduler.every("poll", job, MINUTE, RATE).start();
  await clock.advance(SECOND);
  vi.spyOn(clock, "epoch").mockImplementationOnce(() => {
    throw new Error("no time");
  });
  await job.end();
  await clock.advance(4 * SECOND);
  expect(events).toEqual(["fired 00:00:00"]);
  expect(warnings).toEqual(["what run `poll/2026-01-01T00:00:00.000Z` came to could not be stored: no time"]);
  await clock.advance(SECOND);
  expect(events).toEqual(["fired 00:00:00", "completed 00:00:00"]);
  await scheduler.stop();
  expect(clock.pending).toBe(0);
});
