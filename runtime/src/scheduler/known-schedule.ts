/** A schedule as this process knows it: its definition, and what is kept of it as of the last decision. */

import type { Decided, Decision, ScheduleRecord, ScheduleStore, ScheduleView } from "../checkpoint/schedule-store.js";
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
    const made = this.atHand.decideNow(this.name, make);
    this.learn(isMiscounted(made.decision, made) ? this.atHand.decideNow(this.name, discount) : made);
    return made;
  }

  /** What the store knows at this moment. Rejects when the store does. */
  view(): Promise<ScheduleView> {
    return this.decide((view) => ({ decision: {}, next: view }));
  }

  private async decideInStore<Next>(make: (view: ScheduleView) => Verdict<Next>): Promise<Outcome<Next>> {
    let made: Verdict<Next> | undefined;
    const [decided] = await this.store.decide([this.name], (_, view) => (made = make(view)).decision);
    // It was called, or the store would have rejected.
    const { decision, next } = made as Verdict<Next>;
    this.learn(decided);
    if (isMiscounted(decision, decided)) {
      const [kept] = await this.store.decide([this.name], (_, view) => discount(view).decision);
      this.learn(kept);
    }
    return { next, begun: decided?.begun ?? false };
  }

  private learn(kept: Decided | undefined): void {
    this.record = kept?.record ?? this.record;
  }
}

/** Whether a firing was counted that was not begun: the schedule had fired for its due time before. */
function isMiscounted({ record, begin }: Decision, decided: Decided | undefined): boolean {
  return record !== undefined && begin !== undefined && decided?.begun === false;
}

function discount({ record }: ScheduleView): Verdict<undefined> {
  return { decision: record === undefined ? {} : { record: { ...record, fired: record.fired - 1 } }, next: undefined };
}
