/** Lets go of a run in its store, whatever comes of that. */

import type { CheckpointStore, Claim } from "../checkpoint/checkpoint-store.js";
import type { Log } from "../context.js";
import { textOf } from "../errors/thrown.js";
import { warn } from "../errors/warn.js";

/** See the file's first line. Never rejects. */
export async function letGo(store: CheckpointStore, claim: Claim, log: Log): Promise<void> {
  try {
    await store.release(claim);
  } catch (error) {
    // No store should, but one of somebody's own may, and does as soon as what is behind it is gone: neither the process nor what has come of the run
    // is to suffer for it.
    warn(log, `run \`${claim.runId}\` of workflow \`${claim.workflow}\` could not be let go of: ${textOf(error)}`);
  }
}
