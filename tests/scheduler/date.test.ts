/** What becomes of schedules when the date is set back. What it skips when it is set forward is `misfire.test.ts`. */

import { MemoryCheckpoints } from "cano/checkpoints";
import { describe, expect, test, vi } from "vitest";
import { benchOf, DAY, HOUR, MINUTE, SECOND, START } from "./job.js";

describe("a date that goes back", () => {
  test("does not stop an interval", async () => {
    const { clock, job, scheduler, warnings } = benchOf();
    await scheduler.every("delay", job, HOUR).every("rate", job, HOUR, { mode: "rate" }).start();
    await clock.advance(30 * MINUTE);
    clock.setDate(-DAY);
    await clock.advance(3 * HOUR);
    // It is noticed within a minute.
    expect(job.begun.filter((time) => time > 0)).toHaveLength(4);
    expect(warnings).toEqual(["the date has gone back: what is due in intervals is counted from now on"]);
    await scheduler.stop();
  });

  test("does not stop a fixed delay that is due when it has fired before", async () => {
    const { clock, job, scheduler } = benchOf({ checkpoints: new MemoryCheckpoints() });
    await scheduler.every("poll", job, MINUTE).start();
    await clock.advance(MINUTE);
    // It is noticed with the next look into the store, ten seconds later: at 00:00:00 again.
    clock.setDate(-70 * SECOND);
    await clock.advance(5 * MINUTE);
    expect(job.begun.slice(0, 2)).toEqual([0, MINUTE]);
    expect(job.dues.slice(1, 4)).toEqual(["01", "02", "03"].map((minute) => `2026-01-01T00:${minute}:00.000Z`));
    // What it had fired for before is not counted again.
    expect(await scheduler.status("poll")).toMatchObject({ fired: job.requests.length });
    await scheduler.stop();
  });

  test.each(["delay", "rate"] as const)("does not have an interval fire before it is to begin (%s)", async (mode) => {
    const { clock, job, scheduler } = benchOf();
    await scheduler.every("poll", job, HOUR, { mode, from: START + DAY }).start();
    await clock.advance(30 * MINUTE);
    clock.setDate(-10 * HOUR);
    await clock.advance(36 * HOUR);
    expect(job.dues.slice(0, 2)).toEqual(["2026-01-02T00:00:00.000Z", "2026-01-02T01:00:00.000Z"]);
    await scheduler.stop();
  });

  test.each(["delay", "rate"] as const)(
    "does not stop an interval where it went back while no process was there (%s)",
    async (mode) => {
      const kept = new MemoryCheckpoints();
      const before = benchOf({ checkpoints: kept });
      await before.scheduler.every("poll", before.job, HOUR, { mode }).start();
      await before.clock.advance(30 * MINUTE);
      await before.scheduler.stop();
      const { clock, job, scheduler } = benchOf({ checkpoints: kept }, START - DAY);
      await scheduler.every("poll", job, HOUR, { mode }).start();
      await clock.advance(3 * HOUR);
      expect(job.begun).toEqual([HOUR, 2 * HOUR, 3 * HOUR]);
      await scheduler.stop();
    },
  );

  test("leaves an interval as it is where clocks of processes differ", async () => {
    const kept = new MemoryCheckpoints();
    const before = benchOf({ checkpoints: kept });
    await before.scheduler.every("poll", before.job, HOUR, { mode: "rate" }).start();
    await before.scheduler.stop();
    const { clock, job, scheduler } = benchOf({ checkpoints: kept }, START - 30 * SECOND);
    await scheduler.every("poll", job, HOUR, { mode: "rate" }).start();
    await clock.advance(HOUR + 30 * SECOND);
    expect(job.dues).toEqual(["2026-01-01T01:00:00.000Z"]);
    await scheduler.stop();
  });

  test.each(["delay", "rate"] as const)("does not lengthen a back-off (%s)", async (mode) => {
    const { clock, job, scheduler } = benchOf();
    job.behaviour = "fails";
    await scheduler.every("poll", job, 10 * SECOND, { mode, backoff: { base: MINUTE, jitter: 0 } }).start();
    await clock.advance(SECOND);
    clock.setDate(-HOUR);
    job.behaviour = "ends";
    await clock.advance(3 * MINUTE);
    expect(await scheduler.status("poll")).toMatchObject({ status: "completed", streak: 0, eligible: undefined });
    await scheduler.stop();
  });

  test("does not keep a process from hearing of others", async () => {
    const kept = new MemoryCheckpoints();
    const { clock, job, scheduler } = benchOf({ checkpoints: kept });
    await scheduler.every("poll", job, DAY).start();
    await clock.advance(SECOND);
    clock.setDate(-HOUR);
    const looks = vi.spyOn(kept.schedules, "changes");
    await clock.advance(2 * MINUTE);
    // It is noticed within a minute, and there is a look every ten seconds.
    expect(looks.mock.calls.length).toBeGreaterThanOrEqual(6);
    await scheduler.stop();
  });

  test("fires no time of a cron expression again", async () => {
    const { clock, job, scheduler } = benchOf();
    await scheduler.cron("report", job, "0 * * * *").start();
    await clock.advance(150 * MINUTE);
    expect(job.dues).toHaveLength(3);
    clock.setDate(-2 * HOUR);
    await clock.advance(3 * HOUR);
    expect(job.dues).toEqual(["00", "01", "02", "03"].map((hour) => `2026-01-01T${hour}:00:00.000Z`));
    await scheduler.stop();
  });

  test("by less than a second is an adjustment", async () => {
    const { clock, job, scheduler, warnings } = benchOf();
    await scheduler.every("poll", job, HOUR, { mode: "rate" }).start();
    clock.setDate(-900);
    await clock.advance(HOUR + 900);
    expect(job.begun).toEqual([0, HOUR + 900]);
    expect(warnings).toEqual([]);
    await scheduler.stop();
  });
});
