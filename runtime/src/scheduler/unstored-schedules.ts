/** Keeps the schedules of a scheduler without a store. Nobody else sees them: decisions need not be waited for, and what has ended may be forgotten. */

import { MemorySchedules } from "../checkpoint/memory-schedules.js";
import type { Decided, ScheduleView } from "../checkpoint/schedule-store.js";
import type { Verdict } from "./verdict.js";

/** See the file's first line. Whether a schedule has fired for a due time before is up to the scheduler. */
export class UnstoredSchedules extends MemorySchedules {
  /** What `decide` does, about one schedule and without a promise: a simulated year makes a million decisions, and a fifth of its time would be waiting for them. */
  decideNow<Next>(name: string, decide: (view: ScheduleView) => Verdict<Next>): Decided & Verdict<Next> {
    const kept = this.shared.of(name);
    const { decision, next } = decide({ record: kept.record, open: kept.open });
    const { record, begun } = this.keep(kept, decision);
    return { record, begun, decision, next };
  }

  protected override keepEnded(): void {}
}
