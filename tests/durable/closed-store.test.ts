/** Runs whose store is closed while they are in progress: they stop, since somebody else may go on with them. */

import { type Context, fixed, pending } from "cano";
import { type CheckpointStore, MemoryCheckpoints } from "cano/checkpoints";
import { sqliteCheckpoints } from "cano/checkpoints/sqlite";
import { describe, expect, test } from "vitest";
import { never } from "../runtime/machine.js";
import { type DurableStep, durableMachineOf } from "./machine.js";

const STORES: Readonly<Record<string, () => CheckpointStore>> = {
  memory: () => new MemoryCheckpoints(),
  SQLite: () => sqliteCheckpoints(":memory:"),
};

/** What is in progress when the store is closed; `did` is told of what it does. */
const STEPS: Readonly<Record<string, (did: (what: string) => void) => DurableStep>> = {
  "asks again and again": (did) => ({ poll: () => (did("asks"), pending(50)) }),
  "waits for a time": (did) => ({ wait: () => 500, afterWait: () => (did("is over"), "done") }),
  "waits for its next attempt": (did) => ({
    config: { retry: fixed({ retries: 9, delay: 50 }) },
    run() {
      did("attempts");
      throw new Error("busy");
    },
  }),
  "is never over": (did) => ({
    run(_: unknown, { signal }: Context<unknown>) {
      signal.addEventListener("abort", () => did("is aborted"));
      return never();
    },
  }),
};

describe.each(Object.entries(STORES))("%s", (_, open) => {
  test.each(Object.entries(STEPS))("what %s", async (kind, step) => {
    const did: string[] = [];
    const checkpoints = open();
    const { workflow, clock, recorder } = durableMachineOf({ a: step((what) => did.push(what)) }, { checkpoints });
    const run = workflow.orchestrate({ runId: "run-1" });
    const end = run.catch((error: unknown) => error);
    while (clock.pending === 0 && did.length === 0 && !recorder.lines().includes("taskStart a Task_a"))
      await new Promise((resolve) => setImmediate(resolve));
    const before = did.length;
    await checkpoints.close();
    expect(await end).toMatchObject({ category: "checkpoint_store", code: "CANO7021", state: "a" });
    await clock.advance(1_000);
    expect(did.slice(before)).toEqual(kind === "is never over" ? ["is aborted"] : []);
    expect(clock.pending).toBe(0);
    expect(recorder.lines().slice(-3)).toEqual(["checkpointFailure a", "taskFailure a Task_a", "runEnd a failed"]);
  });
});
