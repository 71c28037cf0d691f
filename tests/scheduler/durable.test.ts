/** Schedules of durable workflows: a firing that was left behind goes on with its run, and ends as that does. */

import { CanoError } from "cano";
import { type CheckpointStore, MemoryCheckpoints, storeFailed } from "cano/checkpoints";
import { describe, expect, test } from "vitest";
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

/** Makes one; its schedule is due once an hour. */
function processOn(clock: DatedClock, store: MemoryCheckpoints, work: () => Promise<void>): Process {
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
  const { workflow } = durableMachineOf(tasks, { clock, checkpoints: store });
  const bench = benchOf({ clock, checkpoints: store });
  bench.scheduler.cron("bill", workflow, "0 * * * *");
  return { ...bench, store, workflow, worked };
}

/** A process that was gone in the middle of its first run's work, and another one on what it has left behind. */
async function leaveBehind(work: () => Promise<void> = atOnce): Promise<readonly [gone: Process, other: Process]> {
  const clock = new DatedClock(START);
  const gone = processOn(clock, new MemoryCheckpoints(), forEver);
  await gone.scheduler.start();
  await clock.advance(SECOND);
  expect(gone.worked).toEqual([RUN.runId]);
  await gone.store.close();
  return [gone, processOn(clock, new MemoryCheckpoints(gone.store), work)];
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
    expect(await other.workflow.runs.get(RUN.runId)).toMatchObject({ status: "running", resumes: 1 });
    for (const { scheduler } of [gone, other]) await scheduler.stop();
  });

  test.each([
    ["as the stores of cano do", storeFailed("find the run", new Error("the database is down"))],
    ["as others may", new CanoError("checkpoint_store", "the database is down")],
  ])("is tried again where the store fails, %s", async (_, fault) => {
    const [gone, other] = await leaveBehind();
    let isDown = true;
    const { find } = other.store;
    other.store.find = async (run: Parameters<CheckpointStore["find"]>[0]) => {
      if (isDown) throw fault;
      return await find.call(other.store, run);
    };
    await other.scheduler.start();
    await other.clock.advance(MINUTE);
    expect(other.events).toEqual(["adopted 00:00:00"]);
    isDown = false;
    await other.clock.advance(10 * SECOND);
    expect(other.events).toEqual(["adopted 00:00:00", "completed 00:00:00"]);
    for (const { scheduler } of [gone, other]) await scheduler.stop();
  });
});
