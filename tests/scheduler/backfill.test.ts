/** Making up for the due times of a past window. */

import { describe, expect, test } from "vitest";
import { MemoryCheckpoints } from "cano/checkpoints";
import { benchOf, DAY, HOUR, MINUTE, START } from "./job.js";

const RATE = { mode: "rate" } as const;

test("each due time of the window fires once, one after the other, and nothing else changes", async () => {
  const { clock, job, scheduler } = benchOf();
  await scheduler.cron("report", job, "0 6 * * *", { timeZone: "Europe/Berlin" }).start();
  const before = await scheduler.status("report");
  job.behaviour = "goes on";
  const backfilled = scheduler.backfill("report", { from: new Date(START - 3 * DAY), to: START });
  for (let at = 0; at < 3; at++) {
    await clock.advance(0);
    expect(job.ongoing).toHaveLength(1);
    await job.end();
  }
  expect(await backfilled).toEqual([-3, -2, -1].map((day) => ({ due: START + day * DAY + 5 * HOUR, outcome: "completed" })));
  expect(job.dues).toEqual(["2025-12-29T05:00:00.000Z", "2025-12-30T05:00:00.000Z", "2025-12-31T05:00:00.000Z"]);
  expect(await scheduler.status("report")).toEqual(before);
  await scheduler.stop();
});

test("several at once, where that is asked", async () => {
  const { clock, job, scheduler } = benchOf();
  await scheduler.cron("report", job, "@hourly").start();
  await clock.advance(0);
  job.behaviour = "goes on";
  const backfilled = scheduler.backfill("report", { from: START - 10 * HOUR, to: START - HOUR, concurrency: 4 });
  await clock.advance(0);
  expect(job.ongoing).toHaveLength(4);
  while (job.ongoing.length > 0) await job.end();
  expect(await backfilled).toHaveLength(10);
  await scheduler.stop();
});

test("what is due meanwhile fires as if nothing else were in progress", async () => {
  const { clock, job, scheduler, events } = benchOf();
  await scheduler.cron("report", job, "@hourly").start();
  await clock.advance(MINUTE);
  events.length = 0;
  job.behaviour = "goes on";
  const backfilled = scheduler.backfill("report", { from: START - HOUR, to: START - HOUR });
  await clock.advance(HOUR);
  expect(events).toEqual(["fired 2025-12-31 23:00:00", "fired 01:00:00"]);
  await job.end();
  await job.end();
  await backfilled;
  await scheduler.stop();
});

test("what is due meanwhile cancels the run before it, and none that makes up for the past", async () => {
  const { clock, job, scheduler, events } = benchOf();
  job.behaviour = "goes on";
  await scheduler.cron("report", job, "@hourly", { overlap: "cancel" }).start();
  const backfilled = scheduler.backfill("report", { from: START - HOUR, to: START - HOUR });
  await clock.advance(HOUR);
  await scheduler.trigger("report");
  await clock.advance(0);
  expect(events).toEqual([
    "fired 00:00:00",
    "fired 2025-12-31 23:00:00",
    "cancelled 00:00:00",
    "fired 01:00:00",
    "cancelled 01:00:00",
    "fired 01:00:00.001",
  ]);
  await scheduler.cancel("report");
  expect(await backfilled).toEqual([{ due: START - HOUR, outcome: "cancelled" }]);
  const next = scheduler.backfill("report", { from: START - 2 * HOUR, to: START - 2 * HOUR });
  await clock.advance(0);
  await job.end();
  expect(await next, "it is cancelled by the next cancel only").toMatchObject([{ outcome: "completed" }]);
  await scheduler.stop();
});

test("failures are told, and neither delay nor trip the schedule", async () => {
  const { clock, job, scheduler } = benchOf();
  await scheduler.cron("report", job, "@hourly", { backoff: { trip: 1 } }).start();
  await clock.advance(0);
  job.behaviour = "fails";
  const results = await scheduler.backfill("report", { from: START - HOUR, to: START - 1 });
  expect(results).toEqual([{ due: START - HOUR, outcome: "failed", error: "no luck" }]);
  expect(await scheduler.status("report")).toMatchObject({ status: "completed", streak: 0 });
  await scheduler.stop();
});

test("an interval is counted back from its next due time", async () => {
  const { clock, job, scheduler } = benchOf();
  await scheduler.every("poll", job, HOUR, RATE).start();
  await clock.advance(0);
  const results = await scheduler.backfill("poll", { from: START - 150 * MINUTE, to: START - 1 });
  expect(results.map(({ due }) => due - START)).toEqual([-2 * HOUR, -HOUR]);
  await scheduler.stop();
});

test("an interval that is over is counted from its `from`, and without one it is told what is missing", async () => {
  const { clock, job, scheduler } = benchOf();
  const until = START + 2 * HOUR;
  scheduler.every("from", job, HOUR, { ...RATE, from: START - HOUR, until }).every("poll", job, HOUR, { ...RATE, until });
  await scheduler.start();
  await clock.advance(4 * HOUR);
  const window = { from: START - 2 * HOUR, to: START + 4 * HOUR };
  const results = await scheduler.backfill("from", window);
  expect(results.map(({ due }) => due - START)).toEqual([-HOUR, 0, HOUR, 2 * HOUR]);
  await expect(scheduler.backfill("poll", window)).rejects.toMatchObject({
    code: "CANO7041",
    message: "schedule `poll` cannot be backfilled: it is over, and without `from` it is not known when it was due",
  });
  await scheduler.stop();
});

test("where schedules are stored, a due time that has fired is known", async () => {
  const { clock, job, scheduler } = benchOf({ checkpoints: new MemoryCheckpoints() });
  await scheduler.cron("report", job, "@hourly").start();
  await clock.advance(2 * HOUR);
  const window = { from: START - HOUR, to: START + 2 * HOUR };
  expect((await scheduler.backfill("report", window)).map(({ outcome }) => outcome)).toEqual([
    "completed",
    "known",
    "known",
    "known",
  ]);
  expect((await scheduler.backfill("report", window)).map(({ outcome }) => outcome)).toEqual(Array(4).fill("known"));
  await scheduler.stop();
});

test("a stop ends it, and what has not fired is left", async () => {
  const { clock, job, scheduler } = benchOf();
  await scheduler.cron("report", job, "@hourly").start();
  await clock.advance(0);
  job.behaviour = "goes on";
  const backfilled = scheduler.backfill("report", { from: START - 3 * HOUR, to: START - HOUR });
  await clock.advance(0);
  await scheduler.stop();
  expect((await backfilled).map(({ outcome }) => outcome)).toEqual(["cancelled", "left", "left"]);
});

describe("refused with CANO7041", () => {
  const { job, scheduler } = benchOf();
  scheduler
    .every("delay", job, HOUR)
    .every("rate", job, 1, RATE)
    .at("once", job, START + 1)
    .manual("repair", job);
  const day = { from: START - DAY, to: START - 1 };
  test.each([
    ["a fixed delay", "delay", day, "its due times do not follow from each other"],
    ["a single time", "once", day, "its due times do not follow from each other"],
    ["a manual schedule", "repair", day, "its due times do not follow from each other"],
    ["the future", "rate", { from: START, to: START + 2 * DAY }, "`to` lies in the future"],
    ["a window the wrong way round", "rate", { from: START - 1, to: START - 2 }, "`from` lies after `to`"],
    ["a window that is too long", "rate", day, "there are more than 100000 due times between `from` and `to`"],
  ])("%s", async (_, name, window, why) => {
    await scheduler.start();
    await expect(scheduler.backfill(name, window)).rejects.toMatchObject({
      code: "CANO7041",
      message: `schedule \`${name}\` cannot be backfilled: ${why}`,
    });
  });
  test("and other options by their own codes", async () => {
    await expect(scheduler.backfill("rate", { ...day, concurrency: 0 })).rejects.toMatchObject({ code: "CANO7009" });
    await expect(scheduler.backfill("rate", { from: Number.NaN, to: 0 })).rejects.toMatchObject({ code: "CANO7034" });
    await scheduler.stop();
  });
});
