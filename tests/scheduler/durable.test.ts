/** Schedules of durable workflows: a firing that was left behind goes on with its run, and ends as that does. */

import { CanoError } from "cano";
import { MemoryCheckpoints, storeFailed } from "cano/checkpoints";
import { describe, expect, test, vi } from "vitest";
import { atOnce, forEver, leaveBehind, type Process, processOn, RUN } from "./durable-process.js";
import { DatedClock, HOUR, MINUTE, SECOND, START } from "./job.js";

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

  test("ends with its run that is being undone", async () => {
    const [gone, other] = await leaveBehind();
    const undoing = new MemoryCheckpoints(other.store);
    await undoing.claim(RUN, ["running"], START, { cancel: () => undefined }, "compensating");
    await undoing.close();
    await other.scheduler.start();
    await other.clock.advance(10 * SECOND);
    expect(other.events).toEqual(["adopted 00:00:00", "cancelled 00:00:00"]);
    expect(other.worked).toEqual([]);
    for (const { scheduler } of [gone, other]) await scheduler.stop();
  });

  test("ends with its run, which somebody else drives", async () => {
    const [gone, other] = await leaveBehind();
    const driving = new MemoryCheckpoints(other.store);
    await driving.claim(RUN, ["running"], START, { cancel: () => undefined });
    await other.scheduler.start();
    await other.clock.advance(10 * SECOND);
    expect(other.events).toEqual(["adopted 00:00:00"]);
    await driving.close();
    await other.clock.advance(MINUTE);
    expect(other.events).toEqual(["adopted 00:00:00", "completed 00:00:00"]);
    expect(other.worked).toEqual([RUN.runId]);
    for (const { scheduler } of [gone, other]) await scheduler.stop();
  });

  test("is begun where its run was not", async () => {
    const [gone, other] = await leaveBehind();
    const begin = { schedule: "unbegun", due: START, cause: "due", runId: "unbegun/1", at: START } as const;
    const third = new MemoryCheckpoints(other.store);
    await other.scheduler.manual("unbegun", other.workflow).start();
    await third.schedules.decide(["unbegun"], () => ({ begin }));
    await third.close();
    await other.clock.advance(20 * SECOND);
    expect(other.worked).toContain("unbegun/1");
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

test.each(["run_conflict", "checkpoint_store"] as const)(
  "a run that ends with a %s of a run inside of it has failed, and the schedule goes on",
  async (category) => {
    const inner = new CanoError(category, "the run inside", { code: "CANO7021", state: "x", path: ["x"], runId: "inner" });
    const { scheduler, workflow, clock, events } = processOn(new DatedClock(START), new MemoryCheckpoints(), () =>
      Promise.reject(inner),
    );
    scheduler.cron("bill", workflow, "0 * * * *", { until: new Date(START + HOUR) });
    await scheduler.start();
    await clock.advance(2 * HOUR);
    expect(events.filter((event) => !event.startsWith("backoff"))).toEqual([
      "fired 00:00:00",
      "failed 00:00:00",
      "fired 01:00:00",
      "failed 01:00:00",
    ]);
    await scheduler.stop();
    expect(clock.pending).toBe(0);
  },
);

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
