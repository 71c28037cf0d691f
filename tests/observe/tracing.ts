/** A real OpenTelemetry SDK whose spans a test can look at, as a tree. */

import { context, type HrTime, SpanStatusCode, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { BasicTracerProvider, InMemorySpanExporter, type ReadableSpan, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base";
import { afterEach, beforeEach } from "vitest";

const exporter = new InMemorySpanExporter();
/** The ids of the spans, in the order in which they began: those of a manual clock and those of the real one are not to be compared. */
const begun: string[] = [];

class Witness extends SimpleSpanProcessor {
  override onStart(span: { spanContext(): { spanId: string } }): void {
    begun.push(span.spanContext().spanId);
  }
}

const provider = new BasicTracerProvider({ spanProcessors: [new Witness(exporter)] });

/** The tracer of the tests, and of the observers in them. */
export const tracer = provider.getTracer("test");

/** Sets it up for every test of a file. */
export function setUpTracing(): void {
  beforeEach(() => {
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    exporter.reset();
  });
  afterEach(() => context.disable());
}

/** Begins and ends a span, as a user's own code would. */
export function own(name: string): void {
  tracer.startSpan(name).end();
}

/** The spans that have ended, as a tree: children in the order in which they began, `!` behind those that have failed. */
export function spanTree(): readonly string[] {
  const spans = exporter.getFinishedSpans();
  const render = (span: ReadableSpan, depth: number): string[] => [
    `${"  ".repeat(depth)}${span.name}${span.status.code === SpanStatusCode.ERROR ? " !" : ""}`,
    ...inOrder(spans.filter(({ parentSpanContext }) => parentSpanContext?.spanId === span.spanContext().spanId)).flatMap(
      (child) => render(child, depth + 1),
    ),
  ];
  const known = new Set(spans.map((span) => span.spanContext().spanId));
  const roots = spans.filter(({ parentSpanContext }) => parentSpanContext === undefined || !known.has(parentSpanContext.spanId));
  return inOrder(roots).flatMap((root) => render(root, 0));
}

/** The span called `name`. */
export function spanOf(name: string): ReadableSpan {
  const span = exporter.getFinishedSpans().findLast((other) => other.name === name);
  if (span === undefined) throw new Error(`no span is called ${name}: ${spanTree().join(", ")}`);
  return span;
}

/** Milliseconds. */
export function millisecondsOf([seconds, nanos]: HrTime): number {
  return seconds * 1_000 + nanos / 1e6;
}

/** The span that is active, as its name. */
export function activeSpan(): string | undefined {
  const active = trace.getActiveSpan() as unknown as ReadableSpan | undefined;
  return active?.name;
}

function inOrder(spans: readonly ReadableSpan[]): readonly ReadableSpan[] {
  return spans.toSorted((a, b) => begun.indexOf(a.spanContext().spanId) - begun.indexOf(b.spanContext().spanId));
}
