/** Asks a checkpoint store whether it can be reached. */

import type { CheckpointStore } from "../checkpoint/checkpoint-store.js";
import type { Health } from "../resource.js";
import { type Bound, probe } from "./probe.js";

/** No run is called that: finding out takes one look at an index, whatever the store holds. */
const NOBODY = { workflow: "", runId: "" };

/** See the file's first line. A database that is not there yet is made, as by any first call. Never rejects. */
export function probeStore(store: Pick<CheckpointStore, "find">, bound: Bound): Promise<Health> {
  return probe<Health>(async () => {
    await store.find(NOBODY);
    return undefined;
  }, bound);
}
