/** What a run came to, told again to who begins or resumes it a second time. */

import { undoable } from "cano";
import { MemoryCheckpoints } from "cano/checkpoints";
import { expect, test } from "vitest";
import { never } from "../runtime/machine.js";
import { type DurableStep, durableMachineOf, reopened, toldBy } from "./machine.js";

const TASKS: Readonly<Record<string, DurableStep>> = {
  a: { run: async () => "b" },
  b: { run: async () => "c" },
  c: { run: async () => ["done", 7] },
};

test("a run of many states is told by the last of its rows, and nothing of it is done again", async () => {
  const { workflow, clock } = durableMachineOf(TASKS);
  expect(await toldBy(clock, workflow.orchestrate({ runId: "run-1" }))).toBe("done 7");
  const before = await workflow.runs.history("run-1");
  expect(before).toHaveLength(4);
  expect(await toldBy(clock, workflow.orchestrate({ runId: "run-1" }))).toBe("done 7");
  expect(await toldBy(clock, workflow.resume("run-1"))).toBe("done 7");
  expect(await workflow.runs.history("run-1")).toEqual(before);
});

test("a run that has not ended is told by who drives it, or as one that was left behind", async () => {
  const { workflow, clock, checkpoints } = durableMachineOf({ a: { run: never } });
  workflow.orchestrate({ runId: "run-1" }).catch(() => undefined);
  await clock.advance(0);
  const told = "run_conflict: run `run-1` of workflow `test`";
  expect(await toldBy(clock, workflow.orchestrate({ runId: "run-1" }))).toBe(`${told} is in progress, driven by this process`);
  const next = durableMachineOf(TASKS, { checkpoints: await reopened(checkpoints) });
  expect(await toldBy(clock, next.workflow.orchestrate({ runId: "run-1" }))).toBe(
    `${told} was left behind in progress: it may be resumed`,
  );
});

/** A store from which the newest row of each run is read with a `change`. */
function changed(change: object): MemoryCheckpoints {
  const checkpoints = new MemoryCheckpoints();
  const load = checkpoints.load.bind(checkpoints);
  checkpoints.load = async (run) => {
    const stored = await load(run);
    const rows = stored?.rows.map((row, at) => (at === stored.rows.length - 1 ? { ...row, ...change } : row)) ?? [];
    return stored && { ...stored, rows };
  };
  return checkpoints;
}

test.each<[string, DurableStep, object, string]>([
  ["an exit that the workflow has no longer", { run: async () => "done" }, { state: "gone" }, "run `run-1` is in state `gone`"],
  [
    "a failure of which nothing is there",
    { run: () => Promise.reject(new Error("down")) },
    { payload: undefined },
    "the log of run `run-1` cannot be read, at row 1: there is no row with a failure",
  ],
])("%s is told, and not taken for a result", async (_, a, change, why) => {
  const { workflow, clock } = durableMachineOf({ a }, { checkpoints: changed(change) });
  await toldBy(clock, workflow.orchestrate({ runId: "run-1" }));
  expect(await toldBy(clock, workflow.orchestrate({ runId: "run-1" }))).toContain(why);
});

test("a cancel of a run that ends just before it is undone finds that it has ended", async () => {
  const checkpoints = new MemoryCheckpoints();
  const { workflow, clock } = durableMachineOf(
    { a: { run: async () => undoable("b" as never, 1), compensate: never }, b: { run: async () => "done" } },
    { checkpoints },
  );
  const find = checkpoints.find.bind(checkpoints);
  checkpoints.find = async (run) => {
    const found = await find(run);
    await toldBy(clock, workflow.resume("run-1"));
    return found;
  };
  const first = durableMachineOf({ a: { run: never } }, { checkpoints: new MemoryCheckpoints(checkpoints) });
  first.workflow.orchestrate({ runId: "run-1" }).catch(() => undefined);
  await first.clock.advance(0);
  await first.checkpoints.close();
  expect(await workflow.runs.cancel("run-1")).toBe("ended");
  expect(await find({ workflow: "test", runId: "run-1" })).toMatchObject({ status: "completed" });
});
