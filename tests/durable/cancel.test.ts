/** Stored runs that are cancelled: in progress or left behind, from any process, before they begin or are resumed. */

import { type Context, undoable } from "cano";
import { MemoryCheckpoints } from "cano/checkpoints";
import { describe, expect, test } from "vitest";
import { never } from "../runtime/machine.js";
import { type DurableStep, durableMachineOf, reopened, toldBy } from "./machine.js";

describe("a cancel", () => {
  const SLOW: Readonly<Record<string, DurableStep>> = {
    hold: { run: async () => undoable("wait" as never, 1), compensate: async () => undefined },
    wait: { run: async (_: unknown, { sleep }: Context<unknown>) => (await sleep(1_000), "done") },
  };

  test("of a run in progress is that of its signal, from any process", async () => {
    for (const where of ["here", "elsewhere"]) {
      const { workflow, clock, checkpoints } = durableMachineOf(SLOW);
      const run = workflow.orchestrate({ runId: "run-1" });
      run.catch(() => undefined);
      await clock.advance(10);
      const other =
        where === "here"
          ? workflow
          : durableMachineOf(SLOW, { checkpoints: new MemoryCheckpoints(checkpoints as MemoryCheckpoints) }).workflow;
      expect(await other.runs.cancel("run-1")).toBe("cancelling");
      expect(await toldBy(clock, run)).toBe("cancelled: workflow `test` was cancelled");
      expect(await workflow.runs.get("run-1")).toMatchObject({ status: "compensated" });
      expect(await workflow.runs.cancel("run-1")).toBe("ended");
    }
  });

  test("of one that was left behind undoes it here", async () => {
    const first = durableMachineOf(SLOW);
    first.workflow.orchestrate({ runId: "run-1" }).catch(() => undefined);
    await first.clock.advance(10);
    const { workflow, clock } = durableMachineOf(SLOW, { checkpoints: await reopened(first.checkpoints) });
    expect(await workflow.runs.cancel("run-1")).toBe("cancelled");
    expect(await workflow.runs.get("run-1")).toMatchObject({ status: "compensated" });
    expect(await toldBy(clock, workflow.resume("run-1"))).toBe("cancelled: run `run-1` of workflow `test` was cancelled");
  });

  test("of one whose driver dies before it hears of it is not lost: who resumes it undoes it", async () => {
    class Deaf extends MemoryCheckpoints {
      override begin(...[run, row]: Parameters<MemoryCheckpoints["begin"]>): ReturnType<MemoryCheckpoints["begin"]> {
        return super.begin(run, row, { cancel: () => undefined });
      }
    }
    for (const version of [1, 2]) {
      const store = new Deaf();
      const first = durableMachineOf(SLOW, { checkpoints: store });
      first.workflow.orchestrate({ runId: "run-1" }).catch(() => undefined);
      await first.clock.advance(10);
      const other = durableMachineOf(SLOW, { checkpoints: new MemoryCheckpoints(store) });
      expect(await other.workflow.runs.cancel("run-1")).toBe("cancelling");
      const { workflow, clock } = durableMachineOf(SLOW, { checkpoints: await reopened(store), version });
      expect(await workflow.resumeAll()).toMatchObject([
        { ok: false, error: { category: "cancelled", message: "run `run-1` of workflow `test` was cancelled" } },
      ]);
      expect(await workflow.runs.get("run-1")).toMatchObject({ status: "compensated", cancelling: false });
      expect(await toldBy(clock, workflow.resume("run-1"))).toBe("cancelled: run `run-1` of workflow `test` was cancelled");
    }
  });

  test("that comes with the answer of the store, before the run is watched, is not lost", async () => {
    /** Where each run is asked to be cancelled as soon as its row is written. */
    class Asked extends MemoryCheckpoints {
      override async begin(...[run, ...rest]: Parameters<MemoryCheckpoints["begin"]>): ReturnType<MemoryCheckpoints["begin"]> {
        const claim = await super.begin(run, ...rest);
        await this.requestCancel(run);
        return claim;
      }
      override async claim(...[run, ...rest]: Parameters<MemoryCheckpoints["claim"]>): ReturnType<MemoryCheckpoints["claim"]> {
        const claiming = await super.claim(run, ...rest);
        await this.requestCancel(run);
        return claiming;
      }
    }
    const seen: string[] = [];
    const tasks: typeof SLOW = {
      hold: {
        run: async () => (seen.push("held"), undoable("wait" as never, 1)),
        compensate: async () => void seen.push("undone"),
      },
      wait: { run: async () => (seen.push("waited"), await never()) },
    };
    const begun = durableMachineOf(tasks, { checkpoints: new Asked() });
    expect(await toldBy(begun.clock, begun.workflow.orchestrate({ runId: "run-1" }))).toBe(
      "cancelled: workflow `test` was cancelled",
    );
    expect(await begun.workflow.runs.get("run-1")).toMatchObject({ status: "cancelled" });
    expect(seen).toEqual([]);

    const first = durableMachineOf(tasks);
    first.workflow.orchestrate({ runId: "run-2" }).catch(() => undefined);
    await first.clock.advance(10);
    const store = await reopened(first.checkpoints);
    const resumed = durableMachineOf(tasks, { checkpoints: new Asked(store) });
    expect(await toldBy(resumed.clock, resumed.workflow.resume("run-2"))).toBe("cancelled: workflow `test` was cancelled");
    expect(await resumed.workflow.runs.get("run-2")).toMatchObject({ status: "compensated" });
    expect(seen).toEqual(["held", "waited", "undone"]);
  });

  test("while a row is being written is stored behind that row", async () => {
    let answer = (): void => undefined;
    class Slow extends MemoryCheckpoints {
      override async append(...given: Parameters<MemoryCheckpoints["append"]>): Promise<void> {
        await super.append(...given);
        await new Promise<void>((resolve) => (answer = resolve));
      }
    }
    const tasks: typeof SLOW = { a: { run: async () => "b" }, b: { run: never } };
    const { workflow, clock } = durableMachineOf(tasks, { checkpoints: new Slow() });
    const cancelling = new AbortController();
    const run = workflow.orchestrate({ runId: "run-1", signal: cancelling.signal });
    run.catch(() => undefined);
    await clock.advance(0);
    cancelling.abort();
    for (let rows = 0; rows < 2; rows++) {
      answer();
      await clock.advance(0);
    }
    expect(await toldBy(clock, run)).toBe("cancelled: workflow `test` was cancelled");
    expect((await workflow.runs.history("run-1")).map(({ kind }) => kind)).toEqual(["entry", "entry", "failure"]);
    expect(await workflow.runs.get("run-1")).toMatchObject({ status: "cancelled" });
  });

  test("before the run begins writes nothing", async () => {
    const { workflow } = durableMachineOf(SLOW);
    await expect(workflow.orchestrate({ runId: "run-1", signal: AbortSignal.abort() })).rejects.toMatchObject({
      category: "cancelled",
    });
    expect(await workflow.runs.get("run-1")).toBeUndefined();
  });

  test("before a resume leaves the state alone", async () => {
    const seen: string[] = [];
    const tasks = { wait: { run: async () => (seen.push("run"), await never()) } };
    const first = durableMachineOf(tasks);
    first.workflow.orchestrate({ runId: "run-1" }).catch(() => undefined);
    await first.clock.advance(0);
    const { workflow, recorder } = durableMachineOf(tasks, { checkpoints: await reopened(first.checkpoints) });
    await expect(workflow.resume("run-1", { signal: AbortSignal.abort() })).rejects.toMatchObject({
      category: "cancelled",
      state: "wait",
    });
    expect(seen).toEqual(["run"]);
    expect(await workflow.runs.get("run-1")).toMatchObject({ status: "cancelled" });
    // That it is taken up is told before what ends it.
    expect(recorder.lines()).toEqual([
      "runStart wait resumed",
      "resume wait 0",
      "cancelled wait",
      "checkpoint wait 2",
      "runEnd wait cancelled",
    ]);
  });
});
