/** Machines whose runs a real OpenTelemetry SDK measures, on a clock that goes by dates. */

import { otelMetrics } from "cano/observe/otel";
import { ManualClock } from "cano/testing";
import { machineOf } from "../runtime/machine.js";
import { measure } from "./measuring.js";

/** What a test has of them: set up once for each, by which nothing has been measured. */
export type Measured = ReturnType<typeof measured>;

/** Sets it up. */
export function measured() {
  const clock = new ManualClock(new Date("2026-01-01"));
  const { meter, collected } = measure();
  const metrics = otelMetrics({ meter, now: () => clock.epoch() });
  const machine = (tasks: Parameters<typeof machineOf>[0], setting: Parameters<typeof machineOf>[1] = {}) =>
    machineOf(tasks, { clock, observers: [metrics.observer], ...setting });
  return { clock, metrics, collected, machine };
}
