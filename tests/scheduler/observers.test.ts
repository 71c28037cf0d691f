/** Observers and logs of a scheduler: what they are told, and what they cannot break. */

import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { createScheduler, type ScheduleObserver } from "cano/scheduler";
import { benchOf, DatedClock, HOUR, Job, MINUTE, recorder, START } from "./job.js";

test("an observer that throws is reported, and changes nothing", async () => {
  const events: string[] = [];
  const broken: ScheduleObserver = {
    fired: () => {
      throw new Error("no disk");
    },
  };
  const { clock, job, scheduler, warnings } = benchOf({ observers: [broken, recorder(events)] });
  await scheduler.every("poll", job, HOUR).start();
  await clock.advance(0);
  expect(events).toEqual(["fired 00:00:00", "completed 00:00:00"]);
  expect(warnings).toEqual(["`fired` failed: no disk"]);
  await scheduler.stop();
});

test.each([
  ["", (): unknown => Promise.reject(new Error("no network"))],
  [" in another realm", (): unknown => runInNewContext("Promise.reject(new Error('no network'))")],
])("hooks that are asynchronous and fail%s are reported, and change nothing", async (_, late) => {
  const { clock, job, scheduler, warnings } = benchOf({ observers: [{ fired: late, tripped: late }] });
  job.behaviour = "fails";
  await scheduler.every("poll", job, HOUR, { backoff: { trip: 1 }, onTrip: late }).start();
  await clock.advance(0);
  const said = warnings.map((line) => line.replace("Error: ", "")).toSorted();
  expect(said).toEqual([
    "`fired` failed: no network",
    "`onTrip` failed: no network",
    "`tripped` failed: no network",
    "schedule `poll` fires no more, after a failure",
    "schedule `poll`: run `poll/2026-01-01T00:00:00.000Z` failed: no luck",
  ]);
  await scheduler.stop();
});

test.each([Number.NaN, -1, 2])("a source of random numbers that gives %s counts as one that fails", async (number) => {
  const { clock, job, scheduler, warnings } = benchOf({ random: () => number });
  job.behaviour = "fails";
  await scheduler.every("poll", job, 1).start();
  await clock.advance(1_000);
  expect(job.begun).toEqual([0, 1_000]);
  expect(warnings).toContain(`\`random\` failed: it gave ${number}, which does not lie between 0 and 1`);
  await scheduler.stop();
});

test("a source of random numbers that fails takes the spread from the back-off, and nothing else", async () => {
  const random = (): never => {
    throw new Error("no dice");
  };
  const { clock, job, scheduler, warnings } = benchOf({ random });
  job.behaviour = "fails";
  await scheduler.every("poll", job, HOUR).start();
  await clock.advance(0);
  expect(await scheduler.status("poll")).toMatchObject({ status: "backoff", eligible: START + 1_000 });
  expect(warnings).toContain("`random` failed: no dice");
  await scheduler.stop();
});

test("a log that throws changes nothing", async () => {
  const clock = new DatedClock(START);
  const job = new Job(clock, "fails");
  const fail = (): never => {
    throw new Error("no disk");
  };
  const said: string[] = [];
  const { warn } = console;
  console.warn = (line: string) => void said.push(line);
  try {
    const scheduler = createScheduler({ clock, log: { debug: fail, info: fail, warn: fail, error: fail } });
    await scheduler.every("poll", job, HOUR).start();
    await clock.advance(0);
    expect((await scheduler.status("poll")).streak).toBe(1);
    await scheduler.stop();
  } finally {
    console.warn = warn;
  }
  expect(said).toEqual(["schedule `poll`: run `poll/2026-01-01T00:00:00.000Z` failed: no luck"]);
});

test("failures are logged with the run that failed", async () => {
  const { clock, job, scheduler, warnings } = benchOf();
  job.behaviour = "fails";
  await scheduler.every("poll", job, MINUTE).start();
  await clock.advance(0);
  expect(warnings).toEqual(["schedule `poll`: run `poll/2026-01-01T00:00:00.000Z` failed: no luck"]);
  await scheduler.stop();
});

test("ten thousand schedules wait on one timer", async () => {
  const { clock, job, scheduler } = benchOf();
  for (let at = 0; at < 10_000; at++) {
    if (at % 2 === 0) scheduler.every(`poll ${at}`, job, HOUR + at, { mode: "rate", from: START + HOUR + at });
    else scheduler.cron(`report ${at}`, job, "30 4 * * *");
  }
  await scheduler.start();
  expect(clock.pending).toBe(1);
  await clock.advance(5 * HOUR);
  // Those of the interval have come round four times and more, each expression once.
  expect(job.requests.length).toBeGreaterThanOrEqual(5_000 * 4 + 5_000);
  expect(clock.pending).toBe(1);
  await scheduler.stop();
  expect(clock.pending).toBe(0);
});
