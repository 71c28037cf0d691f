/** A store of schedules that fails, or takes its time: it is asked again, and nothing is missed. */

import { CanoError } from "cano";
import { type CheckpointStore, MemoryCheckpoints, type ScheduleStore } from "cano/checkpoints";
import { describe, expect, test } from "vitest";
import { benchOf, DatedClock, HOUR, type Job, MINUTE, SECOND, START } from "./job.js";

const RATE = { mode: "rate" } as const;

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

  test("is not asked any more by who is stopped, who tells that the run has ended all the same, as does who takes it over", async () => {
    const checkpoints = fragileStore();
    const { job, scheduler, events, warnings } = benchOf({ checkpoints: checkpoints.store });
    job.behaviour = "goes on";
    await scheduler.manual("repair", job).start();
    await scheduler.trigger("repair");
    checkpoints.isDown = true;
    await scheduler.stop();
    expect(events).toEqual(["fired 00:00:00", "cancelled 00:00:00"]);
    expect(warnings).toEqual(["what run `repair/2026-01-01T00:00:00.000Z` came to could not be stored: the database is down"]);
  });

  test("which a run that is stored cannot use either leaves it lost for who is stopped", async () => {
    const checkpoints = fragileStore();
    const { job, scheduler, events } = benchOf({ checkpoints: checkpoints.store });
    const down = (): Promise<never> => Promise.reject(new CanoError("checkpoint_store", "the database is down"));
    const durable: Job = Object.assign(job, { orchestrate: down, resume: down, runs: { get: down } });
    await scheduler.manual("repair", durable).start();
    await scheduler.trigger("repair");
    await scheduler.stop();
    expect(events).toEqual(["fired 00:00:00", "lost 00:00:00"]);
  });

  test("is asked about any number of runs without a warning of Node's that listeners leak", async () => {
    const checkpoints = fragileStore();
    const { clock, job, scheduler, events } = benchOf({ checkpoints: checkpoints.store });
    const told: string[] = [];
    const note = ({ name }: Error): void => void told.push(name);
    process.on("warning", note);
    job.behaviour = "goes on";
    const names = Array.from({ length: 20 }, (_, at) => `report ${at}`);
    for (const name of names) scheduler.cron(name, job, "@hourly");
    await scheduler.start();
    await clock.advance(0);
    checkpoints.isDown = true;
    for (const _ of names) await job.end();
    await clock.advance(SECOND);
    checkpoints.isDown = false;
    await clock.advance(5 * SECOND);
    expect(events.filter((event) => event.startsWith("completed"))).toHaveLength(20);
    // Node tells it with the next turn.
    await new Promise((resolve) => setImmediate(resolve));
    process.off("warning", note);
    expect(told).toEqual([]);
    await scheduler.stop();
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
