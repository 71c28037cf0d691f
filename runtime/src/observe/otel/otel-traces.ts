/** Traces of runs with OpenTelemetry: which event begins, ends or notes what. The spans of a run are `run-spans.ts`. */

import { context, type Link, trace, type Tracer } from "@opentelemetry/api";
import { isCanoError } from "../../run/errors.js";
import type { EventOf } from "../hooks.js";
import type { Observer, RunEvent, TaskEvent } from "../observer.js";
import { CurrentContext } from "./current-context.js";
import { RunSpans } from "./run-spans.js";
import { findSpanContext, renderTraceparent } from "./traceparent.js";
import { wrapTask } from "./wrap-task.js";

/** Where it is kept which trace a run belongs to, as a `traceparent`, by `<workflow>/<run id>`: a `Map` will do, or anything durable. */
export interface TraceOrigins {
  get(run: string): string | undefined;
  set(run: string, traceparent: string): unknown;
  delete(run: string): unknown;
}

/** How runs are traced. */
export interface TraceOptions {
  /** Default: the global tracer called `cano`. */
  readonly tracer?: Tracer;
  /** Where a resumed run finds the trace that it goes on with. Kept from the run's start until it has completed. Default: nowhere. */
  readonly origins?: TraceOrigins;
}

/**
 * An observer that traces runs. The span of a run is inside of the one that was active where it was begun; inside of it are those of the states that it
 * visits, in these those of branches and of further attempts, and those of compensations. What tasks trace by themselves is inside of what they are
 * called for. Nothing is traced of inputs and outputs.
 *
 * A run's spans are kept from its `runStart` to its `runEnd`: a filter around this observer lets both pass, or neither.
 */
export function otelTraces({ tracer = trace.getTracer("cano"), origins }: TraceOptions = {}): Observer {
  return new TraceObserver(tracer, origins);
}

class TraceObserver implements Observer {
  readonly wrap = wrapTask;
  private readonly runs = new Map<string, RunSpans>();

  constructor(
    private readonly tracer: Tracer,
    private readonly origins: TraceOrigins | undefined,
  ) {}

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

  runStart(event: EventOf<"runStart">): void {
    const key = keyOf(event);
    const traceparent = event.resumed ? this.origins?.get(key) : undefined;
    const origin = traceparent === undefined ? undefined : findSpanContext(traceparent);
    const active = context.active();
    // What a resumed run goes on with is its trace; who has resumed it is linked.
    const parent = origin === undefined ? active : trace.setSpanContext(active, origin);
    const caller = trace.getSpanContext(active);
    const links: Link[] =
      origin === undefined ? [] : [{ context: origin }, ...(caller === undefined ? [] : [{ context: caller }])];
    const spans = new RunSpans(this.tracer, event, parent, links);
    this.runs.set(key, spans);
    this.origins?.set(key, renderTraceparent(spans.root.spanContext));
  }

  runEnd(event: EventOf<"runEnd">): void {
    const { outcome, error, state } = event;
    const key = keyOf(event);
    const spans = this.runs.get(key);
    this.runs.delete(key);
    if (outcome === "completed") this.origins?.delete(key);
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
    this.of(event)?.note("join", event, { "cano.strategy": strategy, "cano.met": met, ...counts });
  }

  workflowTimeout(event: EventOf<"workflowTimeout">): void {
    this.of(event)?.note("workflow_timeout", event, { "cano.limit": event.limit });
  }

  private of(event: RunEvent): RunSpans | undefined {
    return this.runs.get(keyOf(event));
  }
}

function keyOf({ workflow, runId }: RunEvent): string {
  return `${workflow}/${runId}`;
}
