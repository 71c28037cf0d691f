/** The schedules of a scheduler at work: takes them up, and lets go of them. What an application calls is `scheduler.ts`. */

import type { CheckpointStore } from "../checkpoint/checkpoint-store.js";
import { CanoError } from "../errors/cano-error.js";
import { outOfRange, requirePositive } from "../errors/require.js";
import { requireList } from "../errors/require-shape.js";
import { textOf } from "../errors/thrown.js";
import { warn } from "../errors/warn.js";
import { SignalHub } from "../run/signal-hub.js";
import { systemClock } from "../time/clock.js";
import { Agenda } from "./agenda.js";
import { define } from "./decisions.js";
import type { Definition } from "./definition.js";
import { ScheduleDriver } from "./driver.js";
import { KnownSchedule } from "./known-schedule.js";
import { Look } from "./look.js";
import type { SchedulerHealth, SchedulerOptions } from "./options.js";
import { notRunning, stillRunning, stillStarting, storeWithoutSchedules } from "./refusals.js";
import { schedulerHealth } from "./scheduler-health.js";
import { pause, RETRY, type Setting } from "./setting.js";
import { UnstoredSchedules } from "./unstored-schedules.js";

/** So many are defined in one transaction. */
const TOGETHER = 500;
/** 30 days, in milliseconds. */
const HISTORY = 30 * 24 * 60 * 60 * 1_000;

/** See the file's first line. */
export class Schedules {
  readonly setting: Setting;
  private readonly drivers = new Map<string, ScheduleDriver>();
  private readonly look: Look | undefined;
  private readonly stopping = new AbortController();
  private readonly stopTimeout: number;
  private readonly healthTimeout: number;
  private readonly checkpoints: CheckpointStore | undefined;
  isStarted = false;

  /** Throws `configuration` when an option is out of range, or the store cannot keep schedules. */
  constructor({ checkpoints, stopTimeout = 30_000, healthTimeout = 5_000, history = HISTORY, ...options }: SchedulerOptions) {
    requirePositive("stopTimeout", stopTimeout);
    requirePositive("healthTimeout", healthTimeout);
    requirePositive("history", history);
    const { clock = systemClock, observers = [] } = options;
    requireList("observers", observers);
    // A path of one, for example.
    if (checkpoints !== undefined && typeof checkpoints !== "object")
      throw outOfRange("checkpoints", "a store, such as `sqliteCheckpoints` makes", checkpoints);
    if (checkpoints !== undefined && checkpoints.schedules === undefined) throw storeWithoutSchedules();
    this.stopTimeout = stopTimeout;
    this.healthTimeout = healthTimeout;
    this.checkpoints = checkpoints;
    this.setting = {
      store: checkpoints?.schedules ?? new UnstoredSchedules(),
      isShared: checkpoints !== undefined,
      agenda: new Agenda(clock, () => this.pullIn()),
      clock,
      random: options.random ?? Math.random,
      log: options.log ?? console,
      observers,
      stopping: this.stopping.signal,
      signals: new SignalHub(),
    };
    this.look = checkpoints && new Look(this.setting, this.drivers, history);
  }

  find(name: string): ScheduleDriver | undefined {
    return this.drivers.get(name);
  }

  /** Starts the workflows and takes up their schedules. Rejects when that fails; then none of them is taken up. */
  async start(definitions: readonly Definition[]): Promise<void> {
    for (const workflow of new Set(definitions.map((definition) => definition.workflow))) await workflow.start();
    const drivers: ScheduleDriver[] = [];
    for (let at = 0; at < definitions.length; at += TOGETHER)
      drivers.push(...(await this.define(definitions.slice(at, at + TOGETHER))));
    // It has taken so long that who stopped it has been told.
    if (this.setting.stopping.aborted) throw notRunning("stopped");
    for (const driver of drivers) this.drivers.set(driver.schedule.name, driver);
    for (const driver of drivers) driver.wake();
    this.setting.agenda.start();
    this.look?.wake();
    this.isStarted = true;
  }

  /** How it is doing. Never rejects. */
  health(): Promise<SchedulerHealth> {
    const { checkpoints, drivers, healthTimeout: timeout, look, setting } = this;
    const state = setting.stopping.aborted ? "stopped" : this.isStarted ? "running" : "not started";
    const schedules = Array.from(drivers.values(), ({ schedule }) => schedule);
    return schedulerHealth({ state, schedules, checkpoints, lookFailure: look?.failure }, { clock: setting.clock, timeout });
  }

  /**
   * Fires no more, and waits for what is in progress, also for a start that may have been `started`; with `finish`, first without cancelling it. Rejects with
   * `workflow` when that takes too long.
   */
  async stop(finish: boolean, started: Promise<void>): Promise<void> {
    const isStarted = await this.inTime(started.catch(() => undefined));
    const reason = new CanoError("cancelled", "the scheduler was stopped");
    this.stopping.abort(reason);
    this.setting.agenda.stop();
    if (!isStarted) throw stillStarting(this.stopTimeout);
    const isOver = finish && (await this.inTime(this.ended()));
    for (const { runs } of this.drivers.values()) runs.end(reason);
    if (isOver || (await this.inTime(this.ended()))) return;
    const busy = [...this.drivers.values()].filter(({ runs }) => runs.count > 0).map(({ schedule }) => schedule.name);
    throw stillRunning(this.stopTimeout, busy);
  }

  private async define(definitions: readonly Definition[]): Promise<readonly ScheduleDriver[]> {
    const { store, clock } = this.setting;
    const byName = new Map(definitions.map((definition) => [definition.name, definition]));
    // Known once the store is open, which may take a while in which nothing can be missed; the same for all.
    let now: number | undefined;
    const decided = await store.decide([...byName.keys()], (name, view) => {
      now ??= clock.epoch();
      const definition = byName.get(name);
      return definition === undefined ? {} : define(definition, view, this.startOf(definition, now));
    });
    return definitions.map(
      (definition, place) => new ScheduleDriver(new KnownSchedule(definition, store, decided[place]?.record), this.setting),
    );
  }

  /** What lies before is no due time. What is stored to happen once and has not, happens however late that is; what is not stored would each time that a process starts. */
  private startOf({ kind, name, times }: Definition, now: number): number {
    if (kind !== "at") return now;
    if (this.setting.isShared) return Number.NEGATIVE_INFINITY;
    if (times.first(now) === undefined) warn(this.setting.log, `schedule \`${name}\` is past, and does not fire`);
    return now;
  }

  /** Whether it takes no more than `stopTimeout` until `done` resolves. */
  private inTime(done: Promise<void>): Promise<boolean> {
    return new Promise((resolve, reject) => {
      const cancel = this.setting.clock.schedule(() => resolve(false), this.stopTimeout);
      done.then(() => resolve(true), reject).finally(cancel);
    });
  }

  private async ended(): Promise<void> {
    // First, since it may adopt what is to be waited for.
    await this.look?.ended();
    await Promise.all(Array.from(this.drivers.values(), (driver) => driver.ended()));
  }

  /** After the date has gone back. */
  private pullIn(): void {
    warn(this.setting.log, "the date has gone back: what is due in intervals is counted from now on");
    // The next look was for the date as it was, too.
    this.look?.wake();
    for (const driver of this.drivers.values()) void this.pullInLater(driver);
  }

  /** Never rejects: it is tried until it succeeds, since nothing else would wake the schedule before the date is again where it was. */
  private async pullInLater(driver: ScheduleDriver): Promise<void> {
    const { setting } = this;
    do {
      try {
        return await driver.pullIn();
      } catch (error) {
        warn(setting.log, `schedule \`${driver.schedule.name}\` could not be counted from now on, and will be: ${textOf(error)}`);
      }
    } while (await pause(setting, RETRY));
  }
}
