/** A real OpenTelemetry SDK whose metrics a test can look at, as lines. */

import type { Meter } from "@opentelemetry/api";
import { MeterProvider, MetricReader } from "@opentelemetry/sdk-metrics";

class Reader extends MetricReader {
  protected override async onForceFlush(): Promise<void> {}
  protected override async onShutdown(): Promise<void> {}
}

/** See the file's first line. */
export interface Measuring {
  readonly meter: Meter;
  /** What was collected under names that begin with `prefix`: `name unit {labels} value`; of a histogram, count and sum. Workflows are left out. */
  readonly collected: (prefix?: string) => Promise<readonly string[]>;
}

/** Sets one up, by which nothing has been measured. */
export function measure(): Measuring {
  const reader = new Reader();
  const meter = new MeterProvider({ readers: [reader] }).getMeter("test");
  return {
    meter,
    collected: async (prefix = "cano") => {
      const { resourceMetrics } = await reader.collect();
      return resourceMetrics.scopeMetrics
        .flatMap((scope) => scope.metrics)
        .filter(({ descriptor }) => descriptor.name.startsWith(prefix))
        .flatMap((metric) =>
          metric.dataPoints.map(({ attributes, value }) => {
            const { workflow: _, ...labels } = attributes;
            const shown = Object.entries(labels).map(([name, label]) => `${name}=${String(label)}`);
            const total = typeof value === "object" && "count" in value ? `${value.count} sum ${value.sum}` : String(value);
            return [metric.descriptor.name.replace(/^cano_/, ""), metric.descriptor.unit, ...shown, total].join(" ");
          }),
        );
    },
  };
}
