/** Two drivers of one run: exactly one goes on, the other stops with `run_conflict`, leaves no trace and undoes nothing. */

import { type Context, undoable } from "cano";
import { MemoryCheckpoints } from "cano/checkpoints";
import { sqliteCheckpoints } from "cano/checkpoints/sqlite";
import { ManualClock } from "cano/testing";
import { describe, expect, test } from "vitest";
import { until } from "../checkpoint/places.js";
import { freshFile } from "../support/databases.js";
import { type DurableStep, durableMachineOf, reopened, toldBy } from "./machine.js";

/** A gate that tasks wait at until it is opened. */
class Gate {
  open!: () => void;
  readonly passed: Promise<void> = new Promise((resolve) => (this.open = resolve));
}

function tasksOf(log: string[], gate: Gate): Readonly<Record<string, DurableStep>> {
  return {
    hold: {
      run: async () => undoable("work" as never, "hold"),
      compensate: async () => void log.push("undo hold"),
    },
    work: {
      run: async () => {
        await gate.passed;
        log.push("work");
        return "after";
      },
    },
    after: { run: async () => (log.push("after"), ["done", "well"]) },
  };
}

test.each(["begun", "resumed"])("a run in progress, %s, is refused to others", async (how) => {
  const gate = new Gate();
  const tasks = tasksOf([], gate);
  let checkpoints = new MemoryCheckpoints();
  let first = durableMachineOf(tasks, { checkpoints });
  let run = first.workflow.orchestrate({ runId: "run-1" });
  await first.clock.advance(0);
  if (how === "resumed") {
    run.catch(() => undefined);
    checkpoints = await reopened(checkpoints);
    first = durableMachineOf(tasks, { checkpoints });
    run = first.workflow.resume("run-1");
    await first.clock.advance(0);
  }
  const second = durableMachineOf(tasks, { checkpoints: new MemoryCheckpoints(checkpoints) });
  const log = await second.workflow.runs.history("run-1");
  for (const { workflow } of [first, second]) {
    await expect(workflow.orchestrate({ runId: "run-1" })).rejects.toMatchObject({ category: "run_conflict", runId: "run-1" });
    await expect(workflow.resume("run-1")).rejects.toMatchObject({ category: "run_conflict" });
    await expect(workflow.compensate("run-1")).rejects.toMatchObject({ category: "run_conflict" });
  }
  expect(await second.workflow.runs.history("run-1"), "no trace").toEqual(log);
  gate.open();
  expect(await run).toEqual({ state: "done", output: "well" });
});

describe("a driver that was taken for dead", () => {
  test("stops when it comes to its next row, and undoes nothing", async () => {
    const log: string[] = [];
    const gates = [new Gate(), new Gate()] as const;
    const slow = durableMachineOf(tasksOf(log, gates[0]));
    const lost = slow.workflow.orchestrate({ runId: "run-1" });
    await slow.clock.advance(0);
    // Its store object lives on, as a process does that was only asleep.
    const taken = new MemoryCheckpoints(slow.checkpoints as MemoryCheckpoints);
    await asleep(slow.checkpoints as MemoryCheckpoints);
    const quick = durableMachineOf(tasksOf(log, gates[1]), { checkpoints: taken });
    const won = quick.workflow.resume("run-1");
    await quick.clock.advance(0);
    gates[0].open();
    expect(await toldBy(slow.clock, lost)).toBe("run_conflict: run `run-1` of workflow `test` was taken over by somebody else");
    gates[1].open();
    expect(await won).toEqual({ state: "done", output: "well" });
    expect(log).toEqual(["work", "work", "after"]);
  });

  test("hears of it while it waits, and what it waits for comes about once", async () => {
    const log: string[] = [];
    const file = freshFile();
    const [clock, awake] = [new ManualClock(), new ManualClock()];
    let slept = 0;
    const asleep = { now: () => clock.now(), epoch: () => clock.epoch() + slept, schedule: clock.schedule.bind(clock) };
    await using checkpoints = sqliteCheckpoints({ path: file, clock: asleep });
    await using others = sqliteCheckpoints({ path: file, clock: awake });
    const tasks = (who: string): Readonly<Record<string, DurableStep>> => ({
      hold: { run: async () => undoable("wait" as never, "hold"), compensate: async () => void log.push("undo hold") },
      wait: { run: async (_: unknown, { sleep }: Context) => (await sleep(100_000), log.push(who), "done") },
    });
    const lost = durableMachineOf(tasks("first"), { clock, checkpoints }).workflow.orchestrate({ runId: "run-1" });
    lost.catch(() => undefined);
    await until(async () => (await others.find({ workflow: "test", runId: "run-1" }))?.state === "wait");
    await awake.advance(30_000);
    const second = durableMachineOf(tasks("second"), { clock: awake, checkpoints: others });
    const won = second.workflow.resume("run-1");
    await until(async () => (await others.find({ workflow: "test", runId: "run-1" }))?.resumes === 1);
    slept = 30_000;
    await clock.advance(2_000);
    await expect(lost).rejects.toThrow("run `run-1` of workflow `test` was taken over by somebody else");
    expect(await toldBy(awake, won)).toBe("done undefined");
    await clock.advance(100_000);
    expect(log).toEqual(["second"]);
  });

  test("does not retry what fails by that", async () => {
    const gate = new Gate();
    let attempts = 0;
    const inner = durableMachineOf({ work: { run: async () => (await gate.passed, ["work", 1]) } });
    const outer = durableMachineOf({
      call: {
        config: { retry: { retries: 5, delay: () => 0 } },
        run: async () => {
          attempts++;
          return await inner.workflow.orchestrate({ runId: "inner" });
        },
      },
    });
    inner.workflow.orchestrate({ runId: "inner" }).catch(() => undefined);
    await inner.clock.advance(0);
    expect(await toldBy(outer.clock, outer.workflow.orchestrate({ runId: "outer" }))).toContain("run_conflict");
    expect(attempts).toBe(1);
  });
});

/** Has a store drive nothing any more without it noticing, as when its lease has run out. */
async function asleep(store: MemoryCheckpoints): Promise<void> {
  const other = new MemoryCheckpoints(store);
  for (const run of await other.list({ limit: 10 })) await store.release({ ...run, fence: run.resumes + 1 });
}

test("of many that resume one run at once, one goes on", async () => {
  const log: string[] = [];
  const gate = new Gate();
  // The process that is gone stays at its gate.
  const first = durableMachineOf(tasksOf(log, new Gate()));
  first.workflow.orchestrate({ runId: "run-1" }).catch(() => undefined);
  await first.clock.advance(0);
  const checkpoints = await reopened(first.checkpoints);
  const others = Array.from({ length: 20 }, () =>
    durableMachineOf(tasksOf(log, gate), { checkpoints: new MemoryCheckpoints(checkpoints) }),
  );
  const runs = others.map(({ workflow }) => workflow.resume("run-1"));
  for (const run of runs) run.catch(() => undefined);
  gate.open();
  const outcomes = await Promise.allSettled(runs);
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  for (const outcome of outcomes)
    if (outcome.status === "rejected") expect(outcome.reason).toMatchObject({ category: "run_conflict" });
  expect(log).toEqual(["work", "after"]);
});
