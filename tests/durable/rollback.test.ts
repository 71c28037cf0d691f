/** Runs that are undone on request, and what becomes of them when the process that does it ends on the way. */

import { undoable } from "cano";
import type { MemoryCheckpoints } from "cano/checkpoints";
import { describe, expect, test } from "vitest";
import { never } from "../runtime/machine.js";
import { Bank, refused } from "./bank.js";
import { type Death, crashingStore } from "./crashing-store.js";
import { leaveBehind } from "./left-behind.js";
import { type DurableStep, durableMachineOf, reopened, toldBy } from "./machine.js";

describe("a process that ends while it undoes a run leaves it to be undone", () => {
  const bank = new Bank();
  const STORES: Readonly<Record<string, () => Promise<MemoryCheckpoints>>> = {
    "that had failed": () => refused(bank),
    "that was left behind": () => leaveBehind({ pay: { run: never } }),
    "that was left behind, with something to undo": () => leaveBehind({ hold: bank.hold, pay: { run: never } }),
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

test("who goes on with undoing a run that had not failed takes what it was handed for no failure", async () => {
  const disk = await leaveBehind({ pay: { run: never } }, 0, { category: "task_execution", message: "an input" });
  await disk.claim({ workflow: "test", runId: "run-1" }, ["running"], 0, { cancel: () => undefined }, "compensating");
  const { workflow, clock } = durableMachineOf({ pay: { run: never } }, { checkpoints: await reopened(disk) });
  expect(await toldBy(clock, workflow.resume("run-1"))).toBe("cancelled: run `run-1` of workflow `test` was undone on request");
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
    expect(await toldBy(clock, workflow.compensate("run-1")), "a second time").toBe("ended");
  });

  test("that was left behind ends with the request", async () => {
    const bank = new Bank();
    bank.isOpen = true;
    const checkpoints = await leaveBehind({ pay: { run: never } });
    const { workflow, clock } = durableMachineOf({ pay: bank.pay }, { checkpoints });
    await workflow.compensate("run-1");
    expect(await toldBy(clock, workflow.resume("run-1"))).toBe("cancelled: run `run-1` of workflow `test` was undone on request");
    expect(bank.log).toEqual([]);
    expect(await workflow.runs.get("run-1")).toMatchObject({ status: "compensated" });
  });
});

test("a run in a state that the workflow has no longer is undone, and its log says which state each row is of", async () => {
  const bank = new Bank();
  const checkpoints = await leaveBehind({ hold: bank.hold, pay: { run: never } });
  const { workflow } = durableMachineOf({ hold: bank.hold }, { checkpoints });
  await workflow.compensate("run-1");
  const rows = await workflow.runs.history("run-1");
  expect(rows.map(({ kind, state }) => `${kind} ${state}`)).toEqual([
    "entry hold",
    "entry pay",
    "resume pay",
    "failure pay",
    "compensated hold",
    "end pay",
  ]);
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

test("nor is one after which it was taken up again, though nothing has come of that yet", async () => {
  const bank = new Bank();
  const again = durableMachineOf({ pay: { run: never } }, { checkpoints: await refused(bank) });
  again.workflow.resume("run-1").catch(() => undefined);
  await again.clock.advance(0);
  const { workflow, clock } = durableMachineOf({ pay: bank.pay }, { checkpoints: await reopened(again.checkpoints) });
  expect(await workflow.runs.cancel("run-1")).toBe("cancelled");
  expect(await workflow.runs.get("run-1")).toMatchObject({ status: "cancelled" });
  expect(await toldBy(clock, workflow.orchestrate({ runId: "run-1" }))).toBe(
    "cancelled: run `run-1` of workflow `test` was cancelled",
  );
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

test("of a run that has reached an exit nothing is undone, and whoever asks for that is told so", async () => {
  const undone: unknown[] = [];
  const { workflow } = durableMachineOf({
    hold: {
      run: async () => undoable("done" as never, 1),
      compensate: async (_: unknown, output: unknown) => void undone.push(output),
    },
  });
  await workflow.orchestrate({ runId: "run-1" });
  expect(await workflow.compensate("run-1")).toBe("ended");
  expect(undone).toEqual([]);
  expect(await workflow.runs.get("run-1")).toMatchObject({ status: "completed" });
});
