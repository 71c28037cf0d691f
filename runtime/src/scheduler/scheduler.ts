/** The scheduler as an application calls it: workflows under names, and when they run. How they are driven is `schedules.ts` and what that uses. */

/// <reference lib="esnext.disposable" preserve="true" />

import type { Firing } from "../checkpoint/schedule-store.js";
import { CronTable } from "../cron/cron-table.js";
import { outOfRange, requireCount } from "../errors/require.js";
import { requireOptions } from "../errors/require-shape.js";
import { type Backfilled, type BackfillOptions, backfill } from "./backfill.js";
import { reset } from "./decisions.js";
import { defineAt, defineCron, defineEvery, defineManual, type Definition } from "./definition.js";
import type { ScheduleDriver } from "./driver.js";
import type {
  AnyWorkflow,
  CommonOptions,
  CronOptions,
  EveryOptions,
  OptionsFor,
  SchedulerHealth,
  SchedulerOptions,
  ScheduleStatus,
  StopOptions,
  TimedOptions,
} from "./options.js";
import { knownSchedule, notRunning, notTakenUp, notTriggered, unknownSchedule } from "./refusals.js";
import { statusOf } from "./schedule-status.js";
import { Schedules } from "./schedules.js";

const OPTIONS: Readonly<Record<keyof SchedulerOptions, 1>> = {
  checkpoints: 1,
  observers: 1,
  log: 1,
  clock: 1,
  random: 1,
  stopTimeout: 1,
  healthTimeout: 1,
  history: 1,
};

/** Makes a scheduler; it does nothing before it is started. Throws `configuration` when an option is out of range, or the store cannot keep schedules. */
export function createScheduler(options: SchedulerOptions = {}): Scheduler {
  requireOptions("createScheduler", options, OPTIONS);
  return new Scheduler(options);
}

/**
 * Runs workflows when they are due. Whatever names a schedule that is not registered throws `configuration`; what needs the scheduler to be running
 * throws `workflow` when it is not; what asks the store rejects with `checkpoint_store` when that fails.
 */
export class Scheduler implements AsyncDisposable {
  private readonly definitions = new Map<string, Definition>();
  private readonly crons = new CronTable();
  private readonly schedules: Schedules;
  private started: Promise<void> = Promise.resolve();
  private stopped: Promise<void> | undefined;

  /** See {@link createScheduler}. */
  constructor(options: SchedulerOptions) {
    this.schedules = new Schedules(options);
  }

  /**
   * Runs a workflow at the start, and then again `interval` milliseconds (1 or more) after each run has ended; with `mode: "rate"`, so long after its last
   * due time. Throws `configuration` when the name is taken or an option is out of range, as `cron`, `at` and `manual` do.
   */
  every<W extends AnyWorkflow>(name: string, workflow: W, interval: number, ...[options]: OptionsFor<W, EveryOptions>): this {
    return this.register(defineEvery(name, workflow, interval, options ?? {}));
  }

  /**
   * Runs a workflow at the times of a cron expression: minute, hour, day of month, month and day of week, maybe with seconds first; or `@hourly`,
   * `@daily`, `@weekly`, `@monthly`, `@yearly`, `@weekdays`, `@weekends`.
   */
  cron<W extends AnyWorkflow>(name: string, workflow: W, expression: string, ...[options]: OptionsFor<W, CronOptions>): this {
    return this.register(defineCron(name, workflow, expression, options ?? {}, this.crons));
  }

  /** Runs a workflow once, at a date or its milliseconds since 1970. A time that is past only counts where schedules are stored. */
  at<W extends AnyWorkflow>(name: string, workflow: W, time: Date | number, ...[options]: OptionsFor<W, TimedOptions>): this {
    return this.register(defineAt(name, workflow, time, options ?? {}));
  }

  /** Runs a workflow when it is triggered, and only then. */
  manual<W extends AnyWorkflow>(name: string, workflow: W, ...[options]: OptionsFor<W, CommonOptions>): this {
    return this.register(defineManual(name, workflow, options ?? {}));
  }

  /** Whether there is a schedule of this name. */
  has(name: string): boolean {
    return this.definitions.has(name);
  }

  /**
   * Starts the workflows, which sets up their resources, and takes up the schedules. To be called again for those that were registered later. Rejects
   * when a workflow cannot be started or the store fails; it may then be called again.
   */
  async start(): Promise<void> {
    if (this.stopped !== undefined) throw notRunning("stopped");
    const before = this.started.catch(() => undefined);
    this.started = before.then(() => {
      return this.schedules.start([...this.definitions.values()].filter(({ name }) => this.schedules.find(name) === undefined));
    });
    await this.started;
  }

  /**
   * Fires no more, and waits until nothing is in progress. Every call resolves, or rejects, with what came of the first. Rejects with `workflow` when runs
   * have not ended in `stopTimeout` although they were cancelled, or a start that is under way has not, or the store has not answered. Workflows and store
   * are left open.
   */
  async stop(options: StopOptions = {}): Promise<void> {
    requireOptions<StopOptions>("stop", options, { running: 1 });
    const { running = "cancel" } = options;
    // Beyond its type: runs that were to finish would be cancelled.
    if (!["cancel", "finish"].includes(running)) throw outOfRange("running", '"cancel" or "finish"', running);
    this.stopped ??= this.schedules.stop(running === "finish", this.started);
    await this.stopped;
  }

  /** The same as `stop()`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  /**
   * Fires now, whatever is due and stays so, even in a pause or a back-off; resolves once that is settled, not when the run has ended. With `overlap: "queue"` or `"cancel"`
   * it may wait for a run. Rejects with `workflow` when it does not fire, since a run is in progress or the schedule is tripped.
   */
  async trigger(name: string): Promise<Firing> {
    const triggered = await this.running(name).trigger();
    if (triggered.kind === "refused") throw notTriggered(name, triggered.reason);
    return triggered.firing;
  }

  /** Fires no more until `unpause`. Runs in progress go on. */
  async pause(name: string): Promise<void> {
    await this.running(name).change((record) => ({ ...record, paused: true }));
  }

  /** Ends a pause. Due times that came meanwhile were missed, and are treated as `misfire` says. */
  async unpause(name: string): Promise<void> {
    await this.running(name).change((record) => ({ ...record, paused: false }));
  }

  /** Cancels the runs in progress; resolves before they have ended. Those in other processes are only reached where they are stored. */
  async cancel(name: string): Promise<void> {
    await this.running(name).runs.cancel();
  }

  /** Forgets failures: what is tripped fires again, a back-off ends. */
  async reset(name: string): Promise<void> {
    const driver = this.running(name);
    const { clock } = this.schedules.setting;
    await driver.change((record) => reset(driver.schedule.definition, record, clock.epoch()));
  }

  /** How a schedule is doing. */
  async status(name: string): Promise<ScheduleStatus> {
    const definition = this.definition(name);
    const view = await this.schedules.find(name)?.schedule.view();
    return statusOf(definition, view ?? { record: undefined, open: [] });
  }

  /** How the scheduler itself is doing, within `healthTimeout` and for whoever watches the process. Never rejects. */
  health(): Promise<SchedulerHealth> {
    return this.schedules.health();
  }

  /** How all schedules are doing, in the order in which they were registered. */
  list(): Promise<readonly ScheduleStatus[]> {
    return Promise.all(Array.from(this.definitions.keys(), (name) => this.status(name)));
  }

  /**
   * The next due times, `count` at the most (1 or more), as milliseconds since 1970. There may be fewer: none of a manual schedule, one of a fixed delay, none
   * while that is running.
   */
  async next(name: string, count = 1): Promise<readonly number[]> {
    requireCount("count", count, 1);
    const { times } = this.definition(name);
    const driver = this.schedules.find(name);
    const dues: number[] = [];
    let due =
      driver === undefined ? times.first(this.schedules.setting.clock.epoch()) : (await driver.schedule.view()).record?.next;
    for (; due !== undefined && dues.length < count; due = times.after(due)) dues.push(due);
    return dues;
  }

  /**
   * Makes up for the due times of a past window, one after the other unless told otherwise: each for which the schedule has not fired yet fires, whatever
   * else is in progress. Without a store it is not known what has fired, but for what is in progress: then all of them fire. Resolves when all runs have
   * ended. Rejects with `configuration` for a schedule without regular due times, a window that reaches into the future, or one with more than 100,000 due
   * times.
   */
  async backfill(name: string, options: BackfillOptions): Promise<readonly Backfilled[]> {
    return await backfill(this.running(name), this.schedules.setting, options);
  }

  private register(definition: Definition): this {
    if (this.definitions.has(definition.name)) throw knownSchedule(definition.name);
    if (this.stopped !== undefined) throw notRunning("stopped");
    this.definitions.set(definition.name, definition);
    return this;
  }

  private definition(name: string): Definition {
    const definition = this.definitions.get(name);
    if (definition === undefined) throw unknownSchedule(name, this.definitions.keys());
    return definition;
  }

  private running(name: string): ScheduleDriver {
    this.definition(name);
    if (this.stopped !== undefined) throw notRunning("stopped");
    const driver = this.schedules.find(name);
    if (driver === undefined) throw this.schedules.isStarted ? notTakenUp(name) : notRunning("not started");
    return driver;
  }
}
