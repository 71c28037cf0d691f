/** Drives one schedule: fires when it is due, looks after its runs, and keeps what came of them. What is decided, and why, is `decisions.ts`. */

import type { Firing, ScheduleRecord, ScheduleView } from "../checkpoint/schedule-store.js";
import { textOf } from "../run/failure.js";
import { warn } from "../observe/warn.js";
import { type Decided, type Ending, offer, settle, type Trigger, trigger } from "./decisions.js";
import type { Definition } from "./definition.js";
import { cancelElsewhere, endingOf } from "./fired-run.js";
import { delayBy, planFor } from "./misfire.js";
import { guard, pause, RETRY, type Setting, tell } from "./setting.js";
import type { Wakeable } from "./agenda.js";

/** See the file's first line. */
export class ScheduleDriver implements Wakeable {
  /** The runs in progress in this process, by their due times. */
  private readonly running = new Map<number, { readonly controller: AbortController; readonly ended: Promise<void> }>();
  private isAwake = false;
  private isCalled = false;

  constructor(
    readonly definition: Definition,
    private readonly setting: Setting,
    /** As far as is known. */
    private record: ScheduleRecord | undefined,
  ) {}

  get name(): string {
    return this.definition.name;
  }

  /** Learns how the schedule stands, and goes by it from now on. */
  learn(record: ScheduleRecord): void {
    this.record = record;
    this.wake();
  }

  /** Fires if it is due, else sees to it that it is woken when it is. */
  wake(): void {
    this.isCalled = true;
    if (this.isAwake) return;
    this.isAwake = true;
    void this.work();
  }

  /** Fires now. Rejects when the store does. */
  async trigger(): Promise<Trigger> {
    const { clock } = this.setting;
    const triggered = await this.decide((view) => trigger(this.definition, view, clock.epoch()));
    if (triggered.kind === "fired") this.run(triggered.firing, false);
    if (triggered.kind === "cancelling") await this.cancelRuns();
    return triggered;
  }

  /** Cancels the runs in progress, wherever they are. Rejects when the store does. */
  async cancelRuns(): Promise<void> {
    const { open } = await this.view();
    for (const { controller } of this.running.values()) controller.abort();
    const elsewhere = open.filter(({ due }) => !this.running.has(due));
    await Promise.all(elsewhere.map(({ runId }) => cancelElsewhere(this.definition, runId)));
  }

  /** Looks after a firing that nobody looks after any more. Rejects when the store does. */
  async adopt({ due }: Firing): Promise<void> {
    if (this.running.has(due)) return;
    const adopted = await this.decide(({ open }) => {
      const orphan = open.find((firing) => firing.due === due && !firing.isAlive);
      return orphan === undefined ? { decision: {}, next: undefined } : { decision: { adopt: due }, next: orphan };
    });
    if (adopted !== undefined) this.run(adopted, true);
  }

  /** Changes what is kept of the schedule. Rejects when the store does. */
  async change(change: (record: ScheduleRecord) => ScheduleRecord): Promise<void> {
    await this.decide(({ record }) => ({ decision: record === undefined ? {} : { record: change(record) }, next: undefined }));
    this.wake();
  }

  /** What the store knows at this moment. */
  view(): Promise<ScheduleView> {
    return this.decide((view) => ({ decision: {}, next: view }));
  }

  /** Cancels the runs in progress in this process. */
  abort(): void {
    for (const { controller } of this.running.values()) controller.abort(this.setting.stopping.reason);
  }

  /** Resolves when none is in progress any more. */
  async ended(): Promise<void> {
    while (this.running.size > 0) await Promise.all(Array.from(this.running.values(), ({ ended }) => ended));
  }

  /** The ids of the runs in progress in this process. */
  runs(): number {
    return this.running.size;
  }

  private async work(): Promise<void> {
    const { agenda, clock, log } = this.setting;
    try {
      while (this.isCalled) {
        this.isCalled = false;
        while (await this.fireNext());
      }
    } catch (error) {
      warn(log, `schedule \`${this.name}\` could not fire, and will try again: ${textOf(error)}`);
      agenda.set(this, clock.epoch() + RETRY);
    }
    this.isAwake = false;
  }

  /** Deals with the next due time if it has come; says whether the one after it may have, too. */
  private async fireNext(): Promise<boolean> {
    const { agenda, clock, stopping } = this.setting;
    const { definition, record } = this;
    if (record?.next === undefined || record.paused || record.tripped || stopping.aborted) {
      agenda.remove(this);
      return false;
    }
    const { next } = record;
    const now = clock.epoch();
    const moment = next + delayBy(definition.lateness.jitter, this.name, next);
    if (moment > now) {
      agenda.set(this, moment);
      return false;
    }
    const plan = planFor(definition.lateness, definition.times, next, now);
    const offered = await this.decide((view) => offer(definition, view, plan, next, now));
    const due = plan.due ?? next;
    if (due !== next || offered.kind === "missed") this.tellMissed(next, offered.kind === "missed" ? plan.next : due);
    if (offered.kind === "fired") this.run(offered.firing, false);
    if (offered.kind === "skipped") tell(this.setting, "skipped", { schedule: this.name, due, reason: offered.reason });
    if (offered.kind === "cancelling") await this.cancelRuns();
    if (offered.kind !== "later") return true;
    // The end of the run wakes it, too, if that is in this process.
    agenda.set(this, now + RETRY);
    return false;
  }

  private tellMissed(first: number, next: number | undefined): void {
    tell(this.setting, "missed", { schedule: this.name, first, next });
    const until = next === undefined ? "" : `, and all before ${new Date(next).toISOString()}`;
    warn(this.setting.log, `schedule \`${this.name}\` has missed ${new Date(first).toISOString()}${until}`);
  }

  private run(firing: Firing, isAdopted: boolean): void {
    const controller = new AbortController();
    const ended = this.lookAfter(firing, controller.signal, isAdopted);
    this.running.set(firing.due, { controller, ended });
  }

  /** Never rejects. */
  private async lookAfter(firing: Firing, signal: AbortSignal, isAdopted: boolean): Promise<void> {
    const { setting, definition } = this;
    tell(setting, "fired", firing);
    let ending = await endingOf(definition, firing, signal, isAdopted);
    while (ending === undefined && (await pause(setting, RETRY))) ending = await endingOf(definition, firing, signal, true);
    // What the store does not hear of now, whoever finds the firing left behind sees to.
    if (ending !== undefined) await this.settle(firing, ending);
    this.running.delete(firing.due);
    this.wake();
  }

  private async settle(firing: Firing, ending: Ending): Promise<void> {
    const { setting, definition } = this;
    const random = setting.random();
    for (;;) {
      try {
        const settled = await this.decide((view) => settle(definition, view, firing.due, ending, setting.clock.epoch(), random));
        this.tellEnd(firing, ending, settled.tripped);
        if (settled.firing !== undefined) this.run(settled.firing, false);
        return;
      } catch (error) {
        warn(setting.log, `what run \`${firing.runId}\` came to could not be stored: ${textOf(error)}`);
        if (!(await pause(setting, RETRY))) return;
      }
    }
  }

  private tellEnd(firing: Firing, { outcome, error }: Ending, tripped: boolean): void {
    const { setting } = this;
    tell(setting, "ended", { ...firing, outcome, error });
    if (outcome === "failed") warn(setting.log, `schedule \`${this.name}\`: run \`${firing.runId}\` failed: ${error ?? ""}`);
    if (outcome === "lost") warn(setting.log, `schedule \`${this.name}\`: the process of run \`${firing.runId}\` is gone`);
    if (!tripped) return;
    const { onTrip } = this.definition;
    const trip = { schedule: this.name, streak: this.record?.streak ?? 0, error: error ?? "" };
    warn(setting.log, `schedule \`${this.name}\` fires no more, after ${trip.streak} failures in a row`);
    if (onTrip !== undefined) guard(setting.log, "onTrip", () => onTrip(trip));
    tell(setting, "tripped", trip);
  }

  private async decide<Next>(make: (view: ScheduleView) => Decided<Next>): Promise<Next> {
    let next: Next | undefined;
    const [decided] = await this.setting.store.decide([this.name], (_, view) => {
      const made = make(view);
      next = made.next;
      return made.decision;
    });
    this.record = decided?.record ?? this.record;
    // It was called, or the store would have rejected.
    return next as Next;
  }
}
