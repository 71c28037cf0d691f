/** Runs that are resumed go on with their traces, wherever they are stored: each process has a tracer provider and an exporter of its own. */

import { context, propagation } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { W3CTraceContextPropagator } from "@opentelemetry/core";
import { BasicTracerProvider, InMemorySpanExporter, type ReadableSpan, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base";
import type { Observer, RunTrace } from "cano";
import { LONGEST_TRACE, MemoryCheckpoints } from "cano/checkpoints";
import { combine, only } from "cano/observe";
import { otelTraces } from "cano/observe/otel";
import { createScheduler } from "cano/scheduler";
import { ManualClock, settled } from "cano/testing";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { crashingStore } from "../durable/crashing-store.js";
import { DISKS } from "../durable/disks.js";
import { durableMachineOf, reopened, toldBy } from "../durable/machine.js";
import { never } from "../runtime/machine.js";
import type { Step } from "../runtime/step.js";

beforeEach(() => {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
});
afterEach(() => {
  context.disable();
  propagation.disable();
});

/** What one process traces: with the spans that never end, since it dies before. */
function tracing() {
  const begun: ReadableSpan[] = [];
  class Witness extends SimpleSpanProcessor {
    override onStart(span: ReadableSpan): void {
      begun.push(span);
    }
  }
  const exporter = new InMemorySpanExporter();
  const tracer = new BasicTracerProvider({ spanProcessors: [new Witness(exporter)] }).getTracer("test");
  const find = (name: string): ReadableSpan => {
    const span = begun.find((other) => other.name === name);
    if (span === undefined) throw new Error(`no span is called ${name}: ${begun.map((other) => other.name).join(", ")}`);
    return span;
  };
  const ended = (): readonly string[] => exporter.getFinishedSpans().map(({ name }) => name);
  const open = (): readonly string[] => begun.filter((span) => !span.ended).map(({ name }) => name);
  return { tracer, find, ended, open, observers: [otelTraces({ tracer })] };
}

const idOf = (span: ReadableSpan): string => span.spanContext().spanId;
const traceOf = (span: ReadableSpan): string => span.spanContext().traceId;
const linksOf = (span: ReadableSpan): readonly string[] => span.links.map((link) => link.context.spanId);

const goesTo = (next: string): Step => ({ run: () => next });
const steps = { a: goesTo("b"), b: goesTo("done") };

describe.each(Object.entries(DISKS))("%s", (_, makeDisk) => {
  test("a run that was left behind goes on with its trace in other processes, and links who has resumed it", async () => {
    const disk = makeDisk();
    const [first, second, third] = [tracing(), tracing(), tracing()];
    // The last observer is asked since the first has nothing to store.
    const observers = [combine({}, only(first.observers[0] ?? {}, {}))];
    await new Promise<void>((resolve) => {
      void disk.open().then((store) => {
        const { store: checkpoints } = crashingStore(store, { write: 1, when: "after" }, resolve);
        const { workflow } = durableMachineOf(steps, { checkpoints, observers });
        first.tracer.startActiveSpan("request", () => workflow.orchestrate({ runId: disk.runId })).catch(() => undefined);
      });
    });
    await new Promise<void>((resolve) => {
      void disk.open().then((store) => {
        const { store: checkpoints } = crashingStore(store, { write: 1, when: "before" }, resolve);
        const { workflow } = durableMachineOf(steps, { checkpoints, observers: second.observers });
        void workflow.resume(disk.runId);
      });
    });
    const checkpoints = await disk.open();
    const { workflow } = durableMachineOf(steps, { checkpoints, observers: third.observers });
    await third.tracer.startActiveSpan("recovery", () => workflow.resume(disk.runId));
    const run = first.find("run test");
    expect(run.parentSpanContext?.spanId).toBe(idOf(first.find("request")));
    expect(run.attributes).toMatchObject({ "cano.resumed": false, "cano.version": 1 });
    for (const [{ find }, links] of [
      [second, [idOf(run)]],
      [third, [idOf(run), idOf(third.find("recovery"))]],
    ] as const) {
      const resumed = find("run test");
      expect([traceOf(resumed), resumed.parentSpanContext?.spanId]).toEqual([traceOf(run), idOf(run)]);
      expect(linksOf(resumed)).toEqual(links);
      expect(resumed.attributes).toMatchObject({ "cano.resumed": true, "cano.version": 1 });
      expect([traceOf(find("state b")), find("state b").parentSpanContext?.spanId]).toEqual([traceOf(run), idOf(resumed)]);
    }
    // The first ended with its store, the second had none to begin with, and the last is a run of its own.
    expect([first, second, third].map(({ ended }) => ended().includes("run test"))).toEqual([true, false, true]);
    await disk.close();
  });
});

test("a run that a schedule has fired goes on with its trace where another process takes it over", async () => {
  const clock = new ManualClock(new Date("2026-01-01"));
  const [first, second] = [tracing(), tracing()];
  const store = new MemoryCheckpoints();
  const dying = durableMachineOf({ a: { run: never } }, { clock, checkpoints: store, observers: first.observers });
  const old = createScheduler({ clock, checkpoints: store, log: { ...console, warn: () => undefined } });
  await old.every("hourly", dying.workflow, 3_600_000).start();
  await clock.advance(3_600_000);
  const checkpoints = await reopened(store);
  const { workflow } = durableMachineOf({ a: goesTo("done") }, { clock, checkpoints, observers: second.observers });
  const scheduler = createScheduler({ clock, checkpoints });
  await scheduler.every("hourly", workflow, 3_600_000).start();
  await clock.advance(60_000);
  await settled();
  const [run, resumed] = [first.find("run test"), second.find("run test")];
  expect(resumed.attributes).toMatchObject({ "cano.run_id": run.attributes["cano.run_id"], "cano.resumed": true });
  expect([traceOf(resumed), resumed.parentSpanContext?.spanId]).toEqual([traceOf(run), idOf(run)]);
  expect(second.ended()).toContain("run test");
  await scheduler.stop();
  // What the dead one has kept is gone with its process, of which there is only one here.
  await old.stop();
});

test("a run that is there already has no span, and leaves those of the run as they are", async () => {
  const { observers, ended } = tracing();
  let finish: (next: string) => void = () => undefined;
  const { workflow, clock } = durableMachineOf(
    { a: { run: () => new Promise<string>((resolve) => (finish = resolve)) } },
    { observers },
  );
  const run = workflow.orchestrate({ runId: "run-1" });
  await clock.runAll();
  await expect(workflow.orchestrate({ runId: "run-1" })).rejects.toMatchObject({ category: "run_conflict" });
  finish("done");
  await run;
  await workflow.orchestrate({ runId: "run-1" });
  expect(ended()).toEqual(["state a", "run test"]);
});

test("what is stored is what the application propagates: nothing where that is nothing", async () => {
  const { observers, find, open } = tracing();
  const storedWith = async (observer: Observer): Promise<string | undefined> => {
    const { workflow } = durableMachineOf(steps, { observers: [observer] });
    await workflow.orchestrate({ runId: "run-1" });
    return (await workflow.runs.get("run-1"))?.trace;
  };
  const stored = await storedWith(observers[0] ?? {});
  const run = find("run test");
  expect(JSON.parse(stored ?? "")).toEqual({ traceparent: `00-${traceOf(run)}-${idOf(run)}-01` });
  propagation.disable();
  expect(await storedWith(observers[0] ?? {})).toBeUndefined();
  expect(open(), "every span has ended").toEqual([]);
});

test.each([["{"], ["null"], ['{"traceparent":"00-00000000000000000000000000000000-0000000000000000-01"}']])(
  "%s cannot be read as a trace, and the run begins one",
  async (text) => {
    const first = durableMachineOf({ a: { run: never } }, { observers: [{ traceRun: () => ({ text }) }] });
    first.workflow.orchestrate({ runId: "run-1" }).catch(() => undefined);
    await first.clock.runAll();
    const { observers, find } = tracing();
    const second = durableMachineOf({ a: goesTo("done") }, { checkpoints: await reopened(first.checkpoints), observers });
    expect(await toldBy(second.clock, second.workflow.resume("run-1"))).toBe("done undefined");
    expect([find("run test").parentSpanContext, find("run test").links]).toEqual([undefined, []]);
  },
);

test("an observer's text is kept as it is, and its object is in the event; what no store keeps is left out, as is who fails", async () => {
  const warn = vi.fn();
  const kept: (RunTrace | undefined)[] = [];
  const tracingOnce = async (...given: readonly (() => RunTrace | undefined)[]): Promise<string | undefined> => {
    const observers = given.map((traceRun): Observer => ({ traceRun, runStart: ({ trace }) => void kept.push(trace) }));
    const { workflow } = durableMachineOf(steps, { observers, warn });
    await workflow.orchestrate({ runId: "run-1" });
    return (await workflow.runs.get("run-1"))?.trace;
  };
  const longest = { text: "x".repeat(LONGEST_TRACE) };
  const fails = (): never => {
    throw new Error("no");
  };
  expect(
    await tracingOnce(
      fails,
      () => undefined,
      () => longest,
      () => ({ text: "late" }),
    ),
  ).toBe(longest.text);
  expect(kept.splice(0).every((trace) => trace === longest)).toBe(true);
  expect(warn.mock.calls).toEqual([["an observer of workflow `test` failed at `traceRun`, which changes nothing: no"]]);
  for (const text of [`${longest.text}x`, "\0", "\ud800"]) expect(await tracingOnce(() => ({ text }))).toBeUndefined();
  const rejects = (() => Promise.reject(new Error("late"))) as never;
  expect(await tracingOnce(rejects, () => ({ text: 7 as never }))).toBeUndefined();
  expect(kept.every((trace) => trace === undefined)).toBe(true);
  expect(warn.mock.calls.slice(1)).toEqual([
    ["an observer of workflow `test` failed at `traceRun`, which changes nothing: late"],
  ]);
});
