/** A store that fails, or takes its time, at one moment: what was asked of it then is asked again, and hurts nobody. */

import { CanoError } from "cano";
import { type CheckpointStore, MemoryCheckpoints, type ScheduleStore } from "cano/checkpoints";
import { describe, expect, test } from "vitest";
import { benchOf, DAY, HOUR, MINUTE, SECOND, START } from "./job.js";

const working = async (_asked: keyof ScheduleStore): Promise<void> => undefined;
const failing = async (): Promise<never> => {
  throw new CanoError("checkpoint_store", "the database is down");
};

/** A store that does something before it is asked about schedules, and before it answers. */
function watchedStore(kept = new MemoryCheckpoints()) {
  const watch = { ask: working, answer: working };
  const schedules = new Proxy(kept.schedules, {
    get:
      (target, name: keyof ScheduleStore) =>
      async (...parameters: never[]): Promise<unknown> => {
        await watch.ask(name);
        const answer = await (target[name] as (...all: never[]) => Promise<unknown>).apply(target, parameters);
        await watch.answer(name);
        return answer;
      },
  });
  const checkpoints: CheckpointStore = new Proxy(kept, {
    get: (target, name, self) => (name === "schedules" ? schedules : Reflect.get(target, name, self)),
  });
  return { watch, checkpoints };
}

describe("once it is known that a due time waits for a run that it cancels", () => {
  async function dailyBench() {
    const { watch, checkpoints } = watchedStore();
    const bench = benchOf({ checkpoints });
    bench.job.behaviour = "goes on";
    await bench.scheduler.cron("report", bench.job, "@daily", { overlap: "cancel" }).start();
    await bench.clock.advance(DAY - SECOND);
    /** Lets the store do something with the second decision from now on: by the first, it waits. */
    const second = (does: () => Promise<void>): typeof working => {
      let decisions = 0;
      return async (name) => {
        if (name === "decide" && ++decisions === 2) await does();
      };
    };
    return { ...bench, watch, second };
  }

  test("the run is cancelled though the store fails", async () => {
    const { clock, scheduler, events, second, watch } = await dailyBench();
    watch.ask = second(failing);
    await clock.advance(10 * SECOND);
    expect(events).toEqual(["fired 00:00:00", "cancelled 00:00:00", "fired 2026-01-02 00:00:00"]);
    await scheduler.stop();
    expect(clock.pending).toBe(0);
  });

  test("the run may end by itself while the store takes its time, and what has waited is not cancelled instead", async () => {
    const { clock, job, scheduler, events, second, watch } = await dailyBench();
    job.heeds = false;
    let letGo = (): void => undefined;
    const held = new Promise<void>((resolve) => (letGo = resolve));
    watch.answer = second(() => held);
    await clock.advance(SECOND);
    job.heeds = true;
    await job.end();
    letGo();
    await clock.advance(MINUTE);
    expect(events).toEqual(["fired 00:00:00", "completed 00:00:00", "fired 2026-01-02 00:00:00"]);
    await scheduler.stop();
  });
});

test("a store that fails does not keep anybody from cancelling the runs of this process", async () => {
  const { watch, checkpoints } = watchedStore();
  const { clock, job, scheduler, events } = benchOf({ checkpoints });
  job.behaviour = "goes on";
  await scheduler.manual("repair", job).start();
  await scheduler.trigger("repair");
  watch.ask = failing;
  await expect(scheduler.cancel("repair")).rejects.toMatchObject({ category: "checkpoint_store" });
  watch.ask = working;
  await clock.advance(5 * SECOND);
  expect(events).toEqual(["fired 00:00:00", "cancelled 00:00:00"]);
  await scheduler.stop();
});

test("a store that fails ends a backfill, also for those runs that would come beside the one that failed", async () => {
  const { watch, checkpoints } = watchedStore();
  const { clock, job, scheduler, events } = benchOf({ checkpoints }, START + DAY);
  await scheduler.cron("report", job, "@hourly").start();
  await clock.advance(0);
  events.length = 0;
  let decisions = 0;
  watch.ask = async (name) => {
    if (name === "decide" && ++decisions === 2) await failing();
  };
  const backfilled = scheduler.backfill("report", { from: START, to: START + 10 * HOUR, concurrency: 2 });
  await expect(backfilled).rejects.toMatchObject({ category: "checkpoint_store" });
  await clock.advance(MINUTE);
  expect(events).toEqual(["fired 00:00:00", "completed 00:00:00"]);
  await scheduler.stop();
});

test("a store that fails as the date goes back is asked again, and the interval does not wait for the date", async () => {
  const { watch, checkpoints } = watchedStore();
  const { clock, job, scheduler, warnings } = benchOf({ checkpoints });
  await scheduler.every("poll", job, HOUR, { mode: "rate" }).start();
  await clock.advance(SECOND);
  clock.setDate(-DAY);
  watch.ask = failing;
  await clock.advance(MINUTE);
  expect(warnings).toContain("schedule `poll` could not be counted from now on, and will be: the database is down");
  watch.ask = working;
  await clock.advance(2 * HOUR);
  expect(job.begun).toEqual([0, HOUR + MINUTE + 5 * SECOND]);
  await scheduler.stop();
  expect(clock.pending).toBe(0);
});

test("who waits for the run of another process does not wait for the date as well when that goes back", async () => {
  const kept = new MemoryCheckpoints();
  const options = { mode: "rate", misfire: { catchUp: 10 }, from: START } as const;
  const one = benchOf({ checkpoints: kept });
  one.job.behaviour = "goes on";
  await one.scheduler.every("poll", one.job, HOUR, options).start();
  await one.clock.advance(SECOND);
  const { clock, job, scheduler } = benchOf({ checkpoints: new MemoryCheckpoints(kept) }, START + 3 * HOUR);
  await scheduler.every("poll", job, HOUR, options).start();
  await clock.advance(SECOND);
  expect(job.requests).toEqual([]);
  clock.setDate(-90 * MINUTE);
  await clock.advance(MINUTE);
  await one.job.end();
  await clock.advance(20 * SECOND);
  expect(job.dues).toEqual(["2026-01-01T01:00:00.000Z"]);
  await scheduler.stop();
  await one.scheduler.stop();
});
