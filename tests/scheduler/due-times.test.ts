/** When schedules fire: intervals, cron expressions, single times, bounds, jitter. */

import { describe, expect, test } from "vitest";
import { benchOf, DAY, HOUR, MINUTE, SECOND, START, timeOf } from "./job.js";

describe("a fixed delay", () => {
  test("fires at the start, and again when the interval has passed since the end of a run", async () => {
    const { clock, job, scheduler } = benchOf();
    job.behaviour = "goes on";
    await scheduler.every("poll", job, MINUTE).start();
    await clock.advance(10 * SECOND);
    expect(job.begun).toEqual([0]);
    await job.end();
    await clock.advance(MINUTE - 1);
    expect(job.begun).toHaveLength(1);
    await clock.advance(1);
    expect(job.begun).toEqual([0, 70 * SECOND]);
    await job.end();
    await scheduler.stop();
  });

  test("has no next due time while a run is in progress", async () => {
    const { job, scheduler } = benchOf();
    job.behaviour = "goes on";
    await scheduler.every("poll", job, MINUTE).start();
    expect((await scheduler.status("poll")).next).toBeUndefined();
    expect(await scheduler.next("poll", 3)).toEqual([]);
    await job.end();
    expect(await scheduler.next("poll", 3)).toEqual([START + MINUTE]);
    await scheduler.stop();
  });
});

describe("a fixed rate", () => {
  test("fires at the start, and then by the grid, however long a run takes", async () => {
    const { clock, job, scheduler } = benchOf();
    job.behaviour = "goes on";
    await scheduler.every("poll", job, MINUTE, { mode: "rate" }).start();
    await clock.advance(40 * SECOND);
    await job.end();
    await clock.advance(20 * SECOND);
    expect(job.begun).toEqual([0, MINUTE]);
    await scheduler.stop();
  });

  test("fires 525,601 times in a year of minutes, on one timer", async () => {
    const { clock, job, scheduler } = benchOf({ observers: [] });
    await scheduler.every("poll", job, MINUTE, { mode: "rate" }).start();
    await clock.advance(365 * DAY);
    expect(job.begun).toHaveLength(365 * 24 * 60 + 1);
    expect(job.begun.at(-1)).toBe(365 * DAY);
    expect(clock.pending).toBe(1);
    await scheduler.stop();
    expect(clock.pending).toBe(0);
  });
});

test.each(["rate", "delay"] as const)("what no date can tell is never due (%s)", async (mode) => {
  const { clock, job, scheduler } = benchOf();
  await scheduler.every("poll", job, 1e300, { mode }).start();
  await clock.advance(DAY);
  expect(job.begun).toEqual([0]);
  expect((await scheduler.status("poll")).next).toBeUndefined();
  expect(await scheduler.next("poll", 3)).toEqual([]);
  await scheduler.stop();
});

describe("a cron expression", () => {
  test("waits for its first time", async () => {
    const { clock, job, scheduler } = benchOf();
    await scheduler.cron("report", job, "30 4 * * *").start();
    await clock.advance(2 * DAY);
    expect(job.dues).toEqual(["2026-01-01T04:30:00.000Z", "2026-01-02T04:30:00.000Z"]);
    await scheduler.stop();
  });

  test("that is due at the very start fires then", async () => {
    const { clock, job, scheduler } = benchOf();
    await scheduler.cron("report", job, "@daily").start();
    await clock.advance(0);
    expect(job.dues).toEqual(["2026-01-01T00:00:00.000Z"]);
    await scheduler.stop();
  });

  test("may have seconds, and a time zone", async () => {
    const { clock, job, scheduler } = benchOf();
    await scheduler.cron("bell", job, "15,45 0 9 * * *", { timeZone: "Asia/Kathmandu" }).start();
    await clock.advance(DAY);
    expect(job.dues).toEqual(["2026-01-01T03:15:15.000Z", "2026-01-01T03:15:45.000Z"]);
    await scheduler.stop();
  });

  test("that comes no more ends quietly", async () => {
    const { clock, job, scheduler, warnings } = benchOf();
    await scheduler.cron("report", job, "0 12 1 1 *", { until: START + DAY }).start();
    await clock.advance(3 * 365 * DAY);
    expect(job.begun).toEqual([12 * HOUR]);
    expect((await scheduler.status("report")).next).toBeUndefined();
    expect(warnings).toEqual([]);
    await scheduler.stop();
  });
});

describe("a single time", () => {
  test("fires once", async () => {
    const { clock, job, scheduler } = benchOf();
    await scheduler.at("launch", job, new Date(START + HOUR)).start();
    await clock.advance(10 * HOUR);
    expect(job.begun).toEqual([HOUR]);
    await scheduler.stop();
  });

  test("may lie further ahead than a timer can count", async () => {
    const { clock, job, scheduler } = benchOf();
    await scheduler.at("launch", job, START + 40 * DAY).start();
    await clock.advance(41 * DAY);
    expect(job.begun).toEqual([40 * DAY]);
    await scheduler.stop();
  });

  test("that is past does not fire where schedules are not stored, and that is said", async () => {
    const { clock, job, scheduler, warnings } = benchOf();
    await scheduler.at("launch", job, START - 1).start();
    await clock.advance(DAY);
    expect(job.begun).toEqual([]);
    expect(warnings).toEqual(["schedule `launch` is past, and does not fire"]);
    await scheduler.stop();
  });
});

test("a manual schedule is never due", async () => {
  const { clock, job, scheduler } = benchOf();
  await scheduler.manual("repair", job).start();
  await clock.advance(DAY);
  expect(job.begun).toEqual([]);
  expect(await scheduler.next("repair", 5)).toEqual([]);
  await scheduler.stop();
});

describe("bounds", () => {
  test("nothing is due before `from` and after `until`", async () => {
    const { clock, job, scheduler } = benchOf();
    const bounds = { from: new Date(START + 2 * HOUR), until: START + 4 * HOUR };
    await scheduler.cron("report", job, "0 * * * *", bounds).start();
    await clock.advance(DAY);
    expect(job.begun).toEqual([2 * HOUR, 3 * HOUR, 4 * HOUR]);
    await scheduler.stop();
  });

  test("an interval begins at `from`", async () => {
    const { clock, job, scheduler } = benchOf();
    await scheduler.every("poll", job, HOUR, { mode: "rate", from: START + 90 * MINUTE, until: START + 4 * HOUR }).start();
    await clock.advance(DAY);
    expect(job.begun).toEqual([90 * MINUTE, 150 * MINUTE, 210 * MINUTE]);
    await scheduler.stop();
  });

  test("an interval is counted from `from`, where that is past", async () => {
    const { clock, job, scheduler } = benchOf();
    await scheduler.every("poll", job, HOUR, { mode: "rate", from: START - 3 * DAY - 10 * MINUTE }).start();
    await clock.advance(2 * HOUR);
    expect(job.begun).toEqual([50 * MINUTE, 110 * MINUTE]);
    await scheduler.stop();
  });

  test("a fixed delay ends with `until`", async () => {
    const { clock, job, scheduler } = benchOf();
    await scheduler.every("poll", job, HOUR, { until: START + 150 * MINUTE }).start();
    await clock.advance(DAY);
    expect(job.begun).toEqual([0, HOUR, 2 * HOUR]);
    await scheduler.stop();
  });
});

describe("jitter", () => {
  test("delays each firing by less than that, the same way in every process", async () => {
    const run = async (): Promise<readonly number[]> => {
      const { clock, job, scheduler } = benchOf();
      await scheduler.every("poll", job, HOUR, { mode: "rate", jitter: 10 * MINUTE }).start();
      await clock.advance(DAY);
      await scheduler.stop();
      expect(job.dues.every((due) => due.endsWith(":00:00.000Z"))).toBe(true);
      return job.begun;
    };
    const begun = await run();
    const delays = begun.map((time, at) => time - at * HOUR);
    expect(delays.every((delay) => delay >= 0 && delay < 10 * MINUTE)).toBe(true);
    expect(new Set(delays).size).toBeGreaterThan(20);
    expect(await run()).toEqual(begun);
  });

  test("spreads schedules that are due at once", async () => {
    const { clock, job, scheduler } = benchOf();
    for (let at = 0; at < 50; at++) scheduler.cron(`report ${at}`, job, "@hourly", { jitter: MINUTE });
    await scheduler.start();
    await clock.advance(HOUR + MINUTE);
    expect(job.begun).toHaveLength(100);
    expect(new Set(job.begun).size).toBeGreaterThan(90);
    await scheduler.stop();
  });
});

describe("what comes next", () => {
  test("is told as far ahead as is asked", async () => {
    const { job, scheduler } = benchOf();
    scheduler.cron("report", job, "0 0 * * 1-5", { until: START + 6 * DAY });
    // Before the start, too.
    expect((await scheduler.next("report", 2)).map(timeOf)).toEqual(["00:00:00", "2026-01-02 00:00:00"]);
    await scheduler.start();
    expect((await scheduler.next("report", 100)).map(timeOf)).toEqual([
      "2026-01-02 00:00:00",
      "2026-01-05 00:00:00",
      "2026-01-06 00:00:00",
      "2026-01-07 00:00:00",
    ]);
    expect(await scheduler.next("report")).toHaveLength(1);
    await scheduler.stop();
  });
});
