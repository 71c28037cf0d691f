/** Drives one schedule in this process: fires when it is due. What is decided, and why, is `decisions.ts`; its runs are looked after by `fired-runs.ts`. */

import type { Firing, ScheduleRecord } from "../checkpoint/schedule-store.js";
import { textOf } from "../errors/thrown.js";
import { warn } from "../errors/warn.js";
import type { Item, Wakeable } from "./agenda.js";
import { makeUp, type Offer, offer, pullIn, type Trigger, trigger } from "./decisions.js";
import { FiredRuns } from "./fired-runs.js";
import type { KnownSchedule, Outcome, Soon } from "./known-schedule.js";
import { delayBy, type Plan, planFor } from "./misfire.js";
import { RETRY, type Setting, tell } from "./setting.js";
import { type Ending, takeUp } from "./settle.js";
import { UnderWay } from "./under-way.js";

/** See the file's first line. */
export class ScheduleDriver implements Wakeable {
  item: Item | undefined;
  readonly runs: FiredRuns;
  private working: Promise<void> | undefined;
  private readonly asked = new UnderWay();
  /** Whether something has changed since what is at work looked. */
  private isWoken = false;
  /** A due time that waits for a run is tried again then, or when a run in this process ends. */
  private notBefore = 0;
  /** Whether it has not looked yet at what was left to it. */
  private isFirst = true;

  constructor(
    readonly schedule: KnownSchedule,
    private readonly setting: Setting,
  ) {
    this.runs = new FiredRuns(schedule, setting, () => {
      this.notBefore = 0;
      this.wake();
    });
  }

  get isIdle(): boolean {
    return this.working === undefined && this.runs.count === 0;
  }

  /** Learns how the schedule stands, and goes by it from now on. */
  learn(record: ScheduleRecord): void {
    this.schedule.record = record;
    this.wake();
  }

  /** Fires if it is due, else sees to it that it is woken when it is. */
  wake(): void {
    // What is at work looks again before it ends.
    this.isWoken = true;
    if (this.working === undefined) this.working = this.work();
  }

  /** Fires now. Rejects when the store does. */
  trigger(): Promise<Trigger> {
    const { schedule, setting, runs } = this;
    return this.asked.track(async () => {
      for (let earliest = runs.newest + 1; ;) {
        const { next, begun } = await schedule.tryToDecide((view) =>
          trigger(schedule.definition, view, setting.clock.epoch(), earliest),
        );
        if (next.kind === "fired" && !begun) {
          // One due time fires once: those who trigger in the same millisecond take the next ones.
          earliest = next.firing.due + 1;
          continue;
        }
        if (next.kind === "fired") void runs.start(next.firing, false);
        if (next.kind === "cancelling") await this.cancelFor(next.instead);
        return next;
      }
    });
  }

  /**
   * Makes up for a past due time. Resolves to what its run came to, or to `known` when the schedule has fired for it before; to undefined when
   * that is left to others. Rejects when the store does.
   */
  makeUp(due: number): Promise<Ending | "known" | undefined> {
    const { schedule, setting, runs } = this;
    return this.asked.track(async () => {
      const { next, begun } = await schedule.tryToDecide(() => makeUp(schedule.definition, due, setting.clock.epoch()));
      return begun ? runs.start(next, false) : "known";
    });
  }

  /** Looks after a firing that nobody looks after any more. Rejects when the store does. */
  async adopt({ due }: Firing): Promise<void> {
    if (this.runs.has(due)) return;
    const adopted = await this.schedule.decide(({ open }) => {
      const orphan = open.find((firing) => firing.due === due && !firing.isAlive);
      return orphan === undefined ? { decision: {}, next: undefined } : { decision: { adopt: due }, next: orphan };
    });
    if (adopted !== undefined) void this.runs.start(adopted, true);
  }

  /** Changes what is kept of the schedule. Rejects when the store does. */
  async change(change: (record: ScheduleRecord) => ScheduleRecord): Promise<void> {
    await this.schedule.decide(({ record }) => ({
      decision: record === undefined ? {} : { record: change(record) },
      next: undefined,
    }));
    this.wake();
  }

  /** After the date has gone back. Rejects when the store does. */
  pullIn(): Promise<void> {
    const { schedule, setting } = this;
    // It was a moment of the date as it was.
    this.notBefore = 0;
    return this.change((record) => pullIn(schedule.definition, record, setting.clock.epoch()));
  }

  /** Resolves when it does nothing any more, once the scheduler is being stopped. */
  async ended(): Promise<void> {
    await this.working;
    await this.asked.settled();
    await this.runs.ended();
  }

  /** Fires as long as it is due. */
  private work(): Promise<void> | undefined {
    try {
      // First, since it has come before what is due now.
      if (this.isLeft) return this.workOn(Promise.resolve());
      this.isFirst = false;
      while (this.isDue()) {
        const firing = this.fire();
        if (firing instanceof Promise) return this.workOn(firing);
      }
    } catch (error) {
      this.putOff(error);
    }
    return undefined;
  }

  private async workOn(firing: Promise<void>): Promise<void> {
    try {
      await firing;
      do {
        this.isWoken = false;
        if (this.isLeft) await this.takeUp();
        while (this.isDue()) await this.fire();
      } while (this.isWoken);
    } catch (error) {
      this.putOff(error);
    }
    this.working = undefined;
  }

  private putOff(error: unknown): void {
    const { agenda, clock, log } = this.setting;
    warn(log, `schedule \`${this.schedule.name}\` could not fire, and will try again: ${textOf(error)}`);
    agenda.set(this, clock.epoch() + RETRY);
  }

  /** Whether its next due time has come, as far as is known; if not, it is woken then. */
  private isDue(): boolean {
    const { agenda, clock } = this.setting;
    const { definition, name } = this.schedule;
    const next = this.nextDue();
    if (next === undefined) {
      agenda.remove(this);
      return false;
    }
    const moment = Math.max(next + delayBy(definition.lateness.jitter, name, next), this.notBefore);
    if (moment <= clock.epoch()) return true;
    agenda.set(this, moment);
    return false;
  }

  /** Whether the end of a run in another process, or of that process, may have left it to this one to settle what follows. */
  private get isLeft(): boolean {
    const { setting, runs } = this;
    const { record, definition } = this.schedule;
    if (!setting.isShared || setting.stopping.aborted || record?.definition !== definition.text || runs.willSettle) return false;
    return record.waiting !== undefined || (definition.delay !== undefined && record.next === undefined);
  }

  /** Settles that. */
  private async takeUp(): Promise<void> {
    const { schedule, setting } = this;
    const { definition } = schedule;
    const { next, begun } = await schedule.tryToDecide((view) => {
      const moment = { now: setting.clock.epoch(), random: 0, stopping: setting.stopping.aborted };
      return takeUp(definition, view, moment, this.isFirst);
    });
    this.isFirst = false;
    if (next.missed !== undefined) this.tellMissed(next.missed, schedule.record?.next);
    this.runs.follow(next, begun);
  }

  /** Deals with the next due time, which has come. */
  private fire(): Soon<void> {
    const { schedule, setting } = this;
    const { definition } = schedule;
    const next = this.nextDue();
    if (next === undefined) return;
    const now = setting.clock.epoch();
    const plan = planFor(definition.lateness, definition.times, next, now);
    const offering = schedule.tryToDecide((view) => offer(definition, view, plan, next, now));
    if (offering instanceof Promise) return offering.then((outcome) => this.follow(next, now, plan, outcome));
    return this.follow(next, now, plan, offering);
  }

  /** Does what was decided about the due time `next` at `now`. */
  private follow(next: number, now: number, plan: Plan, { next: offered, begun }: Outcome<Offer>): Soon<void> {
    const { runs, setting } = this;
    const { name } = this.schedule;
    this.notBefore = offered.kind === "later" ? now + RETRY : 0;
    if (offered.kind === "later" || offered.kind === "changed") return;
    const due = plan.due ?? next;
    if (due !== next || offered.kind === "missed") this.tellMissed(next, offered.kind === "missed" ? offered.until : due);
    if (offered.kind === "fired" && begun) void runs.start(offered.firing, false);
    // It has fired for this due time before, where the date was set back: no run settles the next one.
    if (offered.kind === "fired" && !begun) this.isWoken = true;
    if (offered.kind === "skipped") tell(setting, "skipped", { schedule: name, due, reason: offered.reason });
    if (offered.kind === "cancelling") return this.cancelFor(offered.instead);
  }

  /** Cancels the runs that a due time waits for, `instead` of an earlier one, where one has waited already. */
  private cancelFor(instead: number | undefined): Promise<void> {
    const { name } = this.schedule;
    if (instead !== undefined) tell(this.setting, "skipped", { schedule: name, due: instead, reason: "running" });
    return this.runs.makeWay();
  }

  /** Undefined when it is not to fire, as far as is known. */
  private nextDue(): number | undefined {
    const { record, definition } = this.schedule;
    if (record === undefined || this.setting.stopping.aborted) return undefined;
    // Another process has defined it otherwise: this one stands by.
    if (record.definition !== definition.text || record.paused || record.tripped) return undefined;
    return record.next;
  }

  private tellMissed(first: number, next: number | undefined): void {
    const { name } = this.schedule;
    tell(this.setting, "missed", { schedule: name, first, next });
    const until = next === undefined ? "" : `, and all before ${new Date(next).toISOString()}`;
    warn(this.setting.log, `schedule \`${name}\` has missed ${new Date(first).toISOString()}${until}`);
  }
}
