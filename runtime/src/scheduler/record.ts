/** Records of schedules while they are being changed: a decision changes a copy. */

import type { ScheduleRecord } from "../checkpoint/schedule-store.js";

/** A record that may be changed, since nobody else has it. */
export type MutableRecord = { -readonly [K in keyof ScheduleRecord]: ScheduleRecord[K] };

/** A schedule of which nothing is known yet. */
export function newRecord(name: string, definition: string, next: number | undefined): ScheduleRecord {
  return {
    name,
    definition,
    next,
    waiting: undefined,
    paused: false,
    tripped: false,
    streak: 0,
    eligible: undefined,
    fired: 0,
    skipped: 0,
    last: undefined,
  };
}

/** A copy. Written out, since every firing makes two, and spreading takes several times as long. */
export function copyOf(record: ScheduleRecord): MutableRecord {
  return {
    name: record.name,
    definition: record.definition,
    next: record.next,
    waiting: record.waiting,
    paused: record.paused,
    tripped: record.tripped,
    streak: record.streak,
    eligible: record.eligible,
    fired: record.fired,
    skipped: record.skipped,
    last: record.last,
  };
}
