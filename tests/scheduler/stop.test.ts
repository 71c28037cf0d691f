/** How a scheduler is stopped: what becomes of runs in progress, how long that may take, and what comes after. */

import { isCanoError } from "cano";
import { MemoryCheckpoints } from "cano/checkpoints";
import { createScheduler } from "cano/scheduler";
import { describe, expect, test } from "vitest";
import { thrownBy } from "../runtime/thrown-by.js";
import { benchOf, DatedClock, DAY, HOUR, Job, MINUTE, SECOND, START } from "./job.js";

describe("the stop", () => {
  test("cancels what is in progress, and leaves nothing behind", async () => {
    const { clock, job, scheduler, events } = benchOf();
    job.behaviour = "goes on";
    await scheduler.every("poll", job, HOUR).cron("report", job, "@yearly").start();
    await clock.advance(0);
    await scheduler.stop();
    expect(events).toContain("cancelled 00:00:00");
    expect(clock.pending).toBe(0);
    await clock.advance(DAY);
    expect(job.requests).toHaveLength(2);
  });

  test("waits for runs to finish, where that is asked, and then cancels them", async () => {
    const { clock, job, scheduler, events } = benchOf({ stopTimeout: MINUTE });
    job.behaviour = "goes on";
    await scheduler.manual("a", job).manual("b", job).start();
    await scheduler.trigger("a");
    await scheduler.trigger("b");
    const stopped = scheduler.stop({ running: "finish" });
    await clock.advance(30 * SECOND);
    await job.end();
    expect(events.slice(2)).toEqual(["completed 00:00:00"]);
    await clock.advance(30 * SECOND);
    await stopped;
    expect(events.slice(3)).toEqual(["cancelled 00:00:00"]);
    expect(clock.pending).toBe(0);
  });

  test("is bounded, and every call has the same result", async () => {
    const { clock, job, scheduler } = benchOf({ stopTimeout: MINUTE });
    job.behaviour = "goes on";
    job.heeds = false;
    await scheduler.every("poll", job, HOUR).start();
    await clock.advance(0);
    const results = [scheduler.stop(), scheduler.stop({ running: "finish" }), scheduler[Symbol.asyncDispose]()];
    const errors = Promise.allSettled(results);
    await clock.advance(MINUTE);
    const reasons = (await errors).map((result) => (result.status === "rejected" ? (result.reason as unknown) : undefined));
    expect(reasons[0]).toMatchObject({
      category: "workflow",
      code: "CANO7039",
      limit: MINUTE,
      message: "runs of `poll` did not end within 60000 ms after the scheduler was stopped",
    });
    expect(reasons[1]).toBe(reasons[0]);
    expect(reasons[2]).toBe(reasons[0]);
  });

  test("refuses whatever comes after it", async () => {
    const { job, scheduler } = benchOf();
    await scheduler.manual("repair", job).start();
    await scheduler.stop();
    await scheduler.stop();
    for (const call of ["trigger", "pause", "unpause", "cancel", "reset"] as const)
      await expect(scheduler[call]("repair")).rejects.toMatchObject({ code: "CANO7037", message: "the scheduler is stopped" });
    await expect(scheduler.start()).rejects.toMatchObject({ code: "CANO7037" });
    expect(
      isCanoError(
        thrownBy(() => scheduler.manual("another", job)),
        "workflow",
      ),
    ).toBe(true);
  });

  test("before the start has nothing to do; during it, waits for it", async () => {
    const idle = benchOf();
    await idle.scheduler.stop();
    const { job, scheduler, clock } = benchOf();
    const started = scheduler.every("poll", job, HOUR).start();
    const stopped = scheduler.stop();
    await started;
    await stopped;
    await clock.advance(HOUR);
    expect(job.ongoing).toEqual([]);
  });

  test("during a start that hangs is bounded, too, and nothing fires where that ends after all", async () => {
    const { job, scheduler, clock } = benchOf({ stopTimeout: MINUTE });
    let setUp = (): void => undefined;
    job.start = () => new Promise((resolve) => (setUp = resolve));
    const started = scheduler.every("poll", job, HOUR).start();
    const stopped = scheduler.stop();
    const results = Promise.allSettled([started, stopped]);
    await clock.advance(MINUTE);
    await expect(stopped).rejects.toMatchObject({
      code: "CANO7039",
      message: "the scheduler was being started, which did not end within 60000 ms after it was stopped",
    });
    setUp();
    await results;
    await expect(started).rejects.toMatchObject({ code: "CANO7037", message: "the scheduler is stopped" });
    await clock.advance(HOUR);
    expect([job.requests, clock.pending]).toEqual([[], 0]);
  });

  describe("leaves what waits for a run to the next process", () => {
    const ASLEEP = 20 * SECOND;

    /** A process that is stopped after so many minutes, while its first run of every minute goes on, and one that is started `later`. */
    async function restarted(misfire: "skip" | { catchUp: number }, minutes: number, later: number) {
      const kept = new MemoryCheckpoints();
      const one = benchOf({ checkpoints: kept });
      one.job.behaviour = "goes on";
      const options = { mode: "rate", overlap: "queue", misfire, from: START } as const;
      await one.scheduler.every("poll", one.job, MINUTE, options).start();
      await one.clock.advance(minutes * MINUTE + SECOND);
      await one.scheduler.stop();
      const two = benchOf({ checkpoints: kept }, one.clock.epoch() + later);
      await two.scheduler.every("poll", two.job, MINUTE, options).start();
      await two.clock.advance(2 * MINUTE);
      const status = await two.scheduler.status("poll");
      await two.scheduler.stop();
      return { ...two, status };
    }

    test("which fires it, and nothing that was skipped meanwhile", async () => {
      const { events, status } = await restarted({ catchUp: 10 }, 4, ASLEEP);
      const fired = events.filter((event) => event.startsWith("fired"));
      expect(fired).toEqual(["fired 00:01:00", "fired 00:05:00", "fired 00:06:00"]);
      expect(status).toMatchObject({ fired: 4, skipped: 3, waiting: undefined });
    });

    test("which passes over it where it is late and `misfire` says so", async () => {
      expect((await restarted("skip", 1, ASLEEP)).events[0]).toBe("fired 00:01:00");
      const { events, warnings, status } = await restarted("skip", 1, 10 * MINUTE);
      expect(events.slice(0, 3)).toEqual(["missed 00:01:00 to 00:02:00", "missed 00:02:00 to 00:11:00", "fired 00:11:00"]);
      expect(warnings[0]).toBe("schedule `poll` has missed 2026-01-01T00:01:00.000Z, and all before 2026-01-01T00:02:00.000Z");
      expect(status).toMatchObject({ skipped: 0, waiting: undefined });
    });

    test("which fires what somebody has asked for however late, and counts its intervals as before", async () => {
      const kept = new MemoryCheckpoints();
      const one = benchOf({ checkpoints: kept });
      one.job.behaviour = "goes on";
      const options = { mode: "rate", overlap: "queue", from: START } as const;
      await one.scheduler.every("poll", one.job, HOUR, options).start();
      await one.clock.advance(17 * MINUTE);
      await one.scheduler.trigger("poll");
      await one.scheduler.stop();
      const two = benchOf({ checkpoints: kept }, START + 30 * MINUTE);
      await two.scheduler.every("poll", two.job, HOUR, options).start();
      await two.clock.advance(2 * HOUR);
      expect(two.job.dues.map((due) => due.slice(11, 16))).toEqual(["00:17", "01:00", "02:00"]);
      expect(await kept.schedules.firings("poll", START, 1)).toMatchObject([{ cause: "trigger", outcome: "completed" }]);
      await two.scheduler.stop();
    });
  });

  test("comes with the end of the block", async () => {
    const clock = new DatedClock(START);
    const job = new Job(clock);
    {
      await using scheduler = createScheduler({ clock });
      await scheduler.every("poll", job, HOUR).start();
      await clock.advance(0);
    }
    expect(clock.pending).toBe(0);
    expect(job.requests).toHaveLength(1);
  });
});
