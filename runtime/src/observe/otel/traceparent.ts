/** The context of a span as text, as the W3C's Trace Context has it in its header `traceparent` (version 00). */

import { isSpanContextValid, type SpanContext } from "@opentelemetry/api";

/** `00-<trace>-<span>-<flags>`. */
export function renderTraceparent({ traceId, spanId, traceFlags }: SpanContext): string {
  return `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, "0")}`;
}

/** What `text` says; undefined when it says nothing. */
export function findSpanContext(text: string): SpanContext | undefined {
  const [, traceId = "", spanId = "", flags = ""] = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/.exec(text) ?? [];
  const found = { traceId, spanId, traceFlags: Number.parseInt(flags, 16), isRemote: true };
  return isSpanContextValid(found) ? found : undefined;
}
