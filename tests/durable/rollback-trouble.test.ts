/** Runs that are undone although not all of their log can be read, or while their store fails. */

import { dates, type Migration, more, sets, undoable } from "cano";
import { type CheckpointStore, MemoryCheckpoints, type StoredRun, storeFailed } from "cano/checkpoints";
import { describe, expect, test } from "vitest";
import { never } from "../runtime/machine.js";
import { Bank, refused } from "./bank.js";
import { leaveBehind } from "./left-behind.js";
import { type DurableStep, durableMachineOf, reopened, type Setting, toldBy } from "./machine.js";

describe("what cannot be read keeps nothing else from being undone", () => {
  const log: unknown[] = [];
  const hold = (next: string, handed: unknown, output: unknown): DurableStep => ({
    run: async () => undoable([next, handed] as never, output),
    compensate: async (_: unknown, left: unknown) => void log.push(left),
  });
  const tasks = {
    a: hold("b", 1, "a"),
    b: hold("c", 2, new Set(["b"])),
    c: hold("pay", new Date(0), "c"),
    pay: { run: never },
  };
  const codecs = { date: dates, set: sets };
  const broken: Migration<string | number> = {
    states: { pay: () => "pay" },
    undo: {
      b: () => {
        throw new Error("no such hold");
      },
    },
  };
  const begun = async (): Promise<MemoryCheckpoints> => {
    log.length = 0;
    const first = durableMachineOf(tasks, { codecs });
    first.workflow.orchestrate({ runId: "run-1" }).catch(() => undefined);
    await first.clock.advance(0);
    return await reopened(first.checkpoints);
  };

  test("the input of the state that it is in", async () => {
    const checkpoints = await begun();
    const { workflow } = durableMachineOf(tasks, { checkpoints, codecs: { set: sets } });
    await expect(workflow.resume("run-1")).rejects.toMatchObject({ code: "CANO7026" });
    await workflow.compensate("run-1");
    expect(log).toEqual(["c", new Set(["b"]), "a"]);
    expect(await workflow.runs.get("run-1")).toMatchObject({ status: "compensated" });
  });

  test.each<[string, Setting, string]>([
    ["what one effect has left", { codecs: { date: dates } }, "the workflow has no codec `set`"],
    ["what a migration does not take", { codecs, version: 2, migrations: { 1: broken } }, "cannot be migrated: no such hold"],
  ])("%s", async (_, setting, why) => {
    const checkpoints = await begun();
    const { workflow } = durableMachineOf(tasks, { ...setting, checkpoints });
    const before = await workflow.runs.history("run-1");
    await expect(workflow.resume("run-1")).rejects.toThrow(why);
    expect(await workflow.runs.history("run-1"), "it does not go forward").toEqual(before);
    await expect(workflow.compensate("run-1")).rejects.toMatchObject({
      category: "compensation_failed",
      errors: [
        { category: "cancelled" },
        { category: "orphaned_compensation", state: "b", message: expect.stringContaining(why) as string },
      ],
    });
    expect(log).toEqual(["c", "a"]);
    expect(await workflow.runs.get("run-1")).toMatchObject({ status: "stuck" });
    const later = durableMachineOf(tasks, { codecs, checkpoints });
    await later.workflow.compensate("run-1");
    expect(log).toEqual(["c", "a", new Set(["b"])]);
    expect(await workflow.runs.get("run-1")).toMatchObject({ status: "compensated" });
  });

  test("what an effect was made of, since that row is missing", async () => {
    const checkpoints = await begun();
    const load = checkpoints.load.bind(checkpoints);
    checkpoints.load = async (run) => {
      const stored = await load(run);
      return stored && { ...stored, rows: stored.rows.filter(({ sequence }) => sequence > 0) };
    };
    const { workflow } = durableMachineOf(tasks, { checkpoints, codecs });
    await expect(workflow.resume("run-1")).rejects.toMatchObject({ code: "CANO7026" });
    await expect(workflow.compensate("run-1")).rejects.toMatchObject({
      errors: [{}, { message: expect.stringContaining("at row 1: the row 0 that it refers to is missing") as string }],
    });
    expect(log).toEqual(["c", new Set(["b"])]);
    expect(await workflow.runs.get("run-1")).toMatchObject({ status: "stuck" });
  });

  test("the failure itself", async () => {
    const bank = new Bank();
    const checkpoints = await leaveBehind({ hold: { ...bank.hold, compensate: never }, pay: bank.pay });
    const load = checkpoints.load.bind(checkpoints);
    checkpoints.load = async (run) => {
      const stored = await load(run);
      const rows = stored?.rows.map((row) => (row.kind === "failure" ? { ...row, payload: "{" } : row));
      return stored && { ...stored, rows: rows ?? [] };
    };
    const { workflow, clock } = durableMachineOf({ hold: bank.hold, pay: bank.pay }, { checkpoints });
    expect(await toldBy(clock, workflow.resume("run-1"))).toContain("the log of run `run-1` cannot be read, at row 2");
    expect(bank.log).toEqual(["undo hold"]);
    expect(await workflow.runs.get("run-1")).toMatchObject({ status: "compensated" });
  });
});

test("what is undone is told by what was undone before, and not by what else has a number", async () => {
  const log: string[] = [];
  const hold: DurableStep = {
    run: async () => undoable("walk" as never, "held"),
    compensate: async (_: unknown, left: unknown) => void log.push(String(left)),
  };
  // The row behind that of the hold says that one step is done.
  const walk: DurableStep = { step: async (_: unknown, cursor: unknown) => (cursor === undefined ? more(1) : await never()) };
  const checkpoints = await leaveBehind({ hold, walk });
  const { workflow } = durableMachineOf({ hold, walk }, { checkpoints });
  expect((await workflow.runs.history("run-1")).map(({ kind, count }) => `${kind} ${count}`)).toEqual([
    "entry 0",
    "entry 0",
    "cursor 1",
  ]);
  await workflow.compensate("run-1");
  expect(log).toEqual(["held"]);
});

test("a run that cannot be loaded is not taken over to be undone", async () => {
  const store = await refused(new Bank());
  const { workflow } = durableMachineOf({ pay: { run: async () => "done" } }, { checkpoints: store });
  const before = await workflow.runs.get("run-1");
  const load = store.load.bind(store);
  store.load = () => Promise.reject(storeFailed("load a run", new Error("the connection is lost")));
  await expect(workflow.compensate("run-1")).rejects.toMatchObject({ category: "checkpoint_store" });
  store.load = load;
  expect(await workflow.runs.get("run-1")).toEqual(before);
});

test("more effects than fit on a stack are read", async () => {
  const effects = 130_000;
  const row = { visit: 0, count: 0, version: 1, due: undefined, at: 0, state: "hold" } as const;
  const rows = Array.from({ length: effects + 1 }, (_, sequence) => ({
    ...row,
    sequence,
    kind: "entry" as const,
    visit: Math.max(0, sequence - 1),
    payload: undefined,
    undo: sequence === 0 ? undefined : "1",
  }));
  const { run } = (await (await leaveBehind({ hold: { run: never } })).load({ workflow: "test", runId: "run-1" })) as StoredRun;
  const hold: DurableStep = { run: async () => "hold", compensate: async () => undefined };
  class Long extends MemoryCheckpoints {
    override load = async () => ({ run, rows });
    override claim = async () =>
      ({ kind: "claimed", run, claim: { workflow: "test", runId: "run-1", key: 1, fence: 2 } }) as const;
    // To undo them would take long.
    override append = () => Promise.reject(new Error("that is enough"));
  }
  const { workflow } = durableMachineOf({ hold }, { checkpoints: new Long() });
  await expect(workflow.compensate("run-1")).rejects.toMatchObject({ category: "checkpoint_store" });
});

test("who asks for a run to be undone hears of it when that cannot be stored", async () => {
  const bank = new Bank();
  const checkpoints: CheckpointStore = await leaveBehind({ hold: bank.hold, pay: { run: never } });
  const { workflow } = durableMachineOf({ hold: bank.hold, pay: bank.pay }, { checkpoints });
  const append = checkpoints.append.bind(checkpoints);
  checkpoints.append = () => Promise.reject(storeFailed("add a row", new Error("the disk is full")));
  await expect(workflow.compensate("run-1")).rejects.toMatchObject({ category: "checkpoint_store" });
  checkpoints.append = append;
  expect(await workflow.runs.get("run-1")).toMatchObject({ status: "compensating", owner: undefined });
  await workflow.compensate("run-1");
  expect(bank.log).toEqual(["undo hold"]);
});
