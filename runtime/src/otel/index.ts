/** The door for traces and metrics with OpenTelemetry. Loads `@opentelemetry/api`, whose global providers are the application's business. */

export type { Gate } from "./gate-metrics.js";
export { otelMetrics, type MetricsOptions, type OtelMetrics } from "./otel-metrics.js";
export { otelTraces, type TraceOptions } from "./otel-traces.js";
