/** The metrics of runs and schedules as a real SDK collects them: each under the contract's name, with its unit and its labels. */

import { any, circuitBreaker, type Context, fixed, more, pending, quorum, split, undoable } from "cano";
import { type CheckpointStore, MemoryCheckpoints, storeFailed } from "cano/checkpoints";
import { otelMetrics } from "cano/observe/otel";
import { createScheduler } from "cano/scheduler";
import { ManualClock } from "cano/testing";
import { beforeEach, expect, test } from "vitest";
import { durableMachineOf, reopened, toldBy } from "../durable/machine.js";
import { machineOf, never, outcomeOf } from "../runtime/machine.js";
import type { Step } from "../runtime/step.js";
import { measure, type Measuring } from "./measuring.js";

let collected: Measuring["collected"];
let metrics: ReturnType<typeof otelMetrics>;
let clock: ManualClock;

beforeEach(() => {
  clock = new ManualClock(new Date("2026-01-01"));
  const measuring = measure();
  ({ collected } = measuring);
  const { meter } = measuring;
  metrics = otelMetrics({ meter, now: () => clock.epoch() });
});

const machine = (tasks: Parameters<typeof machineOf>[0], setting: Parameters<typeof machineOf>[1] = {}) =>
  machineOf(tasks, { clock, observers: [metrics.observer], ...setting });

test("runs, states, tasks and attempts", async () => {
  const flaky: Step = {
    config: { retry: fixed({ retries: 2, delay: 1_000 }) },
    async run(_: unknown, { attempt, sleep }: Context<unknown>) {
      await sleep(500);
      if (attempt < 3) throw new Error("busy");
      return "done";
    },
  };
  const { workflow } = machine({ a: flaky });
  const run = workflow.orchestrate();
  await clock.advance(100);
  expect(await collected("cano_workflow_active")).toEqual(["workflow_active {run} 1"]);
  await clock.runAll();
  await run;
  expect(await collected()).toEqual([
    "state_enters_total {state} state=a 1",
    "state_enters_total {state} state=done 1",
    "observed_task_runs_total {task} task=Task_a outcome=completed 1",
    "task_retries_total {retry} task=Task_a 2",
    "task_attempts_total {attempt} outcome=failed 2",
    "task_attempts_total {attempt} outcome=completed 1",
    "workflow_runs_total {run} outcome=completed 1",
    "workflow_duration_seconds s outcome=completed 1 sum 3.5",
    "task_duration_seconds s state=a kind=task 1 sum 3.5",
    "workflow_active {run} 0",
  ]);
});

test("a breaker that opens and refuses, and the fallback: no attempt is counted that was not made", async () => {
  const breaker = circuitBreaker({ name: "bank", failureThreshold: 2 });
  const config = { retry: fixed({ retries: 5, delay: 1 }), breaker, fallback: "done" };
  await outcomeOf(machine({ a: { config, run: () => Promise.reject(new Error("down")) } }));
  const seen = [...(await collected("cano_circuit")), ...(await collected("cano_task_attempts"))];
  expect(seen).toEqual([
    "circuit_open_events_total {attempt} task=Task_a 1",
    "circuit_rejections_total {attempt} 1",
    "task_attempts_total {attempt} outcome=failed 2",
  ]);
});

test("splits: branches by their results, and one duration for the whole", async () => {
  const after = (ms: number) => ({ run: (_: unknown, context: Context<unknown>) => context.sleep(ms) });
  const branches = [after(1_000), after(2_000), { run: () => Promise.reject(new Error("no")) }, { run: never }];
  await outcomeOf(machine({ s: split(branches, { join: quorum(2), next: "done" }) }));
  expect([...(await collected("cano_split")), ...(await collected("cano_task_duration"))]).toEqual([
    "split_branch_results_total {branch} result=success 2",
    "split_branch_results_total {branch} result=failure 1",
    "split_branch_results_total {branch} result=cancelled 1",
    "task_duration_seconds s state=s kind=split 1 sum 2",
  ]);
  expect(await collected("cano_observed_task_runs")).toContain(
    "observed_task_runs_total {task} task=Branch0 outcome=completed 1",
  );
});

test("a branch that is called off while its fallback is under way leaves nothing behind for a run of the same id", async () => {
  let isDown = true;
  const branches = [
    { run: (_: unknown, context: Context<unknown>) => context.sleep(10) },
    { config: { fallback: never }, run: () => (isDown ? Promise.reject(new Error("down")) : 1) },
  ];
  const { workflow } = machine({ s: split(branches, { join: any(), next: "done" }) });
  const first = workflow.orchestrate({ runId: "same" });
  await clock.runAll();
  await first;
  expect(await collected("cano_task_attempts")).toEqual([
    "task_attempts_total {attempt} outcome=failed 1",
    "task_attempts_total {attempt} outcome=completed 1",
  ]);
  isDown = false;
  const second = workflow.orchestrate({ runId: "same" });
  await clock.runAll();
  await second;
  expect(await collected("cano_task_attempts")).toEqual([
    "task_attempts_total {attempt} outcome=failed 1",
    "task_attempts_total {attempt} outcome=completed 2",
  ]);
});

test("a fallback that no end is told of is forgotten with its run", async () => {
  const event = { workflow: "test", runId: "same", state: "a", kind: "task", visit: 1, at: 0 } as const;
  const task = { ...event, task: "Task_a", branch: undefined, branchKind: undefined, attempt: 1, elapsed: 0 };
  metrics.observer.fallback?.({ ...task, error: new Error("down") });
  metrics.observer.runEnd?.({ ...event, outcome: "failed", error: new Error("down"), elapsed: 0 });
  metrics.observer.taskSuccess?.(task);
  expect(await collected("cano_task_attempts")).toEqual([
    "task_attempts_total {attempt} outcome=failed 1",
    "task_attempts_total {attempt} outcome=completed 1",
  ]);
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

test("timeouts and cancellations: what was no longer wanted is no attempt", async () => {
  await outcomeOf(machine({ a: { run: never } }, { totalTimeout: 2_000 }));
  const controller = new AbortController();
  clock.schedule(() => controller.abort(), 5);
  await outcomeOf(machine({ a: { run: never } }), { signal: controller.signal });
  expect(await collected("cano_observed")).toEqual([
    "observed_task_runs_total {task} task=Task_a outcome=failed 2",
    "observed_workflow_timeouts_total {run} 1",
    "observed_cancellations_total {run} 1",
    "observed_workflow_timeout_limit_seconds s 1 sum 2",
    "observed_workflow_timeout_elapsed_seconds s 1 sum 2",
  ]);
  expect(await collected("cano_workflow_runs")).toEqual([
    "workflow_runs_total {run} outcome=failed 1",
    "workflow_runs_total {run} outcome=cancelled 1",
  ]);
  expect(await collected("cano_task_attempts")).toEqual([]);
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

test("schedules, by their names", async () => {
  let fails = 0;
  const { workflow } = machine({
    a: {
      run: (_: unknown, { sleep }: Context<unknown>) =>
        sleep(2_000).then(() => (++fails > 1 ? Promise.reject(new Error("no")) : "done")),
    },
  });
  const scheduler = createScheduler({
    clock,
    observers: [metrics.schedules],
    log: { ...console, warn: () => undefined, error: () => undefined },
  });
  await scheduler.every("poll", workflow, 60_000, { backoff: { trip: 2 } }).start();
  await clock.advance(1_000);
  expect(await collected("cano_scheduler_active")).toEqual(["scheduler_active_flows {run} flow=poll 1"]);
  for (let minute = 0; minute < 3; minute++) await clock.advance(60_000);
  await scheduler.stop();
  expect(await collected("cano_scheduler")).toEqual([
    "scheduler_flow_runs_total {run} flow=poll outcome=completed 1",
    "scheduler_flow_runs_total {run} flow=poll outcome=failed 2",
    "scheduler_flow_backoff_total {failure} flow=poll 1",
    "scheduler_flow_tripped_total {trip} flow=poll 1",
    "scheduler_flow_duration_seconds s flow=poll 3 sum 6",
    "scheduler_active_flows {run} flow=poll 0",
  ]);
});
