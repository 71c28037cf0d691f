/** The errors that stores reject with. */

import { CanoError } from "../errors/cano-error.js";
import { textOf } from "../errors/thrown.js";
import type { RunName } from "./checkpoint-store.js";

/** Somebody else has written to the run's log: who gets this goes no further, and undoes nothing. */
export function runConflict({ workflow, runId }: RunName, why: string): CanoError {
  return new CanoError("run_conflict", `run \`${runId}\` of workflow \`${workflow}\` ${why}`, { code: "CANO7020", runId });
}

/** The error of who drives a run that somebody else has claimed since. */
export function takenOver(run: RunName): CanoError {
  return runConflict(run, "was taken over by somebody else");
}

/** What a store could not do. `doing` completes "could not …". */
export function storeFailed(doing: string, cause: unknown): CanoError {
  return new CanoError("checkpoint_store", `the checkpoint store could not ${doing}: ${textOf(cause)}`, {
    code: "CANO7021",
    cause,
  });
}

/** Why nothing can be asked of a store any more. */
export function storeClosed(): CanoError {
  return storeFailed("be used", new Error("it is closed"));
}
