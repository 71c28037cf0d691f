/** The runs of one schedule in this process: looks after each until it has ended, and keeps what it came to. When there is to be one is `driver.ts`. */

import type { Firing } from "../checkpoint/schedule-store.js";
import { textOf } from "../errors/thrown.js";
import { warn } from "../errors/warn.js";
import { failuresInARow } from "./backoff.js";
import { Elsewhere } from "./elsewhere.js";
import { endingOf, forget } from "./fired-run.js";
import type { KnownSchedule, Outcome, Soon } from "./known-schedule.js";
import { guard, pause, randomOf, RETRY, type Setting, tell } from "./setting.js";
import { type Ending, type Freed, settle, type Settled } from "./settle.js";

/** Due times that differ by less than a millisecond may come before the one that is looked for. */
const SEARCHED = 10;

/** A run in progress. */
interface FiredRun {
  readonly firing: Firing;
  readonly ended: Promise<Ending | undefined>;
}

/** See the file's first line. */
export class FiredRuns {
  /** A list, which takes less time than a map where there is mostly one. */
  private running: readonly FiredRun[] = [];
  /** The newest due time of all that were started here. */
  newest = Number.NEGATIVE_INFINITY;
  /** All that count when another is due are cancelled at once, so they share a signal. */
  private counted = new AbortController();
  /** As do those that make up for the past, which nothing cancels that is due now. */
  private backfills = new AbortController();
  private readonly elsewhere: Elsewhere;

  constructor(
    private readonly schedule: KnownSchedule,
    private readonly setting: Setting,
    /** Called when one has ended. */
    private readonly onEnd: () => void,
  ) {
    this.elsewhere = new Elsewhere(schedule, setting, (due) => this.has(due));
  }

  get count(): number {
    return this.running.length;
  }

  /** Whether one of them settles what follows when it ends. */
  get willSettle(): boolean {
    return this.running.some(({ firing }) => firing.cause !== "backfill");
  }

  has(due: number): boolean {
    return this.running.some(({ firing }) => firing.due === due);
  }

  /** Runs what was fired, or goes on with what was left behind. Resolves to what it came to; undefined when that is left to others. */
  start(firing: Firing, isAdopted: boolean): Promise<Ending | undefined> {
    const ended = this.lookAfter(firing, isAdopted);
    this.running = [...this.running, { firing, ended }];
    this.newest = Math.max(this.newest, firing.due);
    return ended;
  }

  /** Cancels all, in other processes too where they are stored. Rejects when the store does, once those of this process are cancelled. */
  async cancel(): Promise<void> {
    let elsewhere: readonly Firing[];
    try {
      const { open } = await this.schedule.view();
      elsewhere = open.filter(({ due }) => !this.has(due));
    } finally {
      this.abort("all");
    }
    await this.elsewhere.cancel(elsewhere);
  }

  /** Cancels those that a due time waits for. At once: those of this process may end by themselves while the store is asked, and what has waited begin. */
  makeWay(): Promise<void> {
    this.abort("counted");
    return this.elsewhere.makeWay();
  }

  /** Cancels those of this process, and whatever is still to come: a decision to fire may be under way. */
  end(reason: unknown): void {
    this.counted.abort(reason);
    this.backfills.abort(reason);
  }

  /** Resolves when none is in progress any more, once the scheduler is being stopped. */
  async ended(): Promise<void> {
    await this.elsewhere.ended();
    while (this.running.length > 0) await Promise.all(this.running.map(({ ended }) => ended));
  }

  private abort(which: "all" | "counted"): void {
    // Once the scheduler is stopped, all of them are cancelled as it is.
    if (this.setting.stopping.aborted) return;
    const { counted, backfills } = this;
    this.counted = new AbortController();
    if (which === "all") this.backfills = new AbortController();
    counted.abort();
    if (which === "all") backfills.abort();
  }

  /** Never rejects. */
  private async lookAfter(firing: Firing, isAdopted: boolean): Promise<Ending | undefined> {
    const { setting, schedule } = this;
    const { signal } = firing.cause === "backfill" ? this.backfills : this.counted;
    tell(setting, isAdopted ? "adopted" : "fired", firing);
    const fired = { firing, signal, isAdopted, settled: () => this.settledWith(firing) };
    let ending = await endingOf(schedule.definition, fired);
    while (ending === undefined && (await pause(setting, RETRY)))
      ending = await endingOf(schedule.definition, { ...fired, isAdopted: true });
    // What the store does not hear of now, whoever finds the firing left behind sees to.
    const settling = ending !== undefined && this.settle(firing, ending);
    const isSettled = settling instanceof Promise ? await settling : settling;
    // Who counts what has begun in this process would count it for ever.
    if (!isSettled) tell(setting, "ended", { ...firing, outcome: ending?.outcome ?? "lost", error: ending?.error });
    const forgetting = isSettled ? forget(schedule.definition, firing) : undefined;
    if (forgetting !== undefined) await forgetting.catch((error: unknown) => this.tellKept(firing, error));
    this.running = this.running.filter((run) => run.firing !== firing);
    this.onEnd();
    return ending;
  }

  private async settledWith({ due }: Firing): Promise<Ending | undefined> {
    const { schedule, setting } = this;
    const { record, open } = await schedule.view();
    if (open.some((firing) => firing.due === due)) return undefined;
    const firings = await setting.store.firings(schedule.name, due - 1, SEARCHED);
    // One that was pruned meanwhile has left nothing to go by.
    const outcome = firings.find((firing) => firing.due === due)?.outcome ?? "lost";
    return record?.last?.due === due ? record.last : { outcome };
  }

  /** Ends the firing. `false` when that is left to others. */
  private settle(firing: Firing, ending: Ending): Soon<boolean> {
    // Only what has failed is put off, by a back-off.
    const random = ending.outcome === "failed" ? randomOf(this.setting) : 0;
    const decide = (): Soon<Outcome<Settled>> => {
      const { schedule, setting } = this;
      const moment = { now: setting.clock.epoch(), random, stopping: setting.stopping.aborted };
      return schedule.tryToDecide((view) => settle(schedule.definition, view, firing, ending, moment));
    };
    try {
      const settled = decide();
      if (settled instanceof Promise) return this.settleLater(firing, ending, decide, settled);
      return this.goOn(firing, ending, settled);
    } catch (error) {
      return this.settleLater(firing, ending, decide, Promise.reject(error));
    }
  }

  /** The same where it has to be waited for, and is tried until it succeeds. */
  private async settleLater(
    firing: Firing,
    ending: Ending,
    decide: () => Soon<Outcome<Settled>>,
    first: Promise<Outcome<Settled>>,
  ): Promise<boolean> {
    for (let settle: typeof decide = () => first; ; settle = decide) {
      try {
        return this.goOn(firing, ending, await settle());
      } catch (error) {
        const { setting } = this;
        warn(setting.log, `what run \`${firing.runId}\` came to could not be stored: ${textOf(error)}`);
        if (!(await pause(setting, RETRY))) return false;
      }
    }
  }

  /** Tells of the end, and sees to what has waited for it. */
  private goOn(firing: Firing, ending: Ending, { next, begun }: Outcome<Settled>): true {
    this.tellEnd(firing, ending, next);
    this.follow(next, begun);
    return true;
  }

  /** Starts what has waited, where it has `begun`, or tells that it does not fire. */
  follow({ firing, skipped }: Freed, begun: boolean): void {
    if (begun && firing !== undefined) void this.start(firing, false);
    if (skipped !== undefined) tell(this.setting, "skipped", skipped);
  }

  private tellKept({ runId }: Firing, error: unknown): void {
    warn(this.setting.log, `run \`${runId}\` stays until it is pruned: ${textOf(error)}`);
  }

  private tellEnd(firing: Firing, { outcome, error }: Ending, { counts, tripped }: Settled): void {
    const { setting } = this;
    const { definition, name, record } = this.schedule;
    if (setting.observers.length > 0) tell(setting, "ended", { ...firing, outcome, error });
    if (outcome === "failed") warn(setting.log, `schedule \`${name}\`: run \`${firing.runId}\` failed: ${error ?? ""}`);
    if (outcome === "lost") warn(setting.log, `schedule \`${name}\`: the process of run \`${firing.runId}\` is gone`);
    const trip = { schedule: name, streak: record?.streak ?? 0, error: error ?? "" };
    const until = record?.eligible;
    if (outcome === "failed" && counts && until !== undefined) tell(setting, "backoff", { ...trip, until });
    if (!tripped) return;
    const { onTrip } = definition;
    warn(setting.log, `schedule \`${name}\` fires no more, after ${failuresInARow(trip.streak)}`);
    if (onTrip !== undefined) guard(setting.log, "onTrip", () => onTrip(trip));
    tell(setting, "tripped", trip);
  }
}
