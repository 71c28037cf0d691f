/** What follows from the rows of a run, for stores. */

import type { CheckpointRow } from "./checkpoint-row.js";
import type { RunRecord, RunStatus } from "./checkpoint-store.js";

/** Whether a run of this status is over. */
export function hasEnded(status: RunStatus): boolean {
  return status !== "running" && status !== "compensating";
}

/** The status of a run that is taken up again, when it was as `run` says. `as` is what it is claimed as. */
export function statusAfterClaim(
  { status, cancelling }: Pick<RunRecord, "status" | "cancelling">,
  as?: "compensating",
): RunStatus {
  // Of one that has ended, the request has been answered.
  const isCancelled = cancelling && status === "running";
  return as ?? (isCancelled || status === "stuck" || status === "compensating" ? "compensating" : "running");
}

/** The row with which a run is taken up again, behind its newest. */
export function resumeRow(newest: CheckpointRow, at: number): CheckpointRow {
  const { sequence, kind, state, visit, version } = newest;
  return {
    sequence: sequence + 1,
    kind: "resume",
    state,
    visit: kind === "entry" ? sequence : visit,
    count: 0,
    version,
    payload: undefined,
    undo: undefined,
    due: undefined,
    at,
  };
}
