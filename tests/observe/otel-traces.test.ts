/** The spans of a run as a real SDK sees them: its states, attempts, branches, and what is undone, with the right parents. */

import { SpanStatusCode } from "@opentelemetry/api";
import { type Context, fixed, more, quorum, split, undoable } from "cano";
import { expect, test } from "vitest";
import { durableMachineOf, toldBy } from "../durable/machine.js";
import { machineOf, never, outcomeOf } from "../runtime/machine.js";
import type { Step } from "../runtime/step.js";
import { dated, observers, traced } from "./traced.js";
import { activeSpan, millisecondsOf, own, setUpTracing, spanOf, spanTree, tracer } from "./tracing.js";

setUpTracing();

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

test("a step that took several attempts ends the last of them: the next step is none of its own", async () => {
  const step: Step = {
    config: { retry: fixed({ retries: 1, delay: 10 }) },
    async step(_: unknown, cursor: number | undefined, { attempt, sleep }: Context<unknown>) {
      const at = cursor ?? 1;
      await sleep(5);
      own(`mine ${at}/${attempt}`);
      if (attempt === 1 && at < 3) throw new Error("busy");
      return at === 3 ? "done" : more(at + 1);
    },
  };
  await outcomeOf(machineOf({ a: step }, dated()));
  expect(spanTree()).toEqual([
    "run test",
    "  state a",
    "    mine 1/1",
    "    attempt 2",
    "      mine 1/2",
    "    mine 2/1",
    "    attempt 2",
    "      mine 2/2",
    "    mine 3/1",
  ]);
  const { startTime, endTime } = spanOf("attempt 2");
  expect(millisecondsOf(endTime) - millisecondsOf(startTime)).toBe(5);
  expect(spanOf("state a").events.map(({ name }) => name)).toEqual(["exception", "retry", "exception", "retry"]);
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
