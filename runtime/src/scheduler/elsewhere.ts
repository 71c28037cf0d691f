/** Cancels runs that other processes look after. A firing that has no run yet, since its request is being made, is asked again until it has one or ends. */

import type { Firing } from "../checkpoint/schedule-store.js";
import { textOf } from "../errors/thrown.js";
import { warn } from "../errors/warn.js";
import { cancelStored } from "./fired-run.js";
import type { KnownSchedule } from "./known-schedule.js";
import { pause, RETRY, type Setting } from "./setting.js";

/** See the file's first line. */
export class Elsewhere {
  /** The firings that are asked again, by their due times. */
  private readonly asked = new Map<number, Promise<void>>();
  /** What waits for a store that has failed while way was to be made. */
  private makingWay: Promise<void> | undefined;

  constructor(
    private readonly schedule: KnownSchedule,
    private readonly setting: Setting,
    private readonly isHere: (due: number) => boolean,
  ) {}

  /** Resolves once all are asked that have a run; the others are asked later. Rejects when the store does. */
  async cancel(firings: readonly Firing[]): Promise<void> {
    await Promise.all(
      firings.map(async (firing) => {
        const isKnown = await cancelStored(this.schedule.definition, firing.runId);
        if (!isKnown && !this.asked.has(firing.due)) this.asked.set(firing.due, this.askAgain(firing));
      }),
    );
  }

  /** Cancels those that a due time waits for. Never rejects: where the store fails, it is asked again, since nobody else would. */
  async makeWay(): Promise<void> {
    if (await this.hasMadeWay()) return;
    this.makingWay ??= this.makeWayLater();
  }

  /** Resolves when nobody is asked any more, once the scheduler is being stopped. */
  async ended(): Promise<void> {
    await Promise.all([...this.asked.values(), this.makingWay]);
  }

  private async makeWayLater(): Promise<void> {
    while (await pause(this.setting, RETRY)) {
      if (await this.hasMadeWay()) break;
    }
    this.makingWay = undefined;
  }

  /** Tries to; `false` where the store fails. */
  private async hasMadeWay(): Promise<boolean> {
    const { schedule, setting, isHere } = this;
    try {
      const { record, open } = await schedule.view();
      // What has waited may be what is in progress by now.
      if (record?.waiting !== undefined) await this.cancel(open.filter(({ due, cause }) => !isHere(due) && cause !== "backfill"));
      return true;
    } catch (error) {
      const what = `the runs that \`${schedule.name}\` waits for`;
      warn(setting.log, `${what} could not be cancelled in other processes, which will be tried again: ${textOf(error)}`);
      return false;
    }
  }

  /** Never rejects. */
  private async askAgain(firing: Firing): Promise<void> {
    while (await pause(this.setting, RETRY)) {
      if (await this.isSettled(firing)) break;
    }
    this.asked.delete(firing.due);
  }

  /** Asks once more; whether there is nothing left to ask. */
  private async isSettled({ due, runId }: Firing): Promise<boolean> {
    const { schedule, setting } = this;
    try {
      const { open } = await schedule.view();
      return open.every((firing) => firing.due !== due) || (await cancelStored(schedule.definition, runId));
    } catch (error) {
      warn(setting.log, `run \`${runId}\` could not be cancelled, and will be asked again: ${textOf(error)}`);
      return false;
    }
  }
}
