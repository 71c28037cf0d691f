/** Why a stored run cannot be begun or gone on with. */

import type { RunName, RunRecord } from "../checkpoint/checkpoint-store.js";
import { CanoError } from "../errors/cano-error.js";

/** There is no run of this id, of any workflow where none is named. */
export function unknownRun({
  workflow,
  runId,
}: Omit<RunName, "workflow"> & { readonly workflow: string | undefined }): CanoError {
  const who = workflow === undefined ? "no workflow" : `workflow \`${workflow}\``;
  const message = `${who} has ${workflow === undefined ? "" : "no "}checkpoint rows of a run \`${runId}\``;
  return new CanoError("checkpoint_store", message, { code: "CANO7028", runId });
}

/** The run was begun under another version of the workflow, and does not go forward, since its migration says `why` or there is none. */
export function versionMismatch({ workflow, runId, version }: RunRecord, expected: number, why?: string): CanoError {
  const message =
    `run \`${runId}\` of workflow \`${workflow}\` goes by version ${version}, and this is version ${expected}: it can be undone, ` +
    `but does not go forward${why === undefined ? "" : `: ${why}`}`;
  return new CanoError("workflow_version_mismatch", message, { code: "CANO7029", runId, stored: version, expected });
}

/** The state that the run is in is none of the workflow's. */
export function unknownState({ workflow, runId }: RunName, label: string): CanoError {
  const message = `run \`${runId}\` is in state \`${label}\`, which workflow \`${workflow}\` does not have`;
  return new CanoError("workflow", message, { code: "CANO7030", runId, state: label });
}
