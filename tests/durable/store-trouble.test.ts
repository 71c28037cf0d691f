/** A store that fails: the run stops with a typed error, nothing is undone on a guess, and it can be resumed. */

import { undoable } from "cano";
import { type CheckpointStore, MemoryCheckpoints, storeFailed } from "cano/checkpoints";
import { expect, test } from "vitest";
import { never } from "../runtime/machine.js";
import { leaveBehind } from "./left-behind.js";
import { type DurableStep, durableMachineOf, toldBy } from "./machine.js";

/** A store whose appends fail from the n-th on, until it is mended. */
class FailingStore extends MemoryCheckpoints {
  private appends = 0;

  constructor(
    public failsFrom: number,
    private readonly fault: unknown = storeFailed("add a row", new Error("the disk is full")),
  ) {
    super();
  }

  override async append(...given: Parameters<CheckpointStore["append"]>): Promise<void> {
    if (++this.appends >= this.failsFrom) throw this.fault;
    await super.append(...given);
  }
}

function tasksOf(log: string[], fail = false): Readonly<Record<string, DurableStep>> {
  return {
    hold: {
      run: async () => (log.push("hold"), undoable("ship" as never, "hold-1")),
      compensate: async () => void log.push("undo hold"),
    },
    ship: {
      run: async () => {
        log.push("ship");
        if (fail) throw new Error("lost");
        return "done";
      },
    },
  };
}

test("a row that cannot be written stops the run: nothing is undone, and a resume goes on", async () => {
  const log: string[] = [];
  const store = new FailingStore(1);
  const { workflow, clock } = durableMachineOf(tasksOf(log), { checkpoints: store });
  expect(await toldBy(clock, workflow.orchestrate({ runId: "run-1" }))).toBe(
    "checkpoint_store: the checkpoint store could not add a row: the disk is full",
  );
  expect(log).toEqual(["hold"]);
  expect(await workflow.runs.get("run-1")).toMatchObject({ status: "running", owner: undefined });
  store.failsFrom = 100;
  expect(await toldBy(clock, workflow.resume("run-1"))).toBe("done undefined");
  // The effect whose row was lost is made again, under the same key.
  expect(log).toEqual(["hold", "hold", "ship"]);
});

test("a run that is cancelled while a row is on its way that is lost stops there: behind it, nothing is stored or undone", async () => {
  const log: string[] = [];
  let answer = (): void => undefined;
  class Losing extends FailingStore {
    override async append(...given: Parameters<CheckpointStore["append"]>): Promise<void> {
      await new Promise<void>((resolve) => (answer = resolve));
      await super.append(...given);
    }
  }
  const store = new Losing(1);
  const { workflow, clock } = durableMachineOf(tasksOf(log), { checkpoints: store });
  const cancelling = new AbortController();
  const run = workflow.orchestrate({ runId: "run-1", signal: cancelling.signal });
  run.catch(() => undefined);
  await clock.advance(0);
  cancelling.abort();
  await clock.advance(0);
  answer();
  // The database is back at once: what comes behind a row that is lost must not be there without it.
  await clock.advance(0);
  store.failsFrom = 100;
  answer();
  expect(await toldBy(clock, run)).toContain("checkpoint_store: ");
  expect((await workflow.runs.history("run-1")).map(({ kind }) => kind)).toEqual(["entry"]);
  expect(await workflow.runs.get("run-1")).toMatchObject({ status: "running", owner: undefined });
  expect(log).toEqual(["hold"]);
});

test("an error that names the state comes out, and the failure before it is not lost", async () => {
  const log: string[] = [];
  const store = new FailingStore(2);
  const { workflow } = durableMachineOf(tasksOf(log, true), { checkpoints: store });
  const error: unknown = await workflow.orchestrate({ runId: "run-1" }).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({
    category: "checkpoint_store",
    state: "ship",
    message: "the checkpoint store could not add a row: the disk is full; the run had failed before: state `ship` failed: lost",
  });
  expect(log).toEqual(["hold", "ship"]);
  expect(await workflow.runs.get("run-1")).toMatchObject({ status: "running" });
});

test("a store that fails in the middle of undoing leaves the rest to a resume", async () => {
  const log: string[] = [];
  const store = new FailingStore(3);
  const { workflow, clock } = durableMachineOf(tasksOf(log, true), { checkpoints: store });
  expect(await toldBy(clock, workflow.orchestrate({ runId: "run-1" }))).toContain("checkpoint_store");
  expect(await workflow.runs.get("run-1")).toMatchObject({ status: "compensating" });
  store.failsFrom = 100;
  expect(await toldBy(clock, workflow.resume("run-1"))).toBe("task_execution: state `ship` failed: lost");
  expect(log).toEqual(["hold", "ship", "undo hold", "undo hold"]);
  expect(await workflow.runs.get("run-1")).toMatchObject({ status: "compensated" });
});

test.each([
  ["an error of its own", new Error("boom")],
  ["null", null],
])("a store that throws %s gives a typed error", async (_, fault) => {
  const { workflow, clock } = durableMachineOf(tasksOf([]), { checkpoints: new FailingStore(1, fault) });
  expect(await toldBy(clock, workflow.orchestrate({ runId: "run-1" }))).toContain(
    "checkpoint_store: the checkpoint store failed",
  );
});

test("a task that is retried is not retried when its attempts cannot be stored, and no fallback stands in", async () => {
  let attempts = 0;
  const { workflow, clock } = durableMachineOf(
    {
      call: {
        config: { retry: { retries: 5, delay: () => 10 }, fallback: "done" },
        run: async () => {
          attempts++;
          throw new Error("down");
        },
      },
    },
    { checkpoints: new FailingStore(1) },
  );
  expect(await toldBy(clock, workflow.orchestrate({ runId: "run-1" }))).toContain("the disk is full");
  expect(attempts).toBe(1);
});

test.each([
  ["a payload that is no JSON", "CANO7026", { payload: "{" }, "the log of run `run-1` cannot be read, at row 1: "],
  ["a state that the workflow does not have", "CANO7030", { state: "gone" }, "run `run-1` is in state `gone`, which"],
  ["a row that is missing", "CANO7026", undefined, "the log of run `run-1` cannot be read: there is no row"],
  ["a log in which no state was entered", "CANO7026", { kind: "due" }, "cannot be read: there is no row with which a state was"],
] as const)("%s is told", async (_, code, change, message) => {
  const first = durableMachineOf({ a: { run: async () => ["b", 1] }, b: { run: () => new Promise(() => undefined) } });
  first.workflow.orchestrate({ runId: "run-1" }).catch(() => undefined);
  await first.clock.advance(0);
  const checkpoints = new MemoryCheckpoints(first.checkpoints as MemoryCheckpoints);
  await first.checkpoints.close();
  const load = checkpoints.load.bind(checkpoints);
  checkpoints.load = async (run) => {
    const stored = await load(run);
    const rows =
      change === undefined
        ? []
        : (stored?.rows ?? []).map((row) => (row.sequence === 1 || "kind" in change ? { ...row, ...change } : row));
    return stored && { ...stored, rows };
  };
  const { workflow, clock } = durableMachineOf({ a: { run: async () => "b" }, b: { run: async () => "done" } }, { checkpoints });
  const before = await workflow.runs.history("run-1");
  expect(await toldBy(clock, workflow.resume("run-1"))).toContain(message);
  await expect(workflow.resume("run-1")).rejects.toMatchObject({ code });
  expect(await workflow.runs.history("run-1"), "it is left as it is").toEqual(before);
  expect((await workflow.runs.get("run-1"))?.owner).toBeUndefined();
});

test("a run whose log does not even say where it is is not taken over to be undone, as often as that is asked for", async () => {
  const checkpoints = await leaveBehind({ a: { run: never } });
  const load = checkpoints.load.bind(checkpoints);
  checkpoints.load = async (run) => {
    const stored = await load(run);
    return stored && { ...stored, rows: [] };
  };
  const { workflow } = durableMachineOf({ a: { run: never } }, { checkpoints });
  const before = await workflow.runs.history("run-1");
  for (const asked of [() => workflow.compensate("run-1"), () => workflow.runs.cancel("run-1")])
    await expect(asked()).rejects.toMatchObject({ code: "CANO7026" });
  expect(await workflow.runs.history("run-1")).toEqual(before);
});

test.each([
  ["driven", { kind: "driven" }, "run_conflict", "is driven by this process"],
  ["ended", { kind: "refused" }, "run_conflict", "has ended meanwhile"],
  ["pruned", { kind: "unknown" }, "checkpoint_store", "workflow `test` has no checkpoint rows of a run `run-1`"],
] as const)("a run that was %s just before it is taken over is left alone", async (_, answer, category, message) => {
  const checkpoints = await leaveBehind({ a: { run: never } });
  const name = { workflow: "test", runId: "run-1" };
  checkpoints.claim = async () => {
    const run = await checkpoints.find(name);
    if (run === undefined || answer.kind === "unknown") return { kind: "unknown" };
    return { ...answer, run: { ...run, owner: "this process" } };
  };
  const { workflow, clock } = durableMachineOf({ a: { run: async () => "done" } }, { checkpoints });
  const before = await workflow.runs.history("run-1");
  for (const asked of [() => workflow.resume("run-1"), () => workflow.compensate("run-1")]) {
    const told = await toldBy(clock, asked());
    expect(told).toContain(`${category}: `);
    expect(told).toContain(message);
  }
  expect(await workflow.runs.history("run-1")).toEqual(before);
});

test("a run that was taken over, and could not be read then, is let go of: the next one goes on with it", async () => {
  const checkpoints = await leaveBehind({ a: { run: never } });
  const load = checkpoints.load.bind(checkpoints);
  let loads = 0;
  checkpoints.load = async (run) => {
    if (++loads === 2) throw storeFailed("load a run", new Error("the disk is gone"));
    return await load(run);
  };
  const { workflow } = durableMachineOf({ a: { run: async () => "done" } }, { checkpoints });
  await expect(workflow.resume("run-1")).rejects.toMatchObject({ category: "checkpoint_store" });
  expect(await workflow.runs.get("run-1")).toMatchObject({ status: "running", owner: undefined });
  expect(await workflow.resumeAll()).toMatchObject([{ runId: "run-1", ok: true }]);
});

test.each([
  ["rejects", () => Promise.reject(new Error("no connection"))],
  [
    "throws",
    () => {
      throw new Error("no connection");
    },
  ],
] as const)("a store that %s where a run is let go of takes nothing down, and hides nothing", async (_, release) => {
  const said: string[] = [];
  const setting = { warn: (message: string) => void said.push(message) };
  const checkpoints = await leaveBehind({ a: { run: never } });
  checkpoints.release = release;
  const resuming = durableMachineOf({ a: { run: async () => "done" } }, { checkpoints, ...setting });
  expect(await toldBy(resuming.clock, resuming.workflow.resume("run-1"))).toBe("done undefined");
  const failing = new FailingStore(1);
  failing.release = release;
  const stopped = durableMachineOf({ a: { run: async () => "done" } }, { checkpoints: failing, ...setting });
  expect(await toldBy(stopped.clock, stopped.workflow.orchestrate({ runId: "run-1" }))).toContain("the disk is full");
  const message = "run `run-1` of workflow `test` could not be let go of: no connection";
  expect(said).toEqual([message, message]);
});
