/** Schedules that outlive their process, and are shared by several: on a store in memory that two store objects share. */

import { CanoError } from "cano";
import { type CheckpointStore, MemoryCheckpoints, type ScheduleStore } from "cano/checkpoints";
import { describe, expect, test } from "vitest";
import { type Bench, benchOf, DatedClock, DAY, HOUR, Job, MINUTE, SECOND, START } from "./job.js";

const RATE = { mode: "rate" } as const;

/** Two processes that share a store and a clock. */
function pair(): readonly [Bench, Bench] {
  const clock = new DatedClock(START);
  const first = new MemoryCheckpoints();
  return [benchOf({ clock, checkpoints: first }), benchOf({ clock, checkpoints: new MemoryCheckpoints(first) })];
}

/** A process on what another has left behind. */
function next(clock: DatedClock, other: MemoryCheckpoints): Bench {
  return benchOf({ clock, checkpoints: new MemoryCheckpoints(other) });
}

describe("several processes", () => {
  test("each due time fires once", async () => {
    const [one, two] = pair();
    for (const { scheduler, job } of [one, two])
      await scheduler.every("poll", job, MINUTE, RATE).cron("report", job, "*/5 * * * *").start();
    await one.clock.advance(HOUR);
    const dues = [...one.job.requests, ...two.job.requests].map(({ runId }) => runId);
    expect(new Set(dues).size).toBe(dues.length);
    expect(dues).toHaveLength(61 + 13);
    for (const { scheduler } of [one, two]) await scheduler.stop();
  });

  test("one learns of what another was told", async () => {
    const [one, two] = pair();
    for (const { scheduler, job } of [one, two]) await scheduler.every("poll", job, MINUTE, RATE).start();
    await one.scheduler.pause("poll");
    await one.clock.advance(HOUR);
    expect(one.job.requests.length + two.job.requests.length).toBe(1);
    expect((await two.scheduler.status("poll")).paused).toBe(true);
    await two.scheduler.unpause("poll");
    await one.clock.advance(MINUTE);
    expect(one.job.requests.length + two.job.requests.length).toBeGreaterThan(1);
    for (const { scheduler } of [one, two]) await scheduler.stop();
  });

  test("runs of one count as overlap for the other, and are told in its status", async () => {
    const [one, two] = pair();
    for (const { scheduler, job } of [one, two]) {
      job.behaviour = "goes on";
      await scheduler.manual("repair", job).start();
    }
    const { runId } = await one.scheduler.trigger("repair");
    await expect(two.scheduler.trigger("repair")).rejects.toMatchObject({ code: "CANO7038" });
    expect((await two.scheduler.status("repair")).running).toEqual([runId]);
    for (const { scheduler } of [one, two]) await scheduler.stop();
  });

  test("they trigger in one millisecond without getting in each other's way", async () => {
    const [one, two] = pair();
    for (const { scheduler, job } of [one, two]) await scheduler.manual("repair", job, { overlap: { allow: 100 } }).start();
    await Promise.all(Array.from({ length: 40 }, (_, at) => (at % 2 === 0 ? one : two).scheduler.trigger("repair")));
    await one.clock.advance(0);
    expect(new Set([...one.job.dues, ...two.job.dues]).size).toBe(40);
    for (const { scheduler } of [one, two]) await scheduler.stop();
  });

  test("who registers a schedule otherwise takes it over, and the other stands by", async () => {
    const [old, young] = pair();
    await old.scheduler.cron("report", old.job, "0 * * * *").start();
    await old.clock.advance(90 * MINUTE);
    expect(old.job.dues).toHaveLength(2);
    await young.scheduler.cron("report", young.job, "30 * * * *").start();
    await old.clock.advance(2 * HOUR);
    expect(old.job.dues).toHaveLength(2);
    expect(young.job.dues).toEqual(["2026-01-01T01:30:00.000Z", "2026-01-01T02:30:00.000Z", "2026-01-01T03:30:00.000Z"]);
    for (const { scheduler } of [old, young]) await scheduler.stop();
  });
});

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

describe("a store that fails", () => {
  /** A store whose schedules fail while `isDown`. */
  function fragileStore(): { isDown: boolean; readonly store: CheckpointStore } {
    const kept = new MemoryCheckpoints();
    const state = { isDown: false, store: kept as CheckpointStore };
    const schedules = new Proxy(kept.schedules, {
      get:
        (target, name: keyof ScheduleStore) =>
        async (...parameters: never[]): Promise<unknown> => {
          if (state.isDown) throw new CanoError("checkpoint_store", "the database is down");
          return await (target[name] as (...all: never[]) => Promise<unknown>).apply(target, parameters);
        },
    });
    state.store = new Proxy(kept, {
      get: (target, name, self) => (name === "schedules" ? schedules : Reflect.get(target, name, self)),
    });
    return state;
  }

  test("is asked again about what a run came to", async () => {
    const checkpoints = fragileStore();
    const { clock, job, scheduler, events, warnings } = benchOf({ checkpoints: checkpoints.store });
    job.behaviour = "goes on";
    await scheduler.cron("report", job, "@hourly").start();
    await clock.advance(0);
    checkpoints.isDown = true;
    await job.end();
    await clock.advance(MINUTE);
    expect(events).toEqual(["fired 00:00:00"]);
    expect(warnings).toContain("what run `report/2026-01-01T00:00:00.000Z` came to could not be stored: the database is down");
    expect(warnings).toContain("the scheduler could not look into its store, and will try again: the database is down");
    checkpoints.isDown = false;
    await clock.advance(5 * SECOND);
    expect(events).toEqual(["fired 00:00:00", "completed 00:00:00"]);
    await scheduler.stop();
    expect(clock.pending).toBe(0);
  });

  test("is asked again about a due time, which fires late", async () => {
    const checkpoints = fragileStore();
    const { clock, job, scheduler, events, warnings } = benchOf({ checkpoints: checkpoints.store });
    await scheduler.cron("report", job, "@hourly").start();
    await clock.advance(MINUTE);
    checkpoints.isDown = true;
    await clock.advance(HOUR - MINUTE + 3 * SECOND);
    expect(job.begun).toEqual([0]);
    expect(warnings).toContain("schedule `report` could not fire, and will try again: the database is down");
    checkpoints.isDown = false;
    await clock.advance(5 * SECOND);
    expect(job.begun).toEqual([0, HOUR + 5 * SECOND]);
    expect(events.slice(2)).toEqual(["fired 01:00:00", "completed 01:00:00"]);
    await scheduler.stop();
  });

  test("refuses the start and commands, with its own error", async () => {
    const checkpoints = fragileStore();
    const { job, scheduler } = benchOf({ checkpoints: checkpoints.store });
    scheduler.manual("repair", job);
    checkpoints.isDown = true;
    await expect(scheduler.start()).rejects.toMatchObject({ category: "checkpoint_store" });
    checkpoints.isDown = false;
    await scheduler.start();
    checkpoints.isDown = true;
    await expect(scheduler.trigger("repair")).rejects.toMatchObject({ category: "checkpoint_store" });
    await expect(scheduler.status("repair")).rejects.toMatchObject({ category: "checkpoint_store" });
    await scheduler.stop();
  });
});

test("a store that takes a while to open makes nobody miss anything", async () => {
  const kept = new MemoryCheckpoints();
  const clock = new DatedClock(START);
  const slow = new Proxy(kept.schedules, {
    get:
      (target, name: keyof ScheduleStore) =>
      async (...parameters: never[]): Promise<unknown> => {
        if (name === "decide" && clock.now() === 0) await new Promise<void>((resolve) => clock.schedule(resolve, MINUTE));
        return await (target[name] as (...all: never[]) => Promise<unknown>).apply(target, parameters);
      },
  });
  const checkpoints = new Proxy(kept, {
    get: (target, name, self) => (name === "schedules" ? slow : Reflect.get(target, name, self)),
  });
  const { job, scheduler, events } = benchOf({ clock, checkpoints });
  const started = scheduler.every("poll", job, SECOND, RATE).start();
  await clock.advance(MINUTE);
  await started;
  await clock.advance(SECOND);
  expect(events).toEqual(["fired 00:01:00", "completed 00:01:00", "fired 00:01:01", "completed 00:01:01"]);
  await scheduler.stop();
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
