/** The spans of runs as a real SDK sees them, with the right parents whatever runs at the same time. */

import { context, SpanStatusCode, trace } from "@opentelemetry/api";
import { type Context, fixed, quorum, split, undoable } from "cano";
import { combine, only } from "cano/observe";
import { otelTraces } from "cano/observe/otel";
import { createScheduler } from "cano/scheduler";
import { ManualClock, settled } from "cano/testing";
import { expect, test, vi } from "vitest";
import { durableMachineOf, toldBy } from "../durable/machine.js";
import { machineOf, never, outcomeOf } from "../runtime/machine.js";
import type { Step } from "../runtime/step.js";
import { activeSpan, millisecondsOf, own, setUpTracing, spanOf, spanTree, tracer } from "./tracing.js";

setUpTracing();
const observers = [otelTraces({ tracer })];
/** The same, on a clock that goes by dates. */
const dated = (): { clock: ManualClock; observers: typeof observers } => ({
  clock: new ManualClock(new Date("2026-01-01")),
  observers,
});

/** A step that takes `ms`, and traces something of its own before and after. */
const traced = (name: string, ms: number, next: string | Error): Step => ({
  async run(_: unknown, { sleep }: Context<unknown>) {
    own(`${name}, before`);
    await sleep(ms);
    own(`${name}, after`);
    if (next instanceof Error) throw next;
    return next;
  },
});

test("a run, its states, and what their tasks trace, inside of what was active", async () => {
  const machine = machineOf({ a: traced("a", 5, "b"), b: traced("b", 5, "done") }, dated());
  await tracer.startActiveSpan("request", async (request) => {
    await outcomeOf(machine, { runId: "run-1" });
    request.end();
  });
  expect(spanTree()).toEqual([
    "request",
    "  run test",
    "    state a",
    "      a, before",
    "      a, after",
    "    state b",
    "      b, before",
    "      b, after",
  ]);
  expect(spanOf("run test").attributes).toEqual({
    "cano.workflow": "test",
    "cano.run_id": "run-1",
    "cano.resumed": false,
    "cano.outcome": "completed",
    "cano.exit": "done",
  });
  const { attributes, startTime, endTime } = spanOf("state b");
  expect(attributes).toEqual({
    "cano.state": "b",
    "cano.kind": "task",
    "cano.visit": 2,
    "cano.task": "Task_b",
    "cano.attempts": 1,
  });
  const began = new Date("2026-01-01").getTime();
  expect([millisecondsOf(startTime) - began, millisecondsOf(endTime) - began]).toEqual([5, 10]);
});

test("many runs at the same time, each with its own", async () => {
  const machine = machineOf({ a: traced("a", 5, "b"), b: traced("b", 5, "done") }, dated());
  const runs = Array.from({ length: 20 }, (_, at) =>
    tracer.startActiveSpan(`request ${at}`, (request) => machine.workflow.orchestrate().finally(() => request.end())),
  );
  await machine.clock.runAll();
  await Promise.all(runs);
  const each = [
    "  run test",
    "    state a",
    "      a, before",
    "      a, after",
    "    state b",
    "      b, before",
    "      b, after",
  ];
  expect(spanTree().toSorted()).toEqual(runs.flatMap((_, at) => [`request ${at}`, ...each]).toSorted());
  expect(spanTree()).toEqual(expect.arrayContaining([...each]));
});

test("further attempts have spans of their own; one that is given up goes on in its own, and a failure is told", async () => {
  const late: string[] = [];
  const step: Step = {
    config: { retry: fixed({ retries: 2, delay: 10 }), attemptTimeout: 20 },
    async run(_: unknown, { attempt }: Context<unknown>) {
      own(`mine ${attempt}`);
      // The first and the second are given up after 20 ms, and go on while others are in progress.
      await new Promise<void>((resolve) => void machine.clock.schedule(resolve, attempt === 3 ? 1 : 35));
      late.push(activeSpan() ?? "none");
      throw new Error("busy");
    },
  };
  const machine = machineOf({ a: step }, dated());
  await outcomeOf(machine);
  expect(spanTree()).toEqual([
    "run test !",
    "  state a !",
    "    mine 1",
    "    attempt 2 !",
    "      mine 2",
    "    attempt 3 !",
    "      mine 3",
  ]);
  expect(late).toEqual(["state a", "attempt 3", "attempt 2"]);
  const { status, events, attributes } = spanOf("state a");
  expect(status).toEqual({ code: SpanStatusCode.ERROR, message: "state `a` failed after 3 attempts: busy" });
  expect(attributes).toMatchObject({ "cano.attempts": 3, "error.type": "retry_exhausted" });
  expect(events.map(({ name }) => name)).toEqual(["exception", "retry", "retry", "exception"]);
  expect(events.at(-1)?.attributes).toMatchObject({ "exception.type": "CanoError", "cano.error.code": "CANO7002" });
});

test("what a task leaves behind goes on inside of its state, not of the next one", async () => {
  const seen: string[] = [];
  const leave: Step = {
    run() {
      void new Promise<void>((resolve) => void machine.clock.schedule(resolve, 10)).then(() => seen.push(activeSpan() ?? "none"));
      return "b";
    },
  };
  const machine = machineOf({ a: leave, b: traced("b", 20, "done") }, dated());
  await outcomeOf(machine);
  expect(seen).toEqual(["state a"]);
});

test("a task that is wrapped is what it was: frozen, with private members, and with what it is configured by", async () => {
  class Own {
    readonly config = { retry: fixed({ retries: 1, delay: 1 }) };
    #secret = "done";
    run(): string {
      own(`mine ${this.#secret}`);
      return this.#secret;
    }
  }
  const machine = machineOf({ a: Object.freeze(new Own()) }, dated());
  expect(await outcomeOf(machine)).toMatchObject({ state: "done" });
  expect(spanTree()).toEqual(["run test", "  state a", "    mine done"]);
});

test("branches run at the same time, each in its own, as long as it took", async () => {
  const branch = (name: string, ms: number, failures = 0) => ({
    config: { retry: fixed({ retries: failures, delay: 1 }) },
    async run(_: unknown, { sleep, attempt }: Context<unknown>) {
      await sleep(ms);
      own(name);
      if (attempt <= failures) throw new Error("again");
    },
  });
  const branches = [branch("one", 30), branch("two", 10, 1), { run: never }];
  const machine = machineOf({ s: split(branches, { join: quorum(2), next: "done" }) }, dated());
  await outcomeOf(machine);
  expect(spanTree()).toEqual([
    "run test",
    "  state s",
    "    branch Branch0[0]",
    "      one",
    "    branch Branch1[1]",
    "      two",
    "      attempt 2",
    "        two",
    "    branch Branch2[2]",
  ]);
  const { startTime, endTime, attributes } = spanOf("branch Branch1[1]");
  expect(millisecondsOf(endTime) - millisecondsOf(startTime)).toBe(21);
  expect(attributes).toMatchObject({ "cano.branch": 1, "cano.attempts": 2 });
  expect(spanOf("branch Branch2[2]").attributes).toMatchObject({ "cano.outcome": "cancelled" });
  expect(spanOf("state s").events).toMatchObject([
    { name: "join", attributes: { "cano.strategy": "quorum(2)", "cano.met": true } },
  ]);
});

test("what is undone is inside of the run, and what undoes it inside of that", async () => {
  const step = {
    async run() {
      return undoable("b", 1);
    },
    async compensate(_: unknown, _output: unknown, { attempt }: Context<unknown>) {
      own(`give back ${attempt}`);
      if (attempt === 1) throw new Error("not now");
    },
    compensateConfig: { retry: fixed({ retries: 1, delay: 5 }) },
  };
  const { workflow, clock } = durableMachineOf({ a: step, b: { run: () => Promise.reject(new Error("full")) } }, { observers });
  expect(await toldBy(clock, workflow.orchestrate({ runId: "run-1" }))).toContain("full");
  expect(spanTree()).toEqual([
    "run test !",
    "  state a",
    "  state b !",
    "  compensate Task_a",
    "    give back 1",
    "    attempt 2",
    "      give back 2",
  ]);
});

test("a run that is cancelled has not failed", async () => {
  const controller = new AbortController();
  const machine = machineOf({ a: { run: never } }, dated());
  machine.clock.schedule(() => controller.abort(), 5);
  await outcomeOf(machine, { signal: controller.signal });
  expect(spanTree()).toEqual(["run test", "  state a"]);
  expect(spanOf("run test").attributes).toMatchObject({ "cano.outcome": "cancelled" });
});

test("of two runs at the same time with one id, the spans of both end", async () => {
  const machine = machineOf({ a: traced("a", 5, "done") }, dated());
  const runs = [1, 2].map(() => machine.workflow.orchestrate({ runId: "same" }));
  await machine.clock.runAll();
  await Promise.all(runs);
  expect(spanTree().filter((line) => !line.startsWith("    "))).toEqual(["run test", "  state a", "run test", "  state a"]);
});

test("a run that was being undone ends with what undid it, where another of its id begins", () => {
  const event = { workflow: "test", runId: "same", state: "a", kind: "task", visit: 1, at: 0 } as const;
  const observer = otelTraces({ tracer });
  const begin = (): void => observer.runStart?.({ ...event, resumed: false, version: undefined, trace: undefined });
  begin();
  observer.compensateStart?.({ ...event, task: "Task_a", branch: undefined, branchKind: undefined, attempt: 1 });
  begin();
  expect(spanTree()).toEqual(["run test", "  compensate Task_a"]);
});

test("each run that a scheduler fires is a trace of its own", async () => {
  const machine = machineOf({ a: traced("a", 0, "done") }, dated());
  const scheduler = createScheduler({ clock: machine.clock });
  await scheduler.every("hourly", machine.workflow, 3_600_000).start();
  for (let hour = 0; hour < 2; hour++) await machine.clock.advance(3_600_000);
  await scheduler.stop();
  const trees = spanTree();
  expect(trees.slice(0, 3)).toEqual(["run test", "  state a", "    a, before"]);
  expect(trees.filter((line) => line === "run test").length).toBeGreaterThanOrEqual(2);
  expect(spanOf("run test").parentSpanContext).toBeUndefined();
  expect(String(spanOf("run test").attributes["cano.run_id"])).toMatch(/^hourly\//);
});

test("a workflow inside of a task is inside of its state", async () => {
  const inner = machineOf({ x: traced("x", 5, "done") }, dated());
  const outer = machineOf({ a: { run: () => inner.workflow.orchestrate({ runId: "inner" }).then(() => "done") } }, dated());
  const run = outer.workflow.orchestrate({ runId: "outer" });
  await settled();
  await inner.clock.runAll();
  await run;
  expect(spanTree()).toEqual(["run test", "  state a", "    run test", "      state x", "        x, before", "        x, after"]);
});

test("two observers that set something up around the same run do so one inside of the other, and one that fails changes nothing", async () => {
  const warn = vi.fn();
  const seen: string[] = [];
  const watcher = combine({
    aroundRun: (_event, call) => {
      seen.push(`around ${activeSpan()}`);
      call();
      call();
      throw new Error("late");
    },
    aroundTask: () => void seen.push("never calls"),
  });
  const retried: Step = {
    config: { retry: fixed({ retries: 1, delay: 1 }) },
    run: (_: unknown, { attempt }: Context<unknown>) => (attempt === 1 ? Promise.reject(new Error("no")) : "done"),
  };
  const machine = machineOf({ a: retried }, { ...dated(), observers: [...observers, watcher], log: { warn } });
  expect(await outcomeOf(machine)).toMatchObject({ state: "done" });
  expect(seen).toEqual(["around run test", "never calls"]);
  expect(warn.mock.calls).toEqual([["an observer of workflow `test` failed at `aroundRun`, which changes nothing: late"]]);
});

test("a filter sets nothing up around what does not pass", async () => {
  const seen: (string | undefined)[] = [];
  const task: Step = { run: () => (seen.push(activeSpan()), "done") };
  await outcomeOf(machineOf({ a: task }, { ...dated(), observers: observers.map((observer) => only(observer, {})) }));
  await outcomeOf(
    machineOf({ a: task }, { ...dated(), observers: observers.map((observer) => only(observer, { workflows: [] })) }),
  );
  expect(seen).toEqual(["state a", undefined]);
});

test("what else is in the context, a task finds", async () => {
  const key = Symbol("baggage");
  let found: unknown;
  const machine = machineOf({ a: { run: () => ((found = context.active().getValue(key)), "done") } }, dated());
  await context.with(context.active().setValue(key, "mine"), () => outcomeOf(machine));
  expect(found).toBe("mine");
  expect(trace.getActiveSpan()).toBeUndefined();
});
