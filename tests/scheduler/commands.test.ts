/** What an application asks of a scheduler: to start, make requests, cancel and tell. How it ends is `stop.test.ts`. */

import { describe, expect, test } from "vitest";
import { benchOf, DAY, HOUR, Job, START } from "./job.js";

describe("an unknown name", () => {
  const { scheduler, job } = benchOf();
  scheduler.manual("repair", job);
  const calls = ["trigger", "pause", "unpause", "cancel", "reset", "status", "next"] as const;
  test.each(calls)("is refused by `%s`", async (call) => {
    await expect(scheduler[call]("repare")).rejects.toMatchObject({
      category: "configuration",
      code: "CANO7036",
      message: "there is no schedule `repare`: there are `repair`",
    });
  });
  test("is refused by `backfill`, and known to `has`", async () => {
    await expect(scheduler.backfill("repare", { from: 0, to: 1 })).rejects.toMatchObject({ code: "CANO7036" });
    expect(scheduler.has("repare")).toBe(false);
  });
});

describe("the start", () => {
  test("starts each workflow once, and fires nothing when one cannot be started", async () => {
    const { clock, job, scheduler } = benchOf();
    const broken = new Job(clock);
    let isDown = true;
    broken.start = async () => {
      if (isDown) throw new Error("no database");
    };
    scheduler.every("a", job, HOUR).every("b", job, HOUR).every("c", broken, HOUR);
    await expect(scheduler.start()).rejects.toThrow("no database");
    await clock.advance(HOUR);
    expect(job.requests).toEqual([]);
    isDown = false;
    await scheduler.start();
    await clock.advance(0);
    expect(job.requests).toHaveLength(2);
    await scheduler.stop();
  });

  test("comes first", async () => {
    const { scheduler, job } = benchOf();
    scheduler.manual("repair", job);
    await expect(scheduler.trigger("repair")).rejects.toMatchObject({ category: "workflow", code: "CANO7037" });
    expect(await scheduler.status("repair")).toMatchObject({ status: "idle", fired: 0, next: undefined });
  });
});

describe("requests", () => {
  test("are made from the firing, where they are functions", async () => {
    const { clock, job, scheduler } = benchOf();
    const request = async ({ due }: { due: number }): Promise<object> => ({ input: { day: new Date(due).getUTCDate() } });
    await scheduler.cron("report", job, "@daily", { request }).start();
    await clock.advance(2 * DAY);
    expect(job.requests.map(({ input }) => input)).toEqual([{ day: 1 }, { day: 2 }, { day: 3 }]);
    await scheduler.stop();
  });

  test("that cannot be made are failures", async () => {
    const { clock, job, scheduler } = benchOf();
    const request = (): never => {
      throw new Error("no calendar");
    };
    await scheduler.every("poll", job, HOUR, { request }).start();
    await clock.advance(0);
    expect(await scheduler.status("poll")).toMatchObject({ streak: 1, last: { outcome: "failed", error: "no calendar" } });
    await scheduler.stop();
  });

  test("cannot take the scheduler's place", async () => {
    const { clock, job, scheduler } = benchOf();
    await scheduler.every("poll", job, HOUR, { request: { runId: "mine" } } as object).start();
    await clock.advance(0);
    expect(job.dues).toEqual(["2026-01-01T00:00:00.000Z"]);
    await scheduler.stop();
  });
});

describe("cancel", () => {
  test("cancels the runs in progress, and only those", async () => {
    const { clock, job, scheduler, events } = benchOf();
    await scheduler.every("poll", job, HOUR).start();
    await clock.advance(0);
    await scheduler.cancel("poll");
    job.behaviour = "goes on";
    await clock.advance(HOUR);
    await scheduler.cancel("poll");
    await clock.advance(0);
    expect(events).toEqual(["fired 00:00:00", "completed 00:00:00", "fired 01:00:00", "cancelled 01:00:00"]);
    await clock.advance(HOUR);
    expect(job.ongoing).toHaveLength(1);
    await scheduler.stop();
  });
});

test("the list has every schedule in the order in which it was registered", async () => {
  const { job, scheduler } = benchOf();
  await scheduler
    .manual("z", job)
    .every("a", job, HOUR)
    .cron("m", job, "@daily")
    .at("b", job, START + 1)
    .start();
  const list = await scheduler.list();
  expect(list.map(({ schedule, kind, workflow }) => `${schedule} ${kind} ${workflow}`)).toEqual([
    "z manual job",
    "a every job",
    "m cron job",
    "b at job",
  ]);
  await scheduler.stop();
});
