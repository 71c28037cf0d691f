/** How a schedule is doing, from what is kept of it. */

import type { ScheduleRecord, ScheduleView } from "../checkpoint/schedule-store.js";
import type { Definition } from "./definition.js";
import type { ScheduleStatus } from "./options.js";

/** See the file's first line. */
export function statusOf({ name, kind, workflow }: Definition, { record, open }: ScheduleView): ScheduleStatus {
  return {
    schedule: name,
    workflow: workflow.graph.name,
    kind,
    status: open.length > 0 ? "running" : restingStatus(record),
    paused: record?.paused ?? false,
    running: open.map(({ runId }) => runId),
    next: record?.next,
    waiting: record?.waiting,
    fired: record?.fired ?? 0,
    skipped: record?.skipped ?? 0,
    streak: record?.streak ?? 0,
    eligible: record?.eligible,
    last: record?.last,
  };
}

function restingStatus(record: ScheduleRecord | undefined): ScheduleStatus["status"] {
  if (record?.tripped === true) return "tripped";
  if (record?.eligible !== undefined) return "backoff";
  return record?.last?.outcome === "completed" ? "completed" : "idle";
}
