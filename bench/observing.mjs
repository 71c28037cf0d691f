/** What it costs to be watched: nanoseconds a transition with nothing attached, and with each kind of observer. */

import { openSync } from "node:fs";
import { context } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from "@opentelemetry/sdk-metrics";
import { BasicTracerProvider, BatchSpanProcessor } from "@opentelemetry/sdk-trace-base";
import { otelMetrics, otelTraces } from "cano/observe/otel";
import { pinoObserver } from "cano/observe/pino";
import { RecordingObserver } from "cano/testing";
import { pino } from "pino";
import { chainSource, loadMachines } from "./machines.mjs";
import { race, say } from "./measure.mjs";
import { straightLine } from "./peers.mjs";

const STATES = 10;
const RUNS = 500;
// Spans are made and batched as in production, and go nowhere.
const NOWHERE = { export: (_spans, done) => done({ code: 0 }), shutdown: async () => undefined };

const runs = (run) => ({
  operations: RUNS * STATES,
  async run() {
    for (let at = 0; at < RUNS; at++) await run();
  },
});

/** Measures what observers cost and says what came of it. */
export async function benchObserving() {
  const { chain } = await loadMachines({ chain: chainSource(STATES, "async") }, "observing");
  const recorder = new RecordingObserver();
  const toNull = (level) => pino({ level }, pino.destination({ dest: openSync("/dev/null", "w"), sync: false }));
  const watched = (...observers) => chain.create({ observers });
  const recorded = watched(recorder);
  const workflows = {
    "nothing attached": chain.create(),
    "a hook that never fires": watched({ retry: () => undefined }),
    "one hook for each state": watched({ stateEnter: () => undefined }),
    "pino at level info": watched(pinoObserver(toNull("info"))),
    "pino at level debug": watched(pinoObserver(toNull("debug"))),
  };
  const byHand = toNull("info");
  const times = await race({
    "the same lines by pino alone": runs(async () => logByHand(byHand)),
    "straight-line awaits by hand": runs(straightLine(chain.tasks)),
    ...Object.fromEntries(Object.entries(workflows).map(([name, workflow]) => [name, runs(() => workflow.orchestrate())])),
    "the recording observer": runs(async () => {
      await recorded.orchestrate();
      recorder.clear();
    }),
  });
  const traced = await benchOtel(chain);
  say(`\nobserving, ${STATES} asynchronous states that do nothing, ns a transition`);
  const plain = times["nothing attached"];
  for (const [name, time] of Object.entries(times)) sayRatio(name, time, plain);
  for (const [name, time] of Object.entries(traced)) sayRatio(name, time, traced["nothing attached, context manager on"]);
}

/** The lines that a run has at level info: its start and its end, and one for each task. */
function logByHand(logger) {
  const child = logger.child({ workflow: "chain", runId: crypto.randomUUID() });
  const task = { state: "s0", kind: "task", visit: 1, task: "Task0", attempt: 1, elapsed: 0.1 };
  for (let line = 0; line < STATES + 2; line++) child.info({ event: "taskSuccess", ...task }, "task succeeded");
}

/** A race of its own: an asynchronous context slows everybody down, whoever has turned it on. */
async function benchOtel(chain) {
  const provider = new BasicTracerProvider({ spanProcessors: [new BatchSpanProcessor(NOWHERE)] });
  const exporter = new InMemoryMetricExporter(AggregationTemporality.DELTA);
  const meters = new MeterProvider({
    readers: [new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 })],
  });
  const traces = chain.create({ observers: [otelTraces({ tracer: provider.getTracer("bench") })] });
  const metrics = chain.create({ observers: [otelMetrics({ meter: meters.getMeter("bench") }).observer] });
  const plain = chain.create();
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  try {
    return await race({
      "nothing attached, context manager on": runs(() => plain.orchestrate()),
      "OpenTelemetry metrics": runs(() => metrics.orchestrate()),
      "OpenTelemetry traces": runs(() => traces.orchestrate()),
    });
  } finally {
    context.disable();
    await Promise.all([provider.shutdown(), meters.shutdown()]);
  }
}

function sayRatio(name, time, plain) {
  say(`  ${name.padEnd(40)} ${time.toFixed(0).padStart(8)}   ${(time / plain).toFixed(2).padStart(8)} x`);
}
