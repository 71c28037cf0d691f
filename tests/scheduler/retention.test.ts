/** Runs of schedules that are not to be kept: forgotten once their firing is settled, and not done again. */

import { undoable } from "cano";
import { MemoryCheckpoints, MemorySchedules, storeFailed } from "cano/checkpoints";
import { describe, expect, test, vi } from "vitest";
import { durableMachineOf } from "../durable/machine.js";
import { atOnce, leaveBehind, type Process, processOn, RUN } from "./durable-process.js";
import { benchOf, DatedClock, MINUTE, SECOND, START } from "./job.js";

describe("a run that is not to be kept", () => {
  test("is forgotten once its firing is settled, and not before", async () => {
    const clock = new DatedClock(START);
    const { scheduler, store, workflow } = processOn(clock, new MemoryCheckpoints(), atOnce, "clear");
    scheduler.cron("bill", workflow, "0 * * * *");
    await scheduler.start();
    const known: unknown[] = [];
    vi.spyOn(store.schedules, "decide").mockImplementation(async (...given) => {
      known.push((await store.find(RUN))?.status);
      return await MemorySchedules.prototype.decide.apply(store.schedules, given);
    });
    await clock.advance(SECOND);
    // When it was settled.
    expect(known).toEqual(["completed"]);
    expect(await store.find(RUN)).toBeUndefined();
    await scheduler.stop();
  });

  test("is forgotten where schedules are not stored, too, and where it was undone", async () => {
    const clock = new DatedClock(START);
    const tasks = {
      hold: { run: async () => undoable("ship" as never, "hold-1"), compensate: async () => undefined },
      ship: { run: () => Promise.reject(new Error("lost")) },
    };
    const { workflow, checkpoints } = durableMachineOf(tasks, { clock, retention: "clear" });
    const { scheduler, events } = benchOf({ clock });
    await scheduler.cron("bill", workflow, "0 * * * *").start();
    await clock.advance(SECOND);
    expect(events).toEqual(["fired 00:00:00", "failed 00:00:00", "backoff 1 until 00:00:01"]);
    expect(await checkpoints.list({ limit: 1 })).toEqual([]);
    await scheduler.stop();
  });

  /** A process that is gone when its run has reached its exit, and before that is settled, and another one; `end` ends the test. */
  async function leaveUnsettled(): Promise<{ readonly other: Process; readonly end: () => Promise<void> }> {
    const clock = new DatedClock(START);
    const gone = processOn(clock, new MemoryCheckpoints(), atOnce, "clear");
    let wake: () => void = () => undefined;
    const append = vi.spyOn(gone.store, "append").mockImplementation(async (...given) => {
      await MemoryCheckpoints.prototype.append.apply(gone.store, given);
      if (given[1].kind === "exit") await new Promise<void>((resolve) => (wake = resolve));
    });
    const other = processOn(clock, gone.store, atOnce, "clear");
    for (const { scheduler, workflow } of [gone, other]) scheduler.cron("bill", workflow, "0 * * * *");
    await gone.scheduler.start();
    await clock.advance(SECOND);
    expect(append.mock.lastCall?.[1].kind).toBe("exit");
    await gone.store.close();
    const end = async (): Promise<void> => {
      wake();
      for (const { scheduler } of [gone, other]) await scheduler.stop();
    };
    return { other, end };
  }

  test("is not done again by who finds its firing left behind at its end", async () => {
    const { other, end } = await leaveUnsettled();
    await other.scheduler.start();
    await other.clock.advance(10 * SECOND);
    expect(other.events).toEqual(["adopted 00:00:00", "completed 00:00:00"]);
    expect(other.worked).toEqual([]);
    expect(await other.store.find(RUN)).toBeUndefined();
    await end();
  });

  test("is not done again where it was resumed before its firing was found", async () => {
    const [gone, other] = await leaveBehind("clear");
    await other.workflow.resumeAll();
    await other.scheduler.start();
    await other.clock.advance(10 * SECOND);
    expect(other.events).toEqual(["adopted 00:00:00", "completed 00:00:00"]);
    expect(other.worked).toEqual([RUN.runId]);
    expect(await other.store.find(RUN)).toBeUndefined();
    for (const { scheduler } of [gone, other]) await scheduler.stop();
  });

  test.each([
    ["looked for it", false],
    ["had found it", true],
  ])("is not done again where its firing was settled, and it was forgotten, while who took that over %s", async (_, isFound) => {
    const { other, end } = await leaveUnsettled();
    const found = isFound ? await other.store.find(RUN) : undefined;
    vi.spyOn(other.store, "find").mockImplementationOnce(async () => {
      await other.store.schedules.decide(["bill"], () => ({ end: { due: START, outcome: "completed", at: START } }));
      await other.store.prune({ runId: RUN.runId, limit: 1 });
      return found;
    });
    await other.scheduler.start();
    await other.clock.advance(MINUTE);
    // It was told of, so its end is, too: who counts what is in progress would else count it for ever.
    expect(other.events).toEqual(["adopted 00:00:00", "completed 00:00:00"]);
    expect(other.worked).toEqual([]);
    await end();
  });

  test("stays until it is pruned, where it cannot be forgotten", async () => {
    const clock = new DatedClock(START);
    const { scheduler, store, workflow, warnings, events } = processOn(clock, new MemoryCheckpoints(), atOnce, "clear");
    vi.spyOn(store, "prune").mockRejectedValueOnce(storeFailed("remove runs", new Error("the database is down")));
    await scheduler.cron("bill", workflow, "0 * * * *").start();
    await clock.advance(SECOND);
    expect(events).toEqual(["fired 00:00:00", "completed 00:00:00"]);
    expect(warnings).toEqual([
      `run \`${RUN.runId}\` stays until it is pruned: the checkpoint store could not remove runs: the database is down`,
    ]);
    expect(await workflow.runs.prune({})).toBe(1);
    await scheduler.stop();
  });
});

test("a run whose end cannot be stored before the scheduler is stopped is kept: who takes its firing up would begin it again", async () => {
  const checkpoints = new MemoryCheckpoints();
  const { clock, job, scheduler } = benchOf({ checkpoints });
  const forgotten: string[] = [];
  Object.assign(job, { forgetFired: async (runId: string) => void forgotten.push(runId) });
  job.behaviour = "goes on";
  await scheduler.manual("repair", job).start();
  const { due } = await scheduler.trigger("repair");
  checkpoints.schedules.decide = async () => await Promise.reject(new Error("the disk is full"));
  await job.end();
  await clock.advance(0);
  await scheduler.stop();
  expect(await checkpoints.schedules.firings("repair", 0, 10)).toMatchObject([{ due, outcome: undefined }]);
  expect(forgotten).toEqual([]);
});
