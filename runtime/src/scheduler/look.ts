/** Looks around in a store that other processes see: what they have changed, what was left behind, and what may be forgotten. */

import type { Firing } from "../checkpoint/schedule-store.js";
import { textOf } from "../errors/thrown.js";
import { warn } from "../errors/warn.js";
import type { Item, Wakeable } from "./agenda.js";
import type { ScheduleDriver } from "./driver.js";
import type { Setting } from "./setting.js";

/** Milliseconds between two looks. */
const BETWEEN = 10_000;
/** So many at once; the rest is for the next look. */
const MOST = 1_000;

/** See the file's first line. */
export class Look implements Wakeable {
  item: Item | undefined;
  private looking: Promise<void> | undefined;
  private mark: number | undefined;
  /** Why the last look came to nothing; undefined when it did not. */
  failure: string | undefined;

  constructor(
    private readonly setting: Setting,
    private readonly drivers: ReadonlyMap<string, ScheduleDriver>,
    /** Milliseconds for which firings that have ended are kept. */
    private readonly history: number,
  ) {}

  get isIdle(): boolean {
    return this.looking === undefined;
  }

  wake(): void {
    this.looking ??= this.look();
  }

  /** Resolves when it does nothing any more, once the scheduler is being stopped. */
  async ended(): Promise<void> {
    await this.looking;
  }

  private async look(): Promise<void> {
    const { agenda, clock, log, store } = this.setting;
    try {
      const { records, mark } = await store.changes(this.mark);
      this.mark = mark;
      for (const record of records) this.drivers.get(record.name)?.learn(record);
      const failure = await this.adopt(await store.orphans(MOST));
      await store.prune(clock.epoch() - this.history, MOST);
      this.failure = failure;
    } catch (error) {
      this.failure = textOf(error);
      warn(log, `the scheduler could not look into its store, and will try again: ${this.failure}`);
    }
    this.looking = undefined;
    agenda.set(this, clock.epoch() + BETWEEN);
  }

  /** Takes up what was left behind. A schedule that the store cannot decide about keeps no other from it; yields what the last one failed with. */
  private async adopt(orphans: readonly Firing[]): Promise<string | undefined> {
    const failures = new Map<string, string>();
    for (const firing of orphans) {
      const { schedule } = firing;
      if (this.setting.stopping.aborted) break;
      // A thousand runs of it would fail a thousand times.
      if (failures.has(schedule)) continue;
      try {
        await this.drivers.get(schedule)?.adopt(firing);
      } catch (error) {
        failures.set(schedule, textOf(error));
        const what = `what was left behind of schedule \`${schedule}\``;
        warn(this.setting.log, `${what} could not be taken up, and will be tried again: ${textOf(error)}`);
      }
    }
    return [...failures.values()].at(-1);
  }
}
