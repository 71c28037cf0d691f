/** `cano runs list`: runs in a table, or as JSON. */

import type { CheckpointStore, RunQuery, RunRecord } from "../checkpoint/checkpoint-store.js";
import type { ListCommand } from "./command.js";
import type { Io } from "./io.js";
import { type Paint, paintFor, plain } from "./paint.js";
import { renderJson } from "./render-json.js";
import { renderTable } from "./render-table.js";
import { colourOf } from "./statuses.js";
import { duration, localTime } from "./times.js";

/** Carries out the command. The newest runs are shown, unless those after a key are asked for. */
export async function runList(store: CheckpointStore, command: ListCommand, io: Io): Promise<void> {
  // One more tells whether there are more.
  const found = await store.list({ ...queryOf(command), limit: command.limit + 1 });
  const more = found.length > command.limit;
  const isForward = command.after !== undefined;
  const runs = isForward ? found.slice(0, command.limit) : found.slice(-command.limit);
  if (command.format === "json") return io.stdout(renderJson({ version: 1, runs, more }));
  if (runs.length === 0) return io.stderr("there are no such runs\n");
  io.stdout(renderRuns(runs, io.clock.epoch(), paintFor(io)));
  if (more)
    io.stderr(isForward ? `there are more: --after ${runs.at(-1)?.key}\n` : `there are older ones: --before ${runs[0]?.key}\n`);
}

function queryOf({ workflow, statuses, after, before }: ListCommand): Omit<RunQuery, "limit"> {
  return {
    ...(workflow !== undefined && { workflow }),
    ...(statuses !== undefined && { statuses }),
    ...(before !== undefined && { before }),
    ...(after === undefined ? { newest: true } : { after }),
  };
}

function renderRuns(runs: readonly RunRecord[], now: number, paint: Paint): string {
  const columns = [
    { heading: "KEY", align: "right" },
    { heading: "RUN" },
    { heading: "WORKFLOW" },
    { heading: "STATUS", paint: (text: string, at: number) => paint(colourOf(runs[at]?.status ?? "running"), text) },
    { heading: "STATE" },
    { heading: "BEGAN" },
    { heading: "FOR", align: "right" },
    { heading: "DRIVEN BY" },
  ] as const;
  const rows = runs.map(({ key, runId, workflow, status, state, startedAt, endedAt, owner }) => [
    String(key),
    plain(runId),
    plain(workflow),
    status,
    plain(state),
    localTime(startedAt),
    duration((endedAt ?? now) - startedAt),
    endedAt === undefined ? plain(owner ?? "nobody") : "",
  ]);
  return renderTable(columns, rows);
}
