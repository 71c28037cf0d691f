/** What the read stage finds of schedules: calls of `every`, `cron`, `at` and `manual` on a scheduler. Plain readonly data; `undefined` where something cannot be told. */

import type { Span } from "../diagnostics/diagnostic.js";
import type { NumberReading } from "./number-reading.js";

/** One call. */
export type ScheduleReading = EveryReading | CronReading | AtReading | ManualReading;

/** What all calls have in common. */
export interface ScheduleBase {
  readonly name: TextReading;
  /** The schedules that the same scheduler has been given whenever it is given this one, by their places in the list. */
  readonly follows: readonly number[];
  readonly workflow: ScheduledWorkflow | undefined;
  readonly overlap: OverlapReading | undefined;
}

/** `every` */
export interface EveryReading extends ScheduleBase {
  readonly kind: "every";
  readonly interval: NumberReading;
  readonly mode: "delay" | "rate" | undefined;
}

/** `cron` */
export interface CronReading extends ScheduleBase {
  readonly kind: "cron";
  readonly expression: TextReading;
  /** `default`: the option is not given. */
  readonly timeZone: TextReading | "default" | undefined;
}

/** `at` */
export interface AtReading extends ScheduleBase {
  readonly kind: "at";
  /** In milliseconds since 1970; `NaN` for a date that is none. */
  readonly time: NumberReading;
}

/** `manual` */
export interface ManualReading extends ScheduleBase {
  readonly kind: "manual";
}

/** A workflow object, by the function of a generated module that made it. */
export interface ScheduledWorkflow {
  /** Absolute path of the source that the module is generated from. */
  readonly source: string;
  /** As in `createOrder`. */
  readonly factory: string;
}

/** How many runs there may be at once, and what becomes of a due time that comes while there are so many. */
export interface OverlapReading {
  readonly limit: number;
  readonly whenBusy: "skip" | "queue" | "cancel";
}

/** A text in an argument or option: its value where it is a constant. */
export interface TextReading {
  readonly value: string | undefined;
  /** The argument. */
  readonly span: Span;
  /** The text itself, without its quotes, where it is written down as it is. */
  readonly literal: Span | undefined;
}
