/** The traces of several runs: at the same time, with one id, fired by a scheduler, one inside of another. */

import { otelTraces } from "cano/observe/otel";
import { createScheduler } from "cano/scheduler";
import { settled } from "cano/testing";
import { expect, test } from "vitest";
import { machineOf } from "../runtime/machine.js";
import { dated, traced } from "./traced.js";
import { setUpTracing, spanOf, spanTree, tracer } from "./tracing.js";

setUpTracing();

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

test("of two runs at the same time with one id, the spans of both end", async () => {
  const machine = machineOf({ a: traced("a", 5, "done") }, dated());
  const runs = [1, 2].map(() => machine.workflow.orchestrate({ runId: "same" }));
  await machine.clock.runAll();
  await Promise.all(runs);
  expect(spanTree().filter((line) => !line.startsWith("    "))).toEqual(["run test", "  state a", "run test", "  state a"]);
});

test("of two runs at the same time whose workflows and ids have slashes, neither ends the other's spans", () => {
  const at = { state: "a", kind: "task", visit: 1, at: 0 } as const;
  const observer = otelTraces({ tracer });
  for (const name of [
    { workflow: "orders", runId: "refund/1" },
    { workflow: "orders/refund", runId: "1" },
  ])
    observer.runStart?.({ ...name, ...at, resumed: false, version: undefined, trace: undefined });
  expect(spanTree()).toEqual([]);
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
