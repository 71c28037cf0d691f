/** What observers know a run in progress by. */

import type { RunEvent } from "./observer.js";

/** One text for a run: no two have the same, wherever there are slashes in their names. */
export function runKeyOf({ workflow, runId }: RunEvent): string {
  return `${workflow.length}/${workflow}/${runId}`;
}
