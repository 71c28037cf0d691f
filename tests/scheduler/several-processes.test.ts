/** Schedules that several processes share: on a store in memory that two store objects share. */

import { CanoError } from "cano";
import { MemoryCheckpoints } from "cano/checkpoints";
import { describe, expect, test } from "vitest";
import { type Bench, benchOf, DatedClock, HOUR, MINUTE, SECOND, START } from "./job.js";

const RATE = { mode: "rate" } as const;

interface Process extends Bench {
  readonly store: MemoryCheckpoints;
}

/** Two processes that share a store and a clock. */
function pair(): readonly [Process, Process] {
  const clock = new DatedClock(START);
  const first = new MemoryCheckpoints();
  const processOn = (store: MemoryCheckpoints): Process => ({ ...benchOf({ clock, checkpoints: store }), store });
  return [processOn(first), processOn(new MemoryCheckpoints(first))];
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

  test("what makes up for the past in one is in nobody's way for the other, and is cancelled there only with all", async () => {
    const [one, two] = pair();
    const asked: string[] = [];
    for (const { scheduler, job } of [one, two]) {
      job.behaviour = "goes on";
      Object.assign(job, { runs: { cancel: async (runId: string) => void asked.push(runId) } });
      await scheduler.cron("report", job, "0 * * * *", { overlap: "cancel" }).start();
    }
    const backfilled = one.scheduler.backfill("report", { from: START - HOUR, to: START - HOUR });
    await one.clock.advance(0);
    const [due, past] = ["report/2026-01-01T00:00:00.000Z", "report/2025-12-31T23:00:00.000Z"];
    await two.scheduler.trigger("report");
    expect(asked).toEqual([due]);
    await two.scheduler.cancel("report");
    expect(asked.slice(1).toSorted()).toEqual([past, due]);
    for (const { scheduler } of [one, two]) await scheduler.stop();
    expect(await backfilled).toMatchObject([{ outcome: "cancelled" }]);
  });

  test("they trigger in one millisecond without getting in each other's way", async () => {
    const [one, two] = pair();
    for (const { scheduler, job } of [one, two]) await scheduler.manual("repair", job, { overlap: { allow: 100 } }).start();
    await Promise.all(Array.from({ length: 40 }, (_, at) => (at % 2 === 0 ? one : two).scheduler.trigger("repair")));
    await one.clock.advance(0);
    expect(new Set([...one.job.dues, ...two.job.dues]).size).toBe(40);
    for (const { scheduler } of [one, two]) await scheduler.stop();
  });

  test("one triggers in the millisecond for which another has fired, and its run has ended", async () => {
    const [one, two] = pair();
    for (const { scheduler, job } of [one, two]) await scheduler.manual("repair", job).start();
    await one.scheduler.trigger("repair");
    await one.clock.advance(0);
    expect(await two.scheduler.trigger("repair")).toMatchObject({ due: START + 1 });
    expect(await two.scheduler.status("repair")).toMatchObject({ fired: 2 });
    for (const { scheduler } of [one, two]) await scheduler.stop();
  });

  test("a run whose firing another has settled, which took this one for gone, counts once", async () => {
    const [one, two] = pair();
    one.job.behaviour = "goes on";
    for (const { scheduler, job } of [one, two]) scheduler.manual("repair", job, { backoff: { trip: 2, jitter: 0 } });
    await one.scheduler.start();
    const { due } = await one.scheduler.trigger("repair");
    await one.clock.advance(0);
    await two.scheduler.start();
    await two.store.schedules.decide(["repair"], (_, { record }) => ({
      ...(record && { record: { ...record, streak: 1, last: { due, outcome: "failed", error: "no luck" } } }),
      end: { due, outcome: "failed", at: START },
    }));
    await one.job.fail();
    expect(one.events).toEqual(["fired 00:00:00", "failed 00:00:00"]);
    expect(await two.scheduler.status("repair")).toMatchObject({ streak: 1, status: "idle", last: { outcome: "failed" } });
    for (const { scheduler } of [one, two]) await scheduler.stop();
  });

  test("a firing that one finds left behind, and another has taken up since, is not taken up a second time", async () => {
    const [one, two] = pair();
    for (const { scheduler, job } of [one, two]) {
      job.behaviour = "goes on";
      await scheduler.manual("repair", job).start();
    }
    const { due, runId } = await one.scheduler.trigger("repair");
    two.store.schedules.orphans = async () => [{ schedule: "repair", due, runId, cause: "trigger", at: START }];
    await one.clock.advance(MINUTE);
    expect(two.events).toEqual([]);
    expect(two.job.requests).toEqual([]);
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

test("a schedule that cannot be decided about keeps no other from being taken up", async () => {
  const gone = new MemoryCheckpoints();
  const { job, scheduler } = benchOf({ checkpoints: gone });
  job.behaviour = "goes on";
  await scheduler.at("broken", job, START).at("repair", job, START).start();
  const store = new MemoryCheckpoints(gone);
  const other = benchOf({ checkpoints: store });
  await other.scheduler.at("broken", other.job, START).at("repair", other.job, START).start();
  await other.clock.advance(0);
  const decide = store.schedules.decide.bind(store.schedules);
  let isBroken = true;
  store.schedules.decide = async (names, decision) => {
    if (isBroken && names.includes("broken")) throw new CanoError("checkpoint_store", "its record cannot be read");
    return await decide(names, decision);
  };
  await gone.close();
  await other.clock.advance(10 * SECOND);
  expect(other.events).toEqual(["adopted 00:00:00", "completed 00:00:00"]);
  const left = "what was left behind of schedule `broken` could not be taken up, and will be tried again";
  expect(other.warnings).toContain(`${left}: its record cannot be read`);
  expect(await other.scheduler.health()).toMatchObject({
    checkpoints: { status: "degraded", reason: "the last look into it failed: its record cannot be read" },
  });
  isBroken = false;
  await other.clock.advance(10 * SECOND);
  expect(other.events.slice(2)).toEqual(["adopted 00:00:00", "completed 00:00:00"]);
  expect(await other.scheduler.health()).toMatchObject({ checkpoints: { status: "healthy" } });
  await other.scheduler.stop();
});
