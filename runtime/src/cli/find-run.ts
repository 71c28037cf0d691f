/** Finds a run by its id, and reads its log. */

import type { CheckpointRow } from "../checkpoint/checkpoint-row.js";
import type { CheckpointStore, RunName, RunRecord } from "../checkpoint/checkpoint-store.js";
import { unknownRun } from "../durable/run-errors.js";
import { UsageError } from "./read-options.js";

/** The run of an id. Rejects when there is none, and with a {@link UsageError} when workflows share the id and none was named. */
export async function findRun(
  store: CheckpointStore,
  { runId, workflow }: { readonly runId: string; readonly workflow: string | undefined },
): Promise<RunRecord> {
  const query = { runId, limit: 10 };
  const [run, ...others] = await store.list(workflow === undefined ? query : { ...query, workflow });
  if (run === undefined) throw unknownRun({ workflow, runId });
  if (others.length === 0) return run;
  const workflows = [run, ...others].map((each) => `\`${each.workflow}\``).join(", ");
  throw new UsageError(`the workflows ${workflows} all have a run \`${runId}\`: choose one with \`--workflow\``);
}

/** So many rows are read at once. */
const PAGE = 1_000;

/** The rows of a run behind the sequence `after`, in their order. */
export async function* readRows(store: CheckpointStore, run: RunName, after = -1): AsyncGenerator<CheckpointRow, void, void> {
  let last = after;
  for (;;) {
    const rows = await store.history(run, last, PAGE);
    yield* rows;
    last = rows.at(-1)?.sequence ?? last;
    if (rows.length < PAGE) return;
  }
}
