/** Where a run is in its trace, as text that is stored with it: what the application's propagator makes of it, as JSON. */

import { propagation, ROOT_CONTEXT, type SpanContext, trace } from "@opentelemetry/api";
import type { RunTrace } from "../observe/observer.js";

/** Whether the application propagates anything. */
export function isPropagated(): boolean {
  return propagation.fields().length > 0;
}

/** What is stored of a run whose span is `span`; undefined where the application propagates nothing. Baggage is none of it: it is data of users. */
export function traceOf(span: SpanContext): RunTrace | undefined {
  const carrier: Record<string, string> = {};
  propagation.inject(trace.setSpanContext(ROOT_CONTEXT, span), carrier);
  return Object.keys(carrier).length === 0 ? undefined : { text: JSON.stringify(carrier) };
}

/** The span that `stored` tells of; undefined where it tells of none, or not so that the application's propagator understands it. */
export function findOrigin(stored: RunTrace | undefined): SpanContext | undefined {
  return stored && trace.getSpanContext(propagation.extract(ROOT_CONTEXT, carrierOf(stored)));
}

/** Somebody else may have stored something else. */
function carrierOf({ text }: RunTrace): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
