/** A schedule as this process knows it: its definition, and what is kept of it as of the last decision. */

import type { ScheduleRecord, ScheduleStore, ScheduleView } from "../checkpoint/schedule-store.js";
import type { Definition } from "./definition.js";
import { UnstoredSchedules } from "./unstored-schedules.js";
import type { Verdict } from "./verdict.js";

/** What is next for the one who has decided, and whether the schedule has fired. */
export interface Outcome<Next> {
  readonly next: Next;
  readonly begun: boolean;
}

/** A promise only where something has to be waited for: a simulated year makes a million decisions, and waiting for them would take about as long as deciding. */
export type Soon<T> = T | Promise<T>;

/** See the file's first line. */
export class KnownSchedule {
  /** The store, where it need not be waited for. */
  private readonly atHand: UnstoredSchedules | undefined;

  constructor(
    readonly definition: Definition,
    private readonly store: ScheduleStore,
    /** Undefined until something is known. */
    public record: ScheduleRecord | undefined,
  ) {
    this.atHand = store instanceof UnstoredSchedules ? store : undefined;
  }

  get name(): string {
    return this.definition.name;
  }

  /** Decides on what the store knows at this moment; resolves to what is next. Rejects when the store does. */
  async decide<Next>(make: (view: ScheduleView) => Verdict<Next>): Promise<Next> {
    return (await this.tryToDecide(make)).next;
  }

  /** The same; also says whether it has fired. What rejects elsewhere throws where the store need not be waited for. */
  tryToDecide<Next>(make: (view: ScheduleView) => Verdict<Next>): Soon<Outcome<Next>> {
    if (this.atHand === undefined) return this.decideInStore(make);
    const outcome = this.atHand.decideNow(this.name, make);
    this.record = outcome.record ?? this.record;
    return outcome;
  }

  /** What the store knows at this moment. Rejects when the store does. */
  view(): Promise<ScheduleView> {
    return this.decide((view) => ({ decision: {}, next: view }));
  }

  private async decideInStore<Next>(make: (view: ScheduleView) => Verdict<Next>): Promise<Outcome<Next>> {
    let next: Next | undefined;
    const [kept] = await this.store.decide([this.name], (_, view) => {
      const made = make(view);
      next = made.next;
      return made.decision;
    });
    this.record = kept?.record ?? this.record;
    // It was called, or the store would have rejected.
    return { next: next as Next, begun: kept?.begun ?? false };
  }
}
