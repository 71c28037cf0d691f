/** The metrics of runs and schedules as a real SDK collects them: each under the contract's name, with its unit and its labels. */

import { any, CanoError, circuitBreaker, type Context, fixed, quorum, split, tokenBucket } from "cano";
import { otelMetrics } from "cano/observe/otel";
import { createScheduler } from "cano/scheduler";
import { beforeEach, expect, test } from "vitest";
import { never, outcomeOf } from "../runtime/machine.js";
import type { Step } from "../runtime/step.js";
import { type Measured, measured } from "./measured-machine.js";
import { measure } from "./measuring.js";

let clock: Measured["clock"];
let metrics: Measured["metrics"];
let collected: Measured["collected"];
let machine: Measured["machine"];

beforeEach(() => {
  ({ clock, metrics, collected, machine } = measured());
});

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

test.each(["the failure", "a fallback"])(
  "no attempt is counted that was refused, also where %s comes of several of them",
  async (end) => {
    const rateLimit = tokenBucket({ tokens: 1, period: 60_000, maxQueue: 0, clock });
    const config = { retry: fixed({ retries: 2, delay: 1 }), rateLimit, ...(end === "a fallback" && { fallback: "done" }) };
    await outcomeOf(machine({ a: { config, run: () => Promise.reject(new Error("down")) } }));
    expect(await collected("cano_task_attempts")).toEqual(["task_attempts_total {attempt} outcome=failed 1"]);
  },
);

test("a fallback that fails is no attempt", async () => {
  const fallback = (): never => {
    throw new Error("nor that");
  };
  await outcomeOf(machine({ a: { config: { fallback }, run: () => Promise.reject(new Error("down")) } }));
  expect(await collected("cano_task_attempts")).toEqual(["task_attempts_total {attempt} outcome=failed 1"]);
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

test("an attempt that fails since a run inside of it was cancelled or out of time is one: another follows, or its fallback", async () => {
  const inner = (category: "cancelled" | "workflow_timeout"): Step => ({
    config: { retry: fixed({ retries: 1, delay: 1 }), fallback: "done" },
    run: () => Promise.reject(new CanoError(category, "the run inside", { state: "x", attempt: 0, path: ["x"] })),
  });
  for (const category of ["cancelled", "workflow_timeout"] as const) await outcomeOf(machine({ a: inner(category) }));
  expect(await collected("cano_task_attempts")).toEqual(["task_attempts_total {attempt} outcome=failed 4"]);
});

test("so is the only one of a task", async () => {
  const inside = new CanoError("workflow_timeout", "the run inside", { state: "x", attempt: 0, path: ["x"] });
  await outcomeOf(machine({ a: { run: () => Promise.reject(inside) } }));
  expect(await collected("cano_task_attempts")).toEqual(["task_attempts_total {attempt} outcome=failed 1"]);
});

test("an attempt that fails with nothing has failed", async () => {
  const config = { retry: fixed({ retries: 1, delay: 1 }) };
  // oxlint-disable-next-line typescript/prefer-promise-reject-errors -- code may reject with anything
  await outcomeOf(machine({ a: { config, run: () => Promise.reject() } }));
  await outcomeOf(machine({ a: { config: { fallback: "done" }, run: () => Promise.reject() } }));
  expect(await collected("cano_task_attempts")).toEqual(["task_attempts_total {attempt} outcome=failed 3"]);
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

test("a run of a schedule that has ended before it began, since the date was put back, counts as one that took no time", async () => {
  const measuring = measure();
  const { schedules } = otelMetrics({ meter: measuring.meter, now: () => clock.epoch() - 60_000 });
  const { workflow } = machine({ a: { run: () => "done" } });
  const scheduler = createScheduler({ clock, observers: [schedules] });
  await scheduler.every("poll", workflow, 60_000).start();
  await clock.advance(1_000);
  await scheduler.stop();
  expect(await measuring.collected("cano_scheduler_flow_duration")).toEqual([
    "scheduler_flow_duration_seconds s flow=poll 1 sum 0",
  ]);
});
