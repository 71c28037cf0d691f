/** A schedule as this process knows it: its definition, and what is kept of it as of the last decision. */

import type { Decision, ScheduleRecord, ScheduleStore, ScheduleView } from "../checkpoint/schedule-store.js";
import type { Decided } from "./decisions.js";
import type { Definition } from "./definition.js";
import { UnstoredSchedules } from "./unstored-schedules.js";

/** See the file's first line. */
export class KnownSchedule {
  constructor(
    readonly definition: Definition,
    private readonly store: ScheduleStore,
    /** Undefined until something is known. */
    public record: ScheduleRecord | undefined,
  ) {}

  get name(): string {
    return this.definition.name;
  }

  /** Decides on what the store knows at this moment; resolves to what is next. Rejects when the store does. */
  async decide<Next>(make: (view: ScheduleView) => Decided<Next>): Promise<Next> {
    return (await this.tryToDecide(make)).next;
  }

  /** The same; also says whether it has fired. */
  async tryToDecide<Next>(
    make: (view: ScheduleView) => Decided<Next>,
  ): Promise<{ readonly next: Next; readonly begun: boolean }> {
    let next: Next | undefined;
    const decide = (view: ScheduleView): Decision => {
      const made = make(view);
      next = made.next;
      return made.decision;
    };
    const { store, name } = this;
    const isAtHand = store instanceof UnstoredSchedules;
    const decided = isAtHand ? store.decideNow(name, decide) : (await store.decide([name], (_, view) => decide(view)))[0];
    this.record = decided?.record ?? this.record;
    // It was called, or the store would have rejected.
    return { next: next as Next, begun: decided?.begun ?? false };
  }

  /** What the store knows at this moment. Rejects when the store does. */
  view(): Promise<ScheduleView> {
    return this.decide((view) => ({ decision: {}, next: view }));
  }
}
