/** The metrics of polls, steps, batches and streams as a real SDK collects them, also where these are branches of a split. */

import { fixed, more, pending, split } from "cano";
import { beforeEach, expect, test } from "vitest";
import { machineOf, outcomeOf } from "../runtime/machine.js";
import { type Measured, measured } from "./measured-machine.js";

let clock: Measured["clock"];
let collected: Measured["collected"];
let machine: Measured["machine"];

beforeEach(() => {
  ({ clock, collected, machine } = measured());
});

test("batches and polls that are branches of a split, each attempt for itself", async () => {
  let loads = 0;
  const batchOf = (items: readonly number[]) => ({
    load: () => items,
    processItem: (_: unknown, item: number) => (item === 2 ? Promise.reject(new Error("bad")) : item),
    finish: () => "whole",
  });
  const twice = {
    ...batchOf([]),
    config: { retry: fixed({ retries: 1, delay: 1 }) },
    load: () => (++loads === 1 ? Promise.reject(new Error("no")) : []),
  };
  const answers = [pending(1), "ready"];
  const branches = [batchOf([1, 2, 3]), twice, { poll: () => answers.shift() }, { run: () => "plain" }];
  await outcomeOf(machine({ s: split(branches as never, { next: "done" }) }));
  expect([...(await collected("cano_batch")), ...(await collected("cano_poll"))]).toEqual([
    "batch_runs_total {batch} outcome=failed 1",
    "batch_runs_total {batch} outcome=completed 2",
    "batch_items_total {item} result=ok 2",
    "batch_items_total {item} result=err 1",
    "poll_iterations_total {poll} outcome=pending 1",
    "poll_iterations_total {poll} outcome=ready 1",
  ]);
});

test("polls, steps, batches and streams", async () => {
  const answers = [pending(1), "b"];
  const items = async function* (): AsyncGenerator<number> {
    yield* [1, 2, 3];
  };
  const tasks: Parameters<typeof machineOf>[0] = {
    a: { poll: () => answers.shift() },
    b: { step: (_: unknown, cursor: unknown) => (cursor === 2 ? "c" : more(typeof cursor === "number" ? cursor + 1 : 1)) },
    c: {
      load: () => [1, 2, 3],
      processItem: (_: unknown, item: unknown) => {
        if (item === 2) throw new Error("bad");
      },
      finish: () => "d",
    },
    d: {
      window: { count: 2 },
      itemErrors: "skip" as const,
      open: items,
      processItem: (_: unknown, item: unknown) => {
        if (item === 2) throw new Error("bad");
        return [item, item] as const;
      },
      flushWindow: () => undefined,
      onClose: () => "done",
    },
  };
  // The kinds are those of the graph.
  const { workflow } = machine(tasks);
  const states = workflow.graph.states as Record<string, { kind: string }>;
  for (const [state, kind] of Object.entries({ a: "poll", b: "stepped", c: "batch", d: "stream" }))
    Object.assign(states[state] ?? {}, { kind });
  const run = workflow.orchestrate();
  await clock.runAll();
  await run;
  const seen = await Promise.all(["cano_poll", "cano_step", "cano_batch", "cano_stream"].map((prefix) => collected(prefix)));
  expect(seen.flat()).toEqual([
    "poll_iterations_total {poll} outcome=pending 1",
    "poll_iterations_total {poll} outcome=ready 1",
    "step_iterations_total {step} outcome=more 2",
    "step_iterations_total {step} outcome=done 1",
    "batch_runs_total {batch} outcome=completed 1",
    "batch_items_total {item} result=ok 2",
    "batch_items_total {item} result=err 1",
    "stream_runs_total {stream} outcome=completed 1",
    "stream_windows_total {window} 1",
    "stream_items_total {item} result=ok 2",
    "stream_items_total {item} result=err 1",
  ]);
});
