/** Schedules of durable workflows: a firing that was left behind goes on with its run, and ends as that does. */

import { CanoError, undoable } from "cano";
import { MemoryCheckpoints, MemorySchedules, storeFailed } from "cano/checkpoints";
import { describe, expect, test, vi } from "vitest";
import { durableMachineOf } from "../durable/machine.js";
import { type Bench, benchOf, DatedClock, HOUR, MINUTE, SECOND, START } from "./job.js";

const RUN = { workflow: "test", runId: "bill/2026-01-01T00:00:00.000Z" };

/** A process with a durable workflow, the work of which its second state does. */
interface Process extends Bench {
  readonly store: MemoryCheckpoints;
  readonly workflow: ReturnType<typeof durableMachineOf>["workflow"];
  /** The ids of the runs whose work it has begun. */
  readonly worked: string[];
}

const atOnce = async (): Promise<void> => undefined;
const forEver = (): Promise<void> => new Promise(() => undefined);

/** Makes one, on a store object of its own. */
function processOn(
  clock: DatedClock,
  other: MemoryCheckpoints,
  work: () => Promise<void>,
  retention: "keep" | "clear" = "keep",
): Process {
  const store = new MemoryCheckpoints(other);
  const worked: string[] = [];
  const pay = async (runId: string): Promise<string> => {
    worked.push(runId);
    await work();
    return "done";
  };
  const tasks = {
    prepare: { run: () => ["pay", { euros: 1 }] },
    pay: { run: (_: unknown, { runId }: { readonly runId: string }) => pay(runId) },
  };
  const { workflow } = durableMachineOf(tasks, { clock, checkpoints: store, retention });
  return { ...benchOf({ clock, checkpoints: store }), store, workflow, worked };
}

/** A process that was gone in the middle of its first run's work, and another one on what it has left behind. */
async function leaveBehind(retention?: "clear"): Promise<readonly [gone: Process, other: Process]> {
  const clock = new DatedClock(START);
  const gone = processOn(clock, new MemoryCheckpoints(), forEver, retention);
  const other = processOn(clock, gone.store, atOnce, retention);
  for (const { scheduler, workflow } of [gone, other]) scheduler.cron("bill", workflow, "0 * * * *");
  await gone.scheduler.start();
  await clock.advance(SECOND);
  expect(gone.worked).toEqual([RUN.runId]);
  await gone.store.close();
  return [gone, other];
}

describe("a firing that was left behind", () => {
  test("goes on with its run", async () => {
    const [gone, other] = await leaveBehind();
    await other.scheduler.start();
    await other.clock.advance(10 * SECOND);
    expect(other.events).toEqual(["adopted 00:00:00", "completed 00:00:00"]);
    expect(other.worked).toEqual([RUN.runId]);
    expect(await other.workflow.runs.get(RUN.runId)).toMatchObject({ status: "completed", resumes: 1 });
    for (const { scheduler } of [gone, other]) await scheduler.stop();
  });

  test("fails where the log of its run cannot be read, and the schedule goes on", async () => {
    const [gone, other] = await leaveBehind();
    const { rows } = (await other.store.load(RUN)) ?? { rows: [] };
    Object.assign(rows[1] ?? {}, { payload: "{" });
    await other.scheduler.start();
    await other.clock.advance(HOUR);
    expect(other.events).toEqual([
      "adopted 00:00:00",
      "failed 00:00:00",
      "backoff 1 until 00:00:02",
      "fired 01:00:00",
      "completed 01:00:00",
    ]);
    expect(await other.workflow.runs.get(RUN.runId)).toMatchObject({ status: "running" });
    for (const { scheduler } of [gone, other]) await scheduler.stop();
  });

  test.each([
    ["as the stores of cano do", storeFailed("find the run", new Error("the database is down"))],
    ["as others may", new CanoError("checkpoint_store", "the database is down")],
  ])("is tried again where the store fails, %s", async (_, fault) => {
    const [gone, other] = await leaveBehind();
    const find = vi.spyOn(other.store, "find").mockRejectedValue(fault);
    await other.scheduler.start();
    await other.clock.advance(MINUTE);
    expect(other.events).toEqual(["adopted 00:00:00"]);
    find.mockRestore();
    await other.clock.advance(10 * SECOND);
    expect(other.events).toEqual(["adopted 00:00:00", "completed 00:00:00"]);
    for (const { scheduler } of [gone, other]) await scheduler.stop();
  });
});

describe("a firing of another process that has no run yet", () => {
  /** Two processes, the first of which is asked for a run, and waits to be told what its request is. */
  async function askForRun(): Promise<{
    readonly pair: readonly [Process, Process];
    readonly tell: (request: object | Error) => void;
  }> {
    const clock = new DatedClock(START);
    const one = processOn(clock, new MemoryCheckpoints(), forEver);
    const two = processOn(clock, one.store, atOnce);
    let tell: (request: object | Error) => void = () => undefined;
    const request = async (): Promise<object> => {
      const told = await new Promise<object | Error>((resolve) => (tell = resolve));
      if (told instanceof Error) throw told;
      return told;
    };
    one.scheduler.manual("bill", one.workflow, { overlap: "cancel", request });
    two.scheduler.manual("bill", two.workflow, { overlap: "cancel" });
    for (const { scheduler } of [one, two]) await scheduler.start();
    expect(await one.scheduler.trigger("bill")).toMatchObject({ runId: RUN.runId });
    return { pair: [one, two], tell: (told) => tell(told) };
  }

  test("is cancelled once it has one", async () => {
    const { pair, tell } = await askForRun();
    const [one, two] = pair;
    const { due } = await two.scheduler.trigger("bill");
    expect(await two.scheduler.status("bill")).toMatchObject({ waiting: due, running: [RUN.runId] });
    await one.clock.advance(MINUTE);
    tell({});
    await one.clock.advance(5 * SECOND);
    expect(await one.workflow.runs.get(RUN.runId)).toMatchObject({ status: "cancelled" });
    expect(one.events.slice(0, 3)).toEqual(["fired 00:00:00", "cancelled 00:00:00", "fired 00:00:00.001"]);
    // The request of the second run is made, too, before it can be cancelled.
    tell({});
    for (const { scheduler } of pair) await scheduler.stop();
  });

  test("is left alone once it has ended without one", async () => {
    const { pair, tell } = await askForRun();
    const [one, two] = pair;
    await two.scheduler.cancel("bill");
    tell(new Error("no calendar"));
    await one.clock.advance(MINUTE);
    expect(one.events).toEqual(["fired 00:00:00", "failed 00:00:00", "backoff 1 until 00:00:01"]);
    const asked = vi.spyOn(two.store, "find");
    await one.clock.advance(MINUTE);
    expect(asked).not.toHaveBeenCalled();
    for (const { scheduler } of pair) await scheduler.stop();
  });

  test("is asked again where the store fails", async () => {
    const { pair, tell } = await askForRun();
    const [one, two] = pair;
    await two.scheduler.cancel("bill");
    vi.spyOn(two.store, "find").mockRejectedValueOnce(storeFailed("find the run", new Error("the database is down")));
    tell({});
    await one.clock.advance(5 * SECOND);
    expect(one.events).toEqual(["fired 00:00:00"]);
    expect(two.warnings).toEqual([
      `run \`${RUN.runId}\` could not be cancelled, and will be asked again: the checkpoint store could not find the run: the database is down`,
    ]);
    await one.clock.advance(5 * SECOND);
    expect(one.events).toEqual(["fired 00:00:00", "cancelled 00:00:00"]);
    for (const { scheduler } of pair) await scheduler.stop();
    expect(one.clock.pending).toBe(0);
  });

  test("is not asked any more once the scheduler is stopped", async () => {
    const { pair, tell } = await askForRun();
    const [one, two] = pair;
    await two.scheduler.cancel("bill");
    await two.scheduler.stop();
    tell({});
    await one.clock.advance(MINUTE);
    expect(one.events).toEqual(["fired 00:00:00"]);
    await one.scheduler.stop();
    expect(one.clock.pending).toBe(0);
  });
});

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
    expect(other.events).toEqual(["adopted 00:00:00"]);
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
