/** Runs that are undone on request, and what becomes of them when the process that does it ends on the way. */

import { dates, type Migration, sets, undoable } from "cano";
import { type CheckpointStore, MemoryCheckpoints, type StoredRun, storeFailed } from "cano/checkpoints";
import { describe, expect, test } from "vitest";
import { type Death, crashingStore } from "./crashing-store.js";
import { type DurableStep, durableMachineOf, reopened, type Setting, toldBy } from "./machine.js";

const never = (): Promise<never> => new Promise(() => undefined);

/** A bank that refuses until it is told otherwise. */
class Bank {
  isOpen = false;
  readonly log: string[] = [];

  readonly pay: DurableStep = {
    run: async () => {
      if (!this.isOpen) throw new Error("refused");
      this.log.push("pay");
      return "done";
    },
  };

  /** What holds something first. */
  readonly hold: DurableStep = {
    run: async () => undoable("pay" as never, "hold-1"),
    compensate: async () => void this.log.push("undo hold"),
  };
}

/** Has `bank` refuse `run-1`. Resolves to the store of the next process. */
async function refused(bank: Bank): Promise<MemoryCheckpoints> {
  const { workflow, clock, checkpoints } = durableMachineOf({ pay: bank.pay });
  await toldBy(clock, workflow.orchestrate({ runId: "run-1" }));
  return await reopened(checkpoints);
}

/** Has `run-1` of a machine of `tasks` left behind. Resolves to the store of the next process. */
async function leftBehind(tasks: Readonly<Record<string, DurableStep>>): Promise<MemoryCheckpoints> {
  const { workflow, clock, checkpoints } = durableMachineOf(tasks);
  workflow.orchestrate({ runId: "run-1" }).catch(() => undefined);
  await clock.advance(0);
  return await reopened(checkpoints);
}

describe("a process that ends while it undoes a run leaves it to be undone", () => {
  const bank = new Bank();
  const STORES: Readonly<Record<string, () => Promise<MemoryCheckpoints>>> = {
    "that had failed": () => refused(bank),
    "that was left behind": () => leftBehind({ pay: { run: never } }),
    "that was left behind, with something to undo": () => leftBehind({ hold: bank.hold, pay: { run: never } }),
  };
  const deaths: readonly Death[] = [0, 1, 2].flatMap((write) => [
    { write, when: "before" },
    { write, when: "after" },
  ]);

  test.each(Object.entries(STORES))("%s", async (_, begun) => {
    for (const death of deaths) {
      const disk = await begun();
      const { store, isDead } = crashingStore(disk, death, () => undefined);
      const tasks = { hold: bank.hold, pay: bank.pay };
      const first = durableMachineOf(tasks, { checkpoints: store });
      void first.workflow.compensate("run-1");
      await first.clock.advance(0);
      if (!isDead()) continue;
      bank.isOpen = true;
      bank.log.length = 0;
      const { workflow } = durableMachineOf(tasks, { checkpoints: await reopened(disk) });
      const isTaken = death.write > 0 || death.when === "after";
      if (isTaken) await workflow.resumeAll();
      else await workflow.compensate("run-1");
      const what = `it died ${death.when} write ${death.write}`;
      expect(bank.log, what).not.toContain("pay");
      expect(await workflow.runs.get("run-1"), what).toMatchObject({ status: "compensated" });
      bank.isOpen = false;
    }
  });
});

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

  test("the failure itself", async () => {
    const bank = new Bank();
    const checkpoints = await leftBehind({ hold: { ...bank.hold, compensate: never }, pay: bank.pay });
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

describe("a run with nothing to undo goes forward no more once it was undone", () => {
  test("that had failed keeps its failure", async () => {
    const bank = new Bank();
    const { workflow, clock } = durableMachineOf({ pay: bank.pay }, { checkpoints: await refused(bank) });
    await workflow.compensate("run-1");
    bank.isOpen = true;
    const failure = "task_execution: state `pay` failed: refused";
    expect(await toldBy(clock, workflow.orchestrate({ runId: "run-1" }))).toBe(failure);
    expect(await toldBy(clock, workflow.resume("run-1"))).toBe(failure);
    expect(bank.log).toEqual([]);
    expect(await workflow.runs.get("run-1")).toMatchObject({ status: "compensated" });
    const rows = await workflow.runs.history("run-1");
    expect(rows.map(({ kind }) => kind)).toEqual(["entry", "failure", "resume", "end"]);
    expect(await toldBy(clock, workflow.compensate("run-1")), "a second time").toBe("undone");
  });

  test("that was left behind ends with the request", async () => {
    const bank = new Bank();
    bank.isOpen = true;
    const checkpoints = await leftBehind({ pay: { run: never } });
    const { workflow, clock } = durableMachineOf({ pay: bank.pay }, { checkpoints });
    await workflow.compensate("run-1");
    expect(await toldBy(clock, workflow.resume("run-1"))).toBe("cancelled: run `run-1` of workflow `test` was undone on request");
    expect(bank.log).toEqual([]);
    expect(await workflow.runs.get("run-1")).toMatchObject({ status: "compensated" });
  });
});

test("a failure from which the run has gone forward again is not what it is undone for", async () => {
  const bank = new Bank();
  const checkpoints = await refused(bank);
  bank.isOpen = true;
  const tasks: Readonly<Record<string, DurableStep>> = { pay: { run: async () => "send" }, send: { run: never } };
  const second = durableMachineOf(tasks, { checkpoints });
  second.workflow.resume("run-1").catch(() => undefined);
  await second.clock.advance(0);
  const { workflow, clock } = durableMachineOf(tasks, { checkpoints: await reopened(checkpoints) });
  await workflow.compensate("run-1");
  expect(await toldBy(clock, workflow.resume("run-1"))).toBe("cancelled: run `run-1` of workflow `test` was undone on request");
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
  const { run } = (await (await leftBehind({ hold: { run: never } })).load({ workflow: "test", runId: "run-1" })) as StoredRun;
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
  const checkpoints: CheckpointStore = await leftBehind({ hold: bank.hold, pay: { run: never } });
  const { workflow } = durableMachineOf({ hold: bank.hold, pay: bank.pay }, { checkpoints });
  const append = checkpoints.append.bind(checkpoints);
  checkpoints.append = () => Promise.reject(storeFailed("add a row", new Error("the disk is full")));
  await expect(workflow.compensate("run-1")).rejects.toMatchObject({ category: "checkpoint_store" });
  checkpoints.append = append;
  expect(await workflow.runs.get("run-1")).toMatchObject({ status: "compensating", owner: undefined });
  await workflow.compensate("run-1");
  expect(bank.log).toEqual(["undo hold"]);
});

test("a cancel of a run that is stuck undoes the rest, and it had ended before", async () => {
  let isLocked = true;
  const hold: DurableStep = {
    run: async () => undoable("pay" as never, "hold-1"),
    compensate: async () => {
      if (isLocked) throw new Error("the shelf is locked");
    },
  };
  const { workflow, clock } = durableMachineOf({ hold, pay: new Bank().pay });
  await toldBy(clock, workflow.orchestrate({ runId: "run-1" }));
  await expect(workflow.runs.cancel("run-1")).rejects.toMatchObject({ category: "compensation_failed" });
  isLocked = false;
  expect(await workflow.runs.cancel("run-1")).toBe("ended");
  expect(await workflow.runs.get("run-1")).toMatchObject({ status: "compensated" });
});
