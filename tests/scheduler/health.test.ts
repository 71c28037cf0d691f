/** How a scheduler says that it is doing: whether it runs, what is tripped, whether its store can be reached. */

import { MemoryCheckpoints } from "cano/checkpoints";
import { createScheduler } from "cano/scheduler";
import { ManualClock } from "cano/testing";
import { expect, test, vi } from "vitest";

const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
const workflow = (orchestrate: (request?: object) => Promise<unknown>) => ({
  graph: { name: "job" },
  orchestrate,
  start: async () => undefined,
});
const failing = workflow(() => Promise.reject(new Error("no")));

test("it is unhealthy before it is started and once it is stopped", async () => {
  const scheduler = createScheduler({ clock: new ManualClock() });
  scheduler.manual(
    "calm",
    workflow(async () => undefined),
  );
  expect(await scheduler.health()).toEqual({ status: "unhealthy", reason: "the scheduler is not started", schedules: {} });
  await scheduler.start();
  expect(await scheduler.health()).toEqual({ status: "healthy", schedules: { calm: { status: "healthy" } } });
  await scheduler.stop();
  expect(await scheduler.health()).toMatchObject({ status: "unhealthy", reason: "the scheduler is stopped" });
});

test("a schedule that fires no more is degraded by name", async () => {
  const clock = new ManualClock();
  await using scheduler = createScheduler({ clock, log: quiet });
  scheduler
    .manual(
      "calm",
      workflow(async () => undefined),
    )
    .every("hasty", failing, 1_000, { backoff: { trip: 2 } });
  await scheduler.start();
  await clock.advance(10_000);
  expect(await scheduler.health()).toEqual({
    status: "degraded",
    schedules: {
      calm: { status: "healthy" },
      hasty: { status: "degraded", reason: "it fires no more, after 2 failures in a row" },
    },
  });
});

test("a store that failed at the last look is degraded, and one that cannot be reached unhealthy", async () => {
  const clock = new ManualClock();
  const checkpoints = new MemoryCheckpoints();
  await using scheduler = createScheduler({ clock, checkpoints, log: quiet, healthTimeout: 100 });
  await scheduler.start();
  await clock.advance(0);
  expect(await scheduler.health()).toEqual({ status: "healthy", schedules: {}, checkpoints: { status: "healthy" } });
  vi.spyOn(checkpoints.schedules, "changes").mockRejectedValueOnce(new Error("busy"));
  await clock.advance(10_000);
  const failed = { status: "degraded", reason: "the last look into it failed: busy" };
  expect(await scheduler.health()).toEqual({ status: "degraded", schedules: {}, checkpoints: failed });
  await clock.advance(10_000);
  expect(await scheduler.health()).toMatchObject({ status: "healthy" });
  checkpoints.find = () => new Promise(() => undefined);
  const asked = scheduler.health();
  await clock.advance(100);
  expect(await asked).toMatchObject({
    status: "unhealthy",
    checkpoints: { status: "unhealthy", reason: "it did not answer within 100 ms" },
  });
});
