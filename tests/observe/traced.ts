/** What is traced by a real OpenTelemetry SDK: settings of machines, and steps that trace something of their own. */

import type { Context } from "cano";
import { otelTraces } from "cano/observe/otel";
import { ManualClock } from "cano/testing";
import type { Step } from "../runtime/step.js";
import { own, tracer } from "./tracing.js";

/** The observers that trace. */
export const observers = [otelTraces({ tracer })];

/** A setting with them, on a clock that goes by dates. */
export const dated = (): { clock: ManualClock; observers: typeof observers } => ({
  clock: new ManualClock(new Date("2026-01-01")),
  observers,
});

/** A step that takes `ms`, and traces something of its own before and after. */
export const traced = (name: string, ms: number, next: string | Error): Step => ({
  async run(_: unknown, { sleep }: Context<unknown>) {
    own(`${name}, before`);
    await sleep(ms);
    own(`${name}, after`);
    if (next instanceof Error) throw next;
    return next;
  },
});
