/** What the scheduler's door offers, declared only, so that programs that use it can be read. */

import type {
  AnyWorkflow,
  CommonOptions,
  CronOptions,
  EveryOptions,
  OptionsFor,
  SchedulerOptions,
  TimedOptions,
} from "./options.js";

/** Runs workflows at their times. */
export declare class Scheduler implements AsyncDisposable {
  every<W extends AnyWorkflow>(name: string, workflow: W, interval: number, ...options: OptionsFor<W, EveryOptions>): this;
  cron<W extends AnyWorkflow>(name: string, workflow: W, expression: string, ...options: OptionsFor<W, CronOptions>): this;
  at<W extends AnyWorkflow>(name: string, workflow: W, time: Date | number, ...options: OptionsFor<W, TimedOptions>): this;
  manual<W extends AnyWorkflow>(name: string, workflow: W, ...options: OptionsFor<W, CommonOptions>): this;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Makes a scheduler. */
export declare function createScheduler(options?: SchedulerOptions): Scheduler;
