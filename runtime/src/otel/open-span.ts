/** A span in progress, with what is inside of it. */

import {
  type Attributes,
  type Context,
  type HrTime,
  type Link,
  SpanStatusCode,
  type Span,
  trace,
  type Tracer,
} from "@opentelemetry/api";
import { errorFacts } from "../observe/error-facts.js";

/** How a span is begun. Times are milliseconds since 1970. */
export interface Beginning {
  readonly tracer: Tracer;
  readonly name: string;
  readonly parent: Context;
  readonly at: number;
  readonly attributes: Attributes;
  readonly links?: Link[];
}

/** See the file's first line. */
export class OpenSpan {
  /** What is done inside of it is done in this. */
  readonly context: Context;
  private readonly span: Span;

  constructor(readonly begun: Beginning) {
    const { tracer, name, parent, at, attributes, links = [] } = begun;
    this.span = tracer.startSpan(name, { ...timed("startTime", at), attributes, links }, parent);
    this.context = trace.setSpan(parent, this.span);
  }

  get spanContext(): ReturnType<Span["spanContext"]> {
    return this.span.spanContext();
  }

  set(attributes: Attributes): void {
    this.span.setAttributes(attributes);
  }

  /** Notes that something has happened. */
  note(name: string, at: number, attributes: Attributes = {}): void {
    this.span.addEvent(name, attributes, timeOf(at));
  }

  /** Notes what something has failed with, which need not be the end of it. */
  noteError(error: unknown, at: number): void {
    const { type, message, stack, code, category } = errorFacts(error);
    this.note("exception", at, {
      "exception.type": type,
      "exception.message": message,
      ...(stack === undefined ? {} : { "exception.stacktrace": stack }),
      ...(code === undefined ? {} : { "cano.error.code": code }),
      ...(category === undefined ? {} : { "cano.error.category": category }),
    });
  }

  /** Ends it with a failure. */
  fail(error: unknown, at: number): void {
    const { type, message, category } = errorFacts(error);
    this.noteError(error, at);
    this.markFailed(category ?? type, message);
    this.end(at);
  }

  /** Says that it has failed, which is not the end of it. */
  markFailed(type: string, message: string): void {
    this.span.setAttribute("error.type", type);
    this.span.setStatus({ code: SpanStatusCode.ERROR, message });
  }

  end(at: number): void {
    this.span.end(timeOf(at));
  }
}

function timed(key: "startTime", at: number): { startTime?: HrTime } {
  const time = timeOf(at);
  return time === undefined ? {} : { [key]: time };
}

/** Undefined, which is the SDK's own time, where the workflow's clock could not be read. */
function timeOf(at: number): HrTime | undefined {
  if (!Number.isFinite(at)) return undefined;
  const seconds = Math.floor(at / 1_000);
  return [seconds, Math.round((at - seconds * 1_000) * 1_000_000)];
}
