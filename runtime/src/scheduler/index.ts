/** `cano/scheduler`: runs workflows when they are due. */

export type { FiringCause, FiringOutcome, Firing } from "../checkpoint/schedule-store.js";
export type { BackfillOptions, Backfilled } from "./backfill.js";
export type { BackoffOptions } from "./backoff.js";
export type {
  AnyWorkflow,
  CommonOptions,
  CronOptions,
  EveryOptions,
  Misfire,
  Overlap,
  RequestFor,
  ScheduleObserver,
  SchedulerHealth,
  SchedulerOptions,
  Skipped,
  ScheduleStatus,
  StopOptions,
  TimedOptions,
  Trip,
} from "./options.js";
export { createScheduler, type Scheduler } from "./scheduler.js";
