/** Traces of runs with OpenTelemetry: which event begins, ends or notes what. The spans of a run are `run-spans.ts`. */

import { context, type SpanContext, trace, type Tracer } from "@opentelemetry/api";
import { isCanoError } from "../errors/cano-error.js";
import { requireOptions } from "../errors/require-shape.js";
import type { EventOf } from "../observe/hooks.js";
import type { Observer, RunEvent, RunTrace, TaskEvent } from "../observe/observer.js";
import { runKeyOf } from "../observe/run-key.js";
import { CurrentContext } from "./current-context.js";
import { RunSpans } from "./run-spans.js";
import { findOrigin, isPropagated, traceOf } from "./stored-trace.js";
import { wrapTask } from "./wrap-task.js";

/** How runs are traced. */
export interface TraceOptions {
  /** Default: the global tracer called `cano`. */
  readonly tracer?: Tracer;
}

/**
 * An observer that traces runs. The span of a run is inside of the one that was active where it was begun; inside of it are those of the states that it
 * visits, in these those of branches and of further attempts, and those of compensations. What tasks trace by themselves is inside of what they are
 * called for. Nothing is traced of inputs and outputs.
 *
 * Where a run is, is stored with it if it is durable, as the application's propagator has it, which by default of the SDKs is the W3C's Trace Context. One that
 * is resumed is inside of the run that it goes on with, which it links, as it links the span of who has resumed it.
 *
 * A run's spans are kept from its `runStart` to its `runEnd`: a filter around this observer lets both pass, or neither.
 */
export function otelTraces(options: TraceOptions = {}): Observer {
  requireOptions<TraceOptions>("otelTraces", options, { tracer: 1 });
  return new TraceObserver(options.tracer ?? trace.getTracer("cano"));
}

class TraceObserver implements Observer {
  readonly wrap = wrapTask;
  private readonly runs = new Map<string, RunSpans>();

  /** Runs that are about to be stored. One that never begins is forgotten with its trace, and its span never ends. */
  private readonly stored = new WeakMap<RunTrace, RunSpans>();

  constructor(private readonly tracer: Tracer) {}

  aroundRun(event: RunEvent, call: () => void): void {
    const spans = this.of(event);
    if (spans === undefined) call();
    else context.with(new CurrentContext(spans), call);
  }

  aroundTask(event: TaskEvent, call: () => void): void {
    const spans = this.of(event);
    if (spans === undefined) call();
    else context.with(spans.contextOf(event), call);
  }

  traceRun(event: RunEvent): RunTrace | undefined {
    // The span of a run of which nothing can be stored is begun by `runStart`, which would not find the one that was begun here.
    if (!isPropagated()) return undefined;
    const spans = new RunSpans(this.tracer, event, context.active(), []);
    const stored = traceOf(spans.root.spanContext);
    if (stored !== undefined) this.stored.set(stored, spans);
    return stored;
  }

  runStart(event: EventOf<"runStart">): void {
    const { trace: stored, resumed, version } = event;
    const spans = (stored && this.stored.get(stored)) ?? this.begin(event, resumed ? findOrigin(stored) : undefined);
    spans.root.set({ "cano.resumed": resumed, ...(version === undefined ? {} : { "cano.version": version }) });
    // Of two runs at the same time with one id nothing that follows tells which it is about: what is open of the first would never end.
    this.of(event)?.end(event, undefined);
    this.runs.set(runKeyOf(event), spans);
  }

  runEnd(event: EventOf<"runEnd">): void {
    const { outcome, error, state } = event;
    const spans = this.of(event);
    this.runs.delete(runKeyOf(event));
    spans?.root.set({ "cano.outcome": outcome, ...(outcome === "completed" ? { "cano.exit": String(state) } : {}) });
    spans?.end(event, outcome === "failed" ? { error } : undefined);
  }

  stateEnter(event: RunEvent): void {
    this.of(event)?.enterState(event);
  }

  taskStart(event: TaskEvent): void {
    this.of(event)?.startTask(event);
  }

  attempt(event: TaskEvent): void {
    this.of(event)?.startAttempt(event);
  }

  retry(event: EventOf<"retry">): void {
    this.of(event)?.failAttempt(event);
  }

  step(event: TaskEvent): void {
    this.of(event)?.endStep(event);
  }

  taskSuccess(event: EventOf<"taskSuccess">): void {
    this.of(event)?.endTask(event, undefined);
  }

  taskFailure(event: EventOf<"taskFailure">): void {
    // Who was called off has not failed.
    if (isCanoError(event.error, "cancelled")) this.taskCancelled(event);
    else this.of(event)?.endTask(event, event);
  }

  taskCancelled(event: EventOf<"taskCancelled">): void {
    this.of(event)?.endTask(event, undefined, { "cano.outcome": "cancelled" });
  }

  compensateStart(event: TaskEvent): void {
    this.of(event)?.startCompensation(event);
  }

  compensateSuccess(event: TaskEvent): void {
    this.of(event)?.endCompensation(event, undefined);
  }

  compensateFailure(event: EventOf<"compensateFailure">): void {
    this.of(event)?.endCompensation(event, event);
  }

  resume(event: EventOf<"resume">): void {
    this.of(event)?.note("resume", event, { "cano.sequence": event.sequence });
  }

  checkpoint(event: EventOf<"checkpoint">): void {
    this.of(event)?.note("checkpoint", event, { "cano.sequence": event.sequence });
  }

  circuitOpen(event: EventOf<"circuitOpen">): void {
    this.of(event)?.note("circuit_open", event, { "cano.attempt": event.attempt });
  }

  hedge(event: EventOf<"hedge">): void {
    this.of(event)?.note("hedge", event, { "cano.copy": event.copy });
  }

  fallback(event: TaskEvent): void {
    this.of(event)?.note("fallback", event, {});
  }

  window(event: EventOf<"window">): void {
    this.of(event)?.note("window", event, { "cano.outputs": event.outputs });
  }

  join(event: EventOf<"join">): void {
    const { strategy, met, successes, failures, cancelled } = event;
    const counts = { "cano.successes": successes, "cano.failures": failures, "cano.cancelled": cancelled };
    const spans = this.of(event);
    spans?.note("join", event, { "cano.strategy": strategy, "cano.met": met, ...counts });
    if (!met) spans?.failSplit(event, "workflow", `join \`${strategy}\` was not met`);
  }

  workflowTimeout(event: EventOf<"workflowTimeout">): void {
    const { kind, limit } = event;
    const spans = this.of(event);
    spans?.note("workflow_timeout", event, { "cano.limit": limit });
    // A task has been told of as one that has failed; of a split, its branches have.
    if (kind === "split") spans?.failSplit(event, "workflow_timeout", `the run took longer than ${limit} ms`);
  }

  /** Begins a run that goes on with `origin`, or is inside of what is active. What a resumed run goes on with is its trace; who has resumed it is linked. */
  private begin(event: RunEvent, origin: SpanContext | undefined): RunSpans {
    const active = context.active();
    if (origin === undefined) return new RunSpans(this.tracer, event, active, []);
    const caller = trace.getSpanContext(active);
    const links = [origin, ...(caller === undefined ? [] : [caller])].map((linked) => ({ context: linked }));
    return new RunSpans(this.tracer, event, trace.setSpanContext(active, origin), links);
  }

  private of(event: RunEvent): RunSpans | undefined {
    return this.runs.get(runKeyOf(event));
  }
}
