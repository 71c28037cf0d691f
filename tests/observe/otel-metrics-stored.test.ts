/** The metrics of stored runs as a real SDK collects them: rows, what is undone, what is removed, and what stores fail at. */

import { undoable } from "cano";
import { type CheckpointStore, MemoryCheckpoints, storeFailed } from "cano/checkpoints";
import { beforeEach, expect, test } from "vitest";
import { durableMachineOf, reopened, toldBy } from "../durable/machine.js";
import type { Step } from "../runtime/step.js";
import { type Measured, measured } from "./measured-machine.js";

let metrics: Measured["metrics"];
let collected: Measured["collected"];

beforeEach(() => {
  ({ metrics, collected } = measured());
});

test("stored runs: rows, resumes, and what is undone", async () => {
  let isDown = true;
  const steps = {
    a: { run: async () => undoable("b", 1), compensate: async () => undefined },
    b: { run: () => (isDown ? Promise.reject(new Error("down")) : "done") },
  };
  const observers = [metrics.observer];
  const first = durableMachineOf(steps, { observers });
  await toldBy(first.clock, first.workflow.orchestrate({ runId: "run-1" }));
  isDown = false;
  const second = durableMachineOf(
    { ...steps, a: { run: () => "b" } },
    { observers, checkpoints: await reopened(first.checkpoints) },
  );
  await toldBy(second.clock, second.workflow.orchestrate({ runId: "run-2" }));
  const seen = await Promise.all(["cano_checkpoint", "cano_compensation", "cano_resumes"].map((prefix) => collected(prefix)));
  expect(seen.flat()).toEqual([
    "checkpoints_observed_total {row} 8",
    "checkpoint_appends_total {row} result=ok 8",
    "compensations_run_total {compensation} result=ok 1",
    "compensation_drains_total {run} outcome=clean 1",
  ]);
});

test("runs that are removed from their store when they end, and what the store fails at", async () => {
  const fails = { begin: false, append: false, claim: false };
  const failing = async (what: keyof typeof fails): Promise<void> => {
    if (fails[what]) throw storeFailed(what, new Error("the disk is full"));
  };
  class FailingStore extends MemoryCheckpoints {
    override begin = (...given: Parameters<CheckpointStore["begin"]>) => failing("begin").then(() => super.begin(...given));
    override append = (...given: Parameters<CheckpointStore["append"]>) => failing("append").then(() => super.append(...given));
    override claim = (...given: Parameters<CheckpointStore["claim"]>) => failing("claim").then(() => super.claim(...given));
  }
  const checkpoints = new FailingStore();
  const setting = { checkpoints, observers: [metrics.observer], retention: "clear" as const };
  let fail = true;
  const steps: Record<string, Step> = { a: { run: () => "b" }, b: { run: () => ((fails.append = fail), "done") } };
  const { workflow, clock: own, recorder } = durableMachineOf(steps, setting);
  await toldBy(own, workflow.orchestrate({ runId: "run-1" }));
  Object.assign(fails, { append: false, claim: true });
  await toldBy(own, workflow.resume("run-1"));
  Object.assign(fails, { claim: false, begin: true });
  await toldBy(own, workflow.orchestrate({ runId: "run-2" }));
  Object.assign(fails, { begin: false, append: true });
  await toldBy(own, workflow.orchestrate({ runId: "run-3" }));
  fails.append = fail = false;
  await toldBy(own, workflow.resume("run-1"));
  expect(await workflow.runs.get("run-1")).toBeUndefined();
  expect(await collected("cano_checkpoint_")).toEqual([
    "checkpoint_appends_total {row} result=ok 4",
    "checkpoint_appends_total {row} result=err 3",
    "checkpoint_clears_total {run} result=err 1",
    "checkpoint_clears_total {run} result=ok 1",
  ]);
  expect(recorder.lines().filter((line) => line.startsWith("checkpointFailure"))).toEqual([
    "checkpointFailure done clears",
    "checkpointFailure b",
    "checkpointFailure a",
    "checkpointFailure b",
  ]);
});
