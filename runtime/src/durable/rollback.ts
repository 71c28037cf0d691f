/** Why a run is undone that nobody drives, and what that makes of it. Undoing it is left to `durable-engine.ts`. */

import type { RunName, RunStatus } from "../checkpoint/checkpoint-store.js";
import { CanoError } from "../errors/cano-error.js";

/** What may be taken up when nobody drives it. */
export const RESUMABLE: readonly RunStatus[] = ["running", "compensating", "failed", "cancelled", "stuck"];

/** See the file's first line. */
export interface Rollback {
  /** What follows the run's name in the error with which it ends, unless it has failed before. */
  readonly why: string;
  /** What may be undone so. */
  readonly statuses: readonly RunStatus[];
  /** Whether it ends as undone also where there is nothing to undo, and so goes forward no more. */
  readonly isFinal: boolean;
}

/** It has been asked for it to be undone. */
export const UNDO: Rollback = { why: "was undone on request", statuses: RESUMABLE, isFinal: true };

/** It has been asked for it to be cancelled. */
export const CANCEL: Rollback = { why: "was cancelled", statuses: ["running", "compensating", "stuck"], isFinal: false };

/** The error with which a run ends that has not failed before. */
export function rolledBack({ workflow, runId }: RunName, { why }: Rollback): CanoError {
  return new CanoError("cancelled", `run \`${runId}\` of workflow \`${workflow}\` ${why}`, { code: "CANO7005", runId });
}
