/** Keeps the schedules of a scheduler without a store. Nobody else sees them: decisions need not be waited for, and what has ended may be forgotten. */

import { MemorySchedules } from "../checkpoint/memory-schedules.js";
import type { Decided, Decision, ScheduleView } from "../checkpoint/schedule-store.js";

/** See the file's first line. Whether a schedule has fired for a due time before is up to the scheduler. */
export class UnstoredSchedules extends MemorySchedules {
  /** What `decide` does, about one schedule and without a promise: a simulated year makes a million decisions, and a fifth of its time would be waiting for them. */
  decideNow(name: string, decide: (view: ScheduleView) => Decision): Decided {
    const kept = this.shared.of(name);
    return this.keep(kept, decide({ record: kept.record, open: kept.open }));
  }

  protected override keepEnded(): void {}
}
