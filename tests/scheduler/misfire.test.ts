/** What becomes of due times that have passed while nobody could fire. A date that goes back is `date.test.ts`. */

import { MemoryCheckpoints } from "cano/checkpoints";
import { describe, expect, test } from "vitest";
import { benchOf, DAY, HOUR, MINUTE, SECOND, START } from "./job.js";

/** A schedule of minutes whose process sleeps from 00:01:30 on for ten minutes: what it does when it wakes up. */
async function sleepThrough(
  options: object,
): Promise<{ readonly events: readonly string[]; readonly warnings: readonly string[] }> {
  const { clock, job, scheduler, events, warnings } = benchOf();
  await scheduler.cron("report", job, "* * * * *", options).start();
  await clock.advance(90 * SECOND);
  events.length = 0;
  clock.setDate(10 * MINUTE);
  await clock.advance(MINUTE);
  await scheduler.stop();
  return { events: events.filter((event) => !event.startsWith("completed")), warnings };
}

describe("after ten minutes of sleep", () => {
  test("`skip` passes over all but what is due now", async () => {
    const { events, warnings } = await sleepThrough({});
    // Woken at 00:12:00 by a timer that was set before.
    expect(events).toEqual(["missed 00:02:00 to 00:12:00", "fired 00:12:00"]);
    expect(warnings).toEqual(["schedule `report` has missed 2026-01-01T00:02:00.000Z, and all before 2026-01-01T00:12:00.000Z"]);
  });

  test("`skip` passes over what is later than the grace, too", async () => {
    const { clock, job, scheduler, events } = benchOf();
    await scheduler.cron("report", job, "0,20 * * * *", { grace: 5 * MINUTE }).start();
    await clock.advance(MINUTE);
    clock.setDate(28 * MINUTE);
    await clock.advance(HOUR);
    expect(events.slice(2)).toEqual([
      "missed 00:20:00 to 01:00:00",
      "fired 01:00:00",
      "completed 01:00:00",
      "fired 01:20:00",
      "completed 01:20:00",
    ]);
    await scheduler.stop();
  });

  test("`once` makes up for them with one run, for the newest", async () => {
    const { clock, job, scheduler, events } = benchOf();
    await scheduler.cron("report", job, "0 * * * *", { misfire: "once" }).start();
    await clock.advance(MINUTE);
    clock.setDate(3 * HOUR);
    await clock.advance(HOUR);
    expect(events.slice(2)).toEqual([
      "missed 01:00:00 to 03:00:00",
      "fired 03:00:00",
      "completed 03:00:00",
      "fired 04:00:00",
      "completed 04:00:00",
    ]);
    await scheduler.stop();
  });

  test("`catchUp` makes up for so many of the newest, one after the other", async () => {
    const { clock, job, scheduler, events } = benchOf();
    job.behaviour = "goes on";
    await scheduler.every("poll", job, HOUR, { mode: "rate", misfire: { catchUp: 3 } }).start();
    await clock.advance(0);
    await job.end();
    clock.setDate(10 * HOUR + MINUTE);
    await clock.advance(MINUTE);
    expect(events.slice(2)).toEqual(["missed 01:00:00 to 08:00:00", "fired 08:00:00"]);
    await job.end();
    await job.end();
    await job.end();
    expect(events.slice(4)).toEqual([
      "completed 08:00:00",
      "fired 09:00:00",
      "completed 09:00:00",
      "fired 10:00:00",
      "completed 10:00:00",
    ]);
    expect(job.ongoing).toEqual([]);
    await scheduler.stop();
  });

  test("`catchUp` counts the newest among them, also where that is hardly late", async () => {
    const { clock, job, scheduler, events } = benchOf();
    job.behaviour = "goes on";
    await scheduler.every("poll", job, HOUR, { mode: "rate", misfire: { catchUp: 2 } }).start();
    await clock.advance(0);
    await job.end();
    clock.setDate(10 * HOUR + SECOND);
    await clock.advance(MINUTE);
    await job.end();
    await job.end();
    expect(events.slice(2)).toEqual([
      "missed 01:00:00 to 09:00:00",
      "fired 09:00:00",
      "completed 09:00:00",
      "fired 10:00:00",
      "completed 10:00:00",
    ]);
    await scheduler.stop();
  });

  test("a fixed delay fires once", async () => {
    const { clock, job, scheduler, events } = benchOf();
    await scheduler.every("poll", job, HOUR).start();
    await clock.advance(0);
    clock.setDate(DAY);
    await clock.advance(MINUTE);
    expect(events.slice(2)).toEqual(["fired 01:00:00", "completed 01:00:00"]);
    expect((await scheduler.status("poll")).next).toBe(clock.epoch() + HOUR);
    await scheduler.stop();
  });

  test("what is spread by jitter is not missed", async () => {
    const { clock, job, scheduler, events } = benchOf();
    await scheduler.cron("report", job, "* * * * *", { jitter: 50 * SECOND, grace: 0 }).start();
    await clock.advance(30 * MINUTE);
    expect(events.filter((event) => event.startsWith("missed"))).toEqual([]);
    expect(job.begun.length).toBeGreaterThanOrEqual(30);
    await scheduler.stop();
  });

  test("millions of due times are passed over at once", async () => {
    const { clock, job, scheduler, events } = benchOf();
    await scheduler.cron("report", job, "* * * * * *", { misfire: { catchUp: 2 } }).start();
    await clock.advance(SECOND);
    events.length = 0;
    clock.setDate(365 * DAY);
    await clock.advance(SECOND);
    // The newest is in time, and so meets the run of the one before it.
    expect(events).toEqual([
      "missed 00:00:02 to 2027-01-01 00:00:01",
      "fired 2027-01-01 00:00:01",
      "skipped 2027-01-01 00:00:02 running",
      "completed 2027-01-01 00:00:01",
    ]);
    await scheduler.stop();
  });
});

describe("a pause", () => {
  test("is like sleep: due times that came meanwhile were missed", async () => {
    const { clock, job, scheduler, events } = benchOf();
    await scheduler.every("poll", job, HOUR, { mode: "rate", misfire: "once" }).start();
    await clock.advance(0);
    await scheduler.pause("poll");
    await clock.advance(3 * HOUR + MINUTE);
    expect(job.begun).toEqual([0]);
    expect(await scheduler.status("poll")).toMatchObject({ paused: true, next: START + HOUR });
    await scheduler.unpause("poll");
    await clock.advance(0);
    expect(events.slice(2)).toEqual(["missed 01:00:00 to 03:00:00", "fired 03:00:00", "completed 03:00:00"]);
    await scheduler.stop();
  });

  test.each([
    ["without a store", undefined],
    ["with one", new MemoryCheckpoints()],
  ])("passes over a fixed delay that is not to be made up for, which is counted from its end, %s", async (_, checkpoints) => {
    const { clock, job, scheduler, events } = benchOf({ ...(checkpoints && { checkpoints }) });
    await scheduler.every("poll", job, MINUTE, { misfire: "skip" }).start();
    await clock.advance(30 * SECOND);
    await scheduler.pause("poll");
    await clock.advance(5 * MINUTE);
    await scheduler.unpause("poll");
    expect(await scheduler.next("poll")).toEqual([START + 6 * MINUTE + 30 * SECOND]);
    await clock.advance(MINUTE);
    expect(events.slice(2)).toEqual(["missed 00:01:00 to 00:06:30", "fired 00:06:30", "completed 00:06:30"]);
    await scheduler.stop();
  });

  test("passes over a fixed delay that is counted from the end of a run that goes on", async () => {
    const { clock, job, scheduler, events } = benchOf();
    await scheduler.every("poll", job, MINUTE, { misfire: "skip", until: START + 20 * MINUTE }).start();
    await clock.advance(SECOND);
    await scheduler.pause("poll");
    job.behaviour = "goes on";
    await clock.advance(5 * MINUTE);
    await scheduler.trigger("poll");
    await scheduler.unpause("poll");
    expect(events.slice(3)).toEqual(["missed 00:01:00 to never"]);
    await clock.advance(MINUTE);
    await job.end();
    expect(await scheduler.next("poll")).toEqual([START + 7 * MINUTE + SECOND]);
    await scheduler.pause("poll");
    await clock.advance(13 * MINUTE);
    await scheduler.unpause("poll");
    // The next one would lie after `until`.
    expect(events.slice(5)).toEqual(["missed 00:07:01 to never"]);
    await scheduler.stop();
  });

  test("does not keep anybody from triggering", async () => {
    const { job, scheduler } = benchOf();
    await scheduler.manual("repair", job).start();
    await scheduler.pause("repair");
    await scheduler.trigger("repair");
    expect(job.begun).toEqual([0]);
    await scheduler.stop();
  });
});
