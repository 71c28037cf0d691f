/** What becomes of a due time that comes while a run is in progress. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { benchOf, HOUR, MINUTE, SECOND } from "./job.js";

const RATE = { mode: "rate" } as const;

describe("skip", () => {
  test("is the default: due times that come meanwhile are passed over", async () => {
    const { clock, job, scheduler, events } = benchOf();
    job.behaviour = "goes on";
    await scheduler.every("poll", job, MINUTE, RATE).start();
    await clock.advance(2 * MINUTE);
    expect(events).toEqual(["fired 00:00:00", "skipped 00:01:00 running", "skipped 00:02:00 running"]);
    await job.end();
    await clock.advance(MINUTE);
    expect(events.slice(3)).toEqual(["completed 00:00:00", "fired 00:03:00"]);
    expect(await scheduler.status("poll")).toMatchObject({ fired: 2, skipped: 2, status: "running" });
    await scheduler.stop();
  });
});

describe("queue", () => {
  test("the oldest due time waits for the run to end, others are skipped", async () => {
    const { clock, job, scheduler, events } = benchOf();
    job.behaviour = "goes on";
    await scheduler.every("poll", job, MINUTE, { ...RATE, overlap: "queue" }).start();
    await clock.advance(150 * SECOND);
    expect((await scheduler.status("poll")).waiting).toBe(clock.epoch() - 90 * SECOND);
    await job.end();
    expect(events).toEqual(["fired 00:00:00", "skipped 00:02:00 running", "completed 00:00:00", "fired 00:01:00"]);
    expect((await scheduler.status("poll")).waiting).toBeUndefined();
    await scheduler.stop();
  });

  test("a fixed delay counts from the end of what had waited", async () => {
    const { clock, job, scheduler } = benchOf();
    job.behaviour = "goes on";
    await scheduler.every("poll", job, MINUTE, { overlap: "queue" }).start();
    await clock.advance(0);
    await scheduler.trigger("poll");
    await job.end();
    await clock.advance(5 * MINUTE);
    await job.end();
    expect(job.begun).toEqual([0, 0]);
    expect(await scheduler.next("poll")).toEqual([clock.epoch() + MINUTE]);
    await scheduler.stop();
  });

  test("what waits does not fire once the schedule is paused", async () => {
    const { clock, job, scheduler, events } = benchOf();
    job.behaviour = "goes on";
    await scheduler.every("poll", job, MINUTE, { ...RATE, overlap: "queue" }).start();
    await clock.advance(MINUTE);
    await scheduler.pause("poll");
    await job.end();
    expect(events).toEqual(["fired 00:00:00", "completed 00:00:00", "skipped 00:01:00 paused"]);
    expect(await scheduler.status("poll")).toMatchObject({ skipped: 1, waiting: undefined });
    await scheduler.stop();
  });

  test("what waits does not fire in the back-off after a failure", async () => {
    const { clock, job, scheduler, events } = benchOf();
    job.behaviour = "goes on";
    await scheduler.every("poll", job, MINUTE, { ...RATE, overlap: "queue" }).start();
    await clock.advance(MINUTE);
    await job.fail();
    expect(events).toEqual(["fired 00:00:00", "failed 00:00:00", "backoff 1 until 00:01:01", "skipped 00:01:00 backoff"]);
    await scheduler.stop();
  });

  test("what waits does not fire after the failure that was one too many", async () => {
    const { clock, job, scheduler, events } = benchOf();
    job.behaviour = "goes on";
    await scheduler.every("poll", job, MINUTE, { ...RATE, overlap: "queue", backoff: { trip: 1 } }).start();
    await clock.advance(MINUTE);
    await job.fail();
    expect(events.slice(1)).toEqual(["failed 00:00:00", "tripped 1 no luck", "skipped 00:01:00 tripped"]);
    await scheduler.stop();
  });
});

describe("cancel", () => {
  test("the run is cancelled, and the due time fires when it has ended", async () => {
    const { clock, job, scheduler, events } = benchOf();
    job.behaviour = "goes on";
    await scheduler.every("poll", job, MINUTE, { ...RATE, overlap: "cancel" }).start();
    await clock.advance(2 * MINUTE);
    expect(events).toEqual(["fired 00:00:00", "cancelled 00:00:00", "fired 00:01:00", "cancelled 00:01:00", "fired 00:02:00"]);
    await scheduler.stop();
  });

  test("of several due times that wait for a run that is slow to end, the newest fires", async () => {
    const { clock, job, scheduler, events } = benchOf();
    job.behaviour = "goes on";
    job.heeds = false;
    await scheduler.every("poll", job, MINUTE, { ...RATE, overlap: "cancel" }).start();
    await clock.advance(3 * MINUTE);
    await job.end();
    expect(events).toEqual([
      "fired 00:00:00",
      "skipped 00:01:00 running",
      "skipped 00:02:00 running",
      "completed 00:00:00",
      "fired 00:03:00",
    ]);
    expect((await scheduler.status("poll")).skipped).toBe(2);
    job.heeds = true;
    await job.end();
    await scheduler.stop();
  });
});

describe("allow", () => {
  test("so many runs at once, and no more", async () => {
    const { clock, job, scheduler, events } = benchOf();
    job.behaviour = "goes on";
    await scheduler.every("poll", job, MINUTE, { ...RATE, overlap: { allow: 2 } }).start();
    await clock.advance(2 * MINUTE);
    expect(events).toEqual(["fired 00:00:00", "fired 00:01:00", "skipped 00:02:00 running"]);
    expect((await scheduler.status("poll")).running).toHaveLength(2);
    await job.end();
    await clock.advance(MINUTE);
    expect(events.slice(3)).toEqual(["completed 00:00:00", "fired 00:03:00"]);
    await scheduler.stop();
  });

  test("a fixed delay counts from the end of the last of them", async () => {
    const { clock, job, scheduler } = benchOf();
    job.behaviour = "goes on";
    await scheduler.every("poll", job, HOUR, { overlap: { allow: 2 } }).start();
    await scheduler.trigger("poll");
    await clock.advance(MINUTE);
    await job.end();
    expect((await scheduler.status("poll")).next).toBeUndefined();
    await clock.advance(MINUTE);
    await job.end();
    expect((await scheduler.status("poll")).next).toBe(clock.epoch() + HOUR);
    await scheduler.stop();
  });
});

test.each(["skip", "queue", "cancel"] as const)(
  "`catchUp` goes on one after the other where the others are within the grace, with the overlap %s",
  async (overlap) => {
    const { clock, job, scheduler, events } = benchOf();
    job.behaviour = "goes on";
    await scheduler.every("poll", job, 30 * SECOND, { mode: "rate", misfire: { catchUp: 3 }, overlap }).start();
    await clock.advance(0);
    await job.end();
    clock.setDate(10 * HOUR + 10 * SECOND);
    await clock.advance(30 * SECOND);
    await job.end();
    await job.end();
    await job.end();
    expect(events.slice(2)).toEqual([
      "missed 00:00:30 to 09:59:30",
      "fired 09:59:30",
      "completed 09:59:30",
      "fired 10:00:00",
      "completed 10:00:00",
      "fired 10:00:30",
      "completed 10:00:30",
    ]);
    await scheduler.stop();
  },
);

test("whatever the runs do, there are never more than may be, and each due time is accounted for", async () => {
  const overlap = fc.oneof(
    fc.constantFrom("skip" as const, "queue" as const, "cancel" as const),
    fc.record({ allow: fc.integer({ min: 2, max: 4 }) }),
  );
  const step = fc.constantFrom("minute", "end", "fail", "trigger", "pause", "unpause", "cancel", "reset");
  await fc.assert(
    fc.asyncProperty(overlap, fc.array(step, { maxLength: 60 }), async (policy, steps) => {
      const { clock, job, scheduler, events } = benchOf();
      job.behaviour = "goes on";
      const limit = typeof policy === "object" ? policy.allow : 1;
      await scheduler.every("poll", job, MINUTE, { ...RATE, overlap: policy, misfire: { catchUp: 3 } }).start();
      for (const what of steps) {
        if (what === "minute") await clock.advance(MINUTE);
        else if (what === "end") await job.end();
        else if (what === "fail") await job.fail();
        else if (what === "trigger") await scheduler.trigger("poll").catch(() => undefined);
        else await scheduler[what]("poll");
        await clock.advance(0);
        expect(job.ongoing.length).toBeLessThanOrEqual(limit);
        expect((await scheduler.status("poll")).running).toHaveLength(job.ongoing.length);
      }
      expect(new Set(job.dues).size).toBe(job.dues.length);
      const status = await scheduler.status("poll");
      expect(status.fired).toBe(job.requests.length);
      expect(events.filter((event) => event.startsWith("fired"))).toHaveLength(status.fired);
      expect(events.filter((event) => event.startsWith("skipped"))).toHaveLength(status.skipped);
      await scheduler.stop();
      expect(clock.pending).toBe(0);
    }),
    { numRuns: 200 },
  );
});
