/** A scheduler that is stopped while its store decides: about what is due, what somebody has asked for, or what was left behind. */

import { MemoryCheckpoints, type ScheduleStore } from "cano/checkpoints";
import type { Scheduler } from "cano/scheduler";
import { describe, expect, test } from "vitest";
import { benchOf, HOUR, MINUTE, SECOND, START } from "./job.js";

describe("a firing that is being decided about when the scheduler is stopped", () => {
  /** A bench whose store decides when it is told to. */
  function heldBench(kept = new MemoryCheckpoints()): ReturnType<typeof benchOf> & { readonly hold: () => () => void } {
    let held: Promise<void> | undefined;
    const schedules = new Proxy(kept.schedules, {
      get:
        (target, name: keyof ScheduleStore) =>
        async (...parameters: never[]): Promise<unknown> => {
          const made = await (target[name] as (...all: never[]) => Promise<unknown>).apply(target, parameters);
          if (name === "decide") await held;
          return made;
        },
    });
    const checkpoints = new Proxy(kept, {
      get: (target, name, self) => (name === "schedules" ? schedules : Reflect.get(target, name, self)),
    });
    const hold = (): (() => void) => {
      let letGo = (): void => undefined;
      held = new Promise((resolve) => (letGo = resolve));
      return letGo;
    };
    const bench = benchOf({ checkpoints });
    bench.job.behaviour = "goes on";
    return { ...bench, hold };
  }

  test("is cancelled like all that are in progress: the stop does not wait for it in vain", async () => {
    const { clock, scheduler, events, hold, job } = heldBench();
    await scheduler.cron("report", job, "@hourly").start();
    await clock.advance(HOUR - SECOND);
    await job.end();
    const letGo = hold();
    await clock.advance(SECOND);
    const stopped = scheduler.stop();
    letGo();
    await stopped;
    expect(events.slice(2)).toEqual(["fired 01:00:00", "cancelled 01:00:00"]);
    expect(clock.pending).toBe(0);
  });

  test("is waited for where it was adopted", async () => {
    const gone = new MemoryCheckpoints();
    const { job, scheduler } = benchOf({ checkpoints: gone });
    job.behaviour = "goes on";
    await scheduler.at("repair", job, START).start();
    const other = heldBench(new MemoryCheckpoints(gone));
    await other.scheduler.at("repair", other.job, START).start();
    await other.clock.advance(0);
    await gone.close();
    const letGo = other.hold();
    await other.clock.advance(10 * SECOND);
    const stopped = other.scheduler.stop();
    await other.clock.advance(0);
    letGo();
    await stopped;
    expect(other.events).toEqual(["adopted 00:00:00", "cancelled 00:00:00"]);
  });

  describe.each(["cancel", "finish"] as const)(
    "is waited for where somebody has asked for it, by a stop that is to %s",
    (running) => {
      test.each<[string, (scheduler: Scheduler) => Promise<unknown>]>([
        ["a trigger", (scheduler) => scheduler.trigger("report")],
        ["a backfill", (scheduler) => scheduler.backfill("report", { from: START - 2 * HOUR, to: START - HOUR, concurrency: 2 })],
      ])("%s", async (_, ask) => {
        const { clock, scheduler, events, hold, job } = heldBench();
        await scheduler.cron("report", job, "@hourly").start();
        await clock.advance(MINUTE);
        await job.end();
        events.length = 0;
        const letGo = hold();
        const asked = ask(scheduler);
        let isStopped = false;
        const stopped = scheduler.stop({ running }).then(() => (isStopped = true));
        await clock.advance(20 * SECOND);
        expect([isStopped, events]).toEqual([false, []]);
        letGo();
        await clock.advance(MINUTE);
        await Promise.all([asked, stopped]);
        expect([...new Set(events.map((event) => event.slice(0, event.indexOf(" "))))]).toEqual(["fired", "cancelled"]);
        expect([job.ongoing, clock.pending]).toEqual([[], 0]);
      });
    },
  );

  test("keeps the stop no longer than that may take, which says that the store has not answered", async () => {
    const { clock, scheduler, hold, job } = heldBench();
    await scheduler.manual("repair", job).start();
    hold();
    void scheduler.trigger("repair");
    const stopped = Promise.allSettled([scheduler.stop()]);
    await clock.advance(30 * SECOND);
    const message = "the store did not answer within 30000 ms after the scheduler was stopped";
    expect(await stopped).toMatchObject([{ reason: { category: "workflow", code: "CANO7039", message } }]);
  });
});
