/** A process that defines a schedule otherwise than the one before it, while that has a run in progress: the newest decides, and nothing is left undecided. */

import { MemoryCheckpoints } from "cano/checkpoints";
import type { Scheduler } from "cano/scheduler";
import { expect, test } from "vitest";
import { type Bench, benchOf, DatedClock, DAY, HOUR, type Job, MINUTE, SECOND, START } from "./job.js";

type Register = (scheduler: Scheduler, job: Job) => unknown;

/** The look into the store that tells a process what another has done. */
const LOOK = 10 * SECOND;

/** An old process whose run goes on, and the new one that has taken its schedule over. */
async function update(from: Register, to: Register): Promise<readonly [old: Bench, young: Bench, store: MemoryCheckpoints]> {
  const clock = new DatedClock(START);
  const first = new MemoryCheckpoints();
  const second = new MemoryCheckpoints(first);
  const [old, young] = [benchOf({ clock, checkpoints: first }), benchOf({ clock, checkpoints: second })];
  old.job.behaviour = "goes on";
  from(old.scheduler, old.job);
  await old.scheduler.start();
  await clock.advance(SECOND);
  expect(old.events).toEqual(["fired 00:00:00"]);
  to(young.scheduler, young.job);
  await young.scheduler.start();
  await clock.advance(0);
  return [old, young, second];
}

const every: Register = (scheduler, job) => scheduler.every("poll", job, MINUTE);
const minutely: Register = (scheduler, job) => scheduler.cron("poll", job, "* * * * *");

test("a fixed delay is counted from the end of the old process's run", async () => {
  const [old, young] = await update(minutely, every);
  expect(young.events).toEqual(["skipped 00:00:01 running"]);
  await old.clock.advance(5 * MINUTE);
  await old.job.end();
  await old.clock.advance(LOOK);
  expect(await young.scheduler.next("poll")).toEqual([young.clock.epoch() + MINUTE]);
  await old.clock.advance(2 * MINUTE);
  expect(young.events.slice(1)).toEqual(["fired 00:06:11", "completed 00:06:11", "fired 00:07:11", "completed 00:07:11"]);
  for (const { scheduler } of [old, young]) await scheduler.stop();
});

test("a manual schedule is not due after the end of the old process's run", async () => {
  const [old, young] = await update(every, (scheduler, job) => scheduler.manual("poll", job));
  await old.job.end();
  expect(await young.scheduler.next("poll")).toEqual([]);
  await old.scheduler.stop();
  await young.clock.advance(DAY);
  expect(young.events).toEqual([]);
  await young.scheduler.stop();
});

test("what has waited for the old process's run fires in the new one", async () => {
  const [old, young] = await update(every, (scheduler, job) => scheduler.cron("poll", job, "0 * * * *", { overlap: "queue" }));
  await old.clock.advance(HOUR);
  expect(await young.scheduler.status("poll")).toMatchObject({ waiting: START + HOUR });
  await old.job.end();
  await old.clock.advance(LOOK);
  expect(young.events).toEqual(["fired 01:00:00", "completed 01:00:00"]);
  expect(await young.scheduler.status("poll")).toMatchObject({ waiting: undefined, next: START + 2 * HOUR });
  for (const { scheduler } of [old, young]) await scheduler.stop();
});

test("what has waited for the old process's run fires in the next process, where the new one is gone", async () => {
  const [old, young, store] = await update(minutely, (scheduler, job) =>
    scheduler.every("poll", job, HOUR, { overlap: "queue" }),
  );
  expect(await young.scheduler.status("poll")).toMatchObject({ waiting: START + SECOND, next: undefined });
  await young.scheduler.stop();
  await old.job.end();
  const next = benchOf({ clock: old.clock, checkpoints: new MemoryCheckpoints(store) });
  await next.scheduler.every("poll", next.job, HOUR, { overlap: "queue" }).start();
  await next.clock.advance(HOUR);
  expect(next.events).toEqual(["fired 00:00:01", "completed 00:00:01", "fired 01:00:01", "completed 01:00:01"]);
  for (const { scheduler } of [old, next]) await scheduler.stop();
});

test("a failure of the old process's run says nothing of the new schedule", async () => {
  const [old, young] = await update(every, minutely);
  await old.job.fail();
  expect(old.events).toEqual(["fired 00:00:00", "failed 00:00:00"]);
  expect(await young.scheduler.status("poll")).toMatchObject({ status: "idle", streak: 0, last: undefined });
  await young.clock.advance(MINUTE);
  expect(young.events).toEqual(["fired 00:01:00", "completed 00:01:00"]);
  for (const { scheduler } of [old, young]) await scheduler.stop();
});

test("the old process does not change when the new schedule is due: not by a reset, and not when the date goes back", async () => {
  const [old, young] = await update(every, (scheduler, job) => scheduler.cron("poll", job, "0 12 * * *"));
  await old.scheduler.reset("poll");
  old.clock.setDate(-HOUR);
  await old.clock.advance(MINUTE);
  expect(await young.scheduler.next("poll")).toEqual([START + 12 * HOUR]);
  await old.job.end();
  for (const { scheduler } of [old, young]) await scheduler.stop();
});

test("a run of a new process that is gone, and that the old one has ended, does not stop the schedule", async () => {
  const [old, young, store] = await update(minutely, every);
  await old.job.end();
  old.job.behaviour = "ends";
  young.job.behaviour = "goes on";
  await old.clock.advance(2 * MINUTE);
  expect(young.job.ongoing).toHaveLength(1);
  const other = benchOf({ clock: old.clock, checkpoints: new MemoryCheckpoints(store) });
  every(other.scheduler, other.job);
  // Its first look comes before the other process is gone, and its next one after that of the old process.
  await other.scheduler.start();
  await old.clock.advance(0);
  await store.close();
  await old.clock.advance(HOUR);
  expect(old.events.slice(2)).toEqual(["adopted 00:01:11", "lost 00:01:11"]);
  expect(other.events.slice(0, 2)).toEqual(["fired 00:03:11", "completed 00:03:11"]);
  for (const { scheduler } of [old, young, other]) await scheduler.stop();
});
