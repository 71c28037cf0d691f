/** Schedules that outlive their process: where they go on, what was missed, what is lost, and what is forgotten. */

import { MemoryCheckpoints } from "cano/checkpoints";
import { describe, expect, test } from "vitest";
import { type Bench, benchOf, DatedClock, DAY, HOUR, Job, MINUTE, SECOND, START } from "./job.js";

const RATE = { mode: "rate" } as const;

/** A process on what another has left behind. */
function next(clock: DatedClock, other: MemoryCheckpoints): Bench {
  return benchOf({ clock, checkpoints: new MemoryCheckpoints(other) });
}

describe("after a restart", () => {
  test("a schedule goes on where it was, with its pause, its failures and its due times", async () => {
    const { clock, job, scheduler } = benchOf({ checkpoints: undefined as never });
    await scheduler.stop();
    const kept = new MemoryCheckpoints();
    const first = benchOf({ clock, checkpoints: kept });
    job.behaviour = "fails";
    await first.scheduler
      .every("poll", job, HOUR, { ...RATE, backoff: { base: MINUTE, jitter: 0 } })
      .every("paused", job, HOUR)
      .start();
    await clock.advance(0);
    await first.scheduler.pause("paused");
    await first.scheduler.stop();
    await clock.advance(30 * MINUTE);

    const second = next(clock, kept);
    await second.scheduler
      .every("poll", job, HOUR, { ...RATE, backoff: { base: MINUTE, jitter: 0 } })
      .every("paused", job, HOUR)
      .start();
    expect(await second.scheduler.status("poll")).toMatchObject({ streak: 1, next: START + HOUR, status: "backoff" });
    expect((await second.scheduler.status("paused")).paused).toBe(true);
    await clock.advance(30 * MINUTE);
    expect((await second.scheduler.status("poll")).streak).toBe(2);
    await second.scheduler.stop();
  });

  test.each([
    ["skip", ["missed 01:00:00 to 04:00:00"]],
    ["once", ["missed 01:00:00 to 03:00:00", "fired 03:00:00"]],
    [{ catchUp: 2 }, ["missed 01:00:00 to 02:00:00", "fired 02:00:00", "fired 03:00:00"]],
  ] as const)("what was missed meanwhile is treated as %j says", async (misfire, expected) => {
    const kept = new MemoryCheckpoints();
    const first = benchOf({ checkpoints: kept });
    const { clock, job } = first;
    await first.scheduler.cron("report", job, "@hourly", { misfire }).start();
    await clock.advance(MINUTE);
    await first.scheduler.stop();
    await clock.advance(200 * MINUTE);
    const second = next(clock, kept);
    await second.scheduler.cron("report", job, "@hourly", { misfire }).start();
    await clock.advance(0);
    expect(second.events.filter((event) => !event.startsWith("completed"))).toEqual(expected);
    expect((await second.scheduler.status("report")).next).toBe(START + 4 * HOUR);
    await second.scheduler.stop();
  });

  test("a single time that passed meanwhile fires, however late that is, and only once", async () => {
    const kept = new MemoryCheckpoints();
    const first = benchOf({ checkpoints: kept });
    const { clock, job } = first;
    await first.scheduler.at("launch", job, START + HOUR).start();
    await first.scheduler.stop();
    await clock.advance(DAY);
    for (let round = 0; round < 3; round++) {
      const another = next(clock, kept);
      await another.scheduler.at("launch", job, START + HOUR).start();
      await clock.advance(HOUR);
      await another.scheduler.stop();
    }
    expect(job.dues).toEqual(["2026-01-01T01:00:00.000Z"]);
  });

  test("a due time that waited for a run when the scheduler was stopped fires", async () => {
    const kept = new MemoryCheckpoints();
    const first = benchOf({ checkpoints: kept });
    const { clock, job } = first;
    job.behaviour = "goes on";
    await first.scheduler.cron("report", job, "@hourly", { overlap: "queue" }).start();
    await clock.advance(HOUR);
    await first.scheduler.stop();
    expect(first.events).toEqual(["fired 00:00:00", "cancelled 00:00:00"]);
    const second = next(clock, kept);
    await second.scheduler.cron("report", job, "@hourly", { overlap: "queue" }).start();
    await clock.advance(0);
    expect(second.events).toEqual(["fired 01:00:00"]);
    await second.scheduler.stop();
  });
});

describe("when a process is gone", () => {
  /** A process begins a run and is gone; another looks around. */
  async function leaveBehind(misfire: "skip" | "once"): Promise<Bench> {
    const kept = new MemoryCheckpoints();
    const gone = benchOf({ checkpoints: kept });
    gone.job.behaviour = "goes on";
    gone.job.heeds = false;
    await gone.scheduler.cron("report", gone.job, "@daily", { misfire }).start();
    await gone.clock.advance(0);
    expect(gone.job.ongoing).toHaveLength(1);
    // As if it had died: nobody looks after what it has begun.
    await kept.close();
    const other = next(gone.clock, kept);
    await other.scheduler.cron("report", other.job, "@daily", { misfire }).start();
    await gone.clock.advance(10 * SECOND);
    return other;
  }

  test("its run is lost, where nothing is to be made up for", async () => {
    const { scheduler, events, job, warnings } = await leaveBehind("skip");
    expect(events).toEqual(["adopted 00:00:00", "lost 00:00:00"]);
    expect(job.requests).toEqual([]);
    expect(warnings).toContain("schedule `report`: the process of run `report/2026-01-01T00:00:00.000Z` is gone");
    expect((await scheduler.status("report")).last).toEqual({ due: START, outcome: "lost" });
    await scheduler.stop();
  });

  test("its run is done again, where it is", async () => {
    const { scheduler, events, job } = await leaveBehind("once");
    expect(events).toEqual(["adopted 00:00:00", "completed 00:00:00"]);
    expect(job.dues).toEqual(["2026-01-01T00:00:00.000Z"]);
    await scheduler.stop();
  });
});

test("what has ended is forgotten after its time", async () => {
  const checkpoints = new MemoryCheckpoints();
  const { clock, job, scheduler } = benchOf({ checkpoints, history: DAY });
  await scheduler.cron("report", job, "@hourly").start();
  await clock.advance(3 * DAY);
  const known = await checkpoints.schedules.firings("report", 0, 1_000);
  expect(known.length).toBeGreaterThanOrEqual(24);
  expect(known.length).toBeLessThanOrEqual(26);
  await scheduler.stop();
});

test("ten thousand schedules are taken up, and taken up again", async () => {
  const kept = new MemoryCheckpoints();
  const clock = new DatedClock(START);
  const job = new Job(clock);
  for (let round = 0; round < 2; round++) {
    const { scheduler } = next(clock, kept);
    for (let at = 0; at < 10_000; at++) scheduler.every(`poll ${at}`, job, DAY, { ...RATE, from: START + HOUR });
    await scheduler.start();
    expect(clock.pending).toBe(1);
    await clock.advance(HOUR);
    await scheduler.stop();
  }
  expect(job.requests).toHaveLength(10_000);
});
