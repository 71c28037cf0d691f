/** What is found of a run, and the record of it that callers get. Whether its owner lives is left to `liveness.ts`. */

import type { RunRecord } from "../checkpoint-store.js";
import { type ReadRow, rowOf, statusOf } from "./codec.js";
import { FIRST_FENCE } from "./schema.js";

/** A run as it is found. */
export interface FoundRun extends Omit<ReadRow, "version" | "count" | "payload" | "undo"> {
  readonly key: number;
  readonly workflow: string;
  readonly run_id: string;
  readonly version: number;
  readonly status: string;
  readonly fence: number;
  readonly owner: number | null;
  readonly cancelling: number;
  readonly started: number;
  readonly ended: number | null;
  readonly trace: string | null;
  /** Of the owner; null where there is none any more. */
  readonly identity: string | null;
  readonly expires: number | null;
  /** That of the newest row. */
  readonly rowVersion: number;
}

/** What is told of a run; `owner` names who drives it. */
export function recordOf(run: FoundRun, owner: string | undefined): RunRecord {
  const status = statusOf(run.status);
  return {
    workflow: run.workflow,
    runId: run.run_id,
    key: run.key,
    version: run.version,
    status,
    state: run.state,
    due: run.due ?? undefined,
    startedAt: run.started,
    updatedAt: run.at,
    endedAt: run.ended ?? undefined,
    owner,
    // Every claim makes it one more.
    resumes: run.fence - FIRST_FENCE,
    cancelling: run.cancelling === 1,
    trace: run.trace ?? undefined,
  };
}

/** The newest row of a run, without what it carries. */
export function newestOf(run: FoundRun): ReturnType<typeof rowOf> {
  return rowOf({ ...run, version: run.rowVersion, count: 0, payload: null, undo: null });
}
