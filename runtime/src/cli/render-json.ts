/**
 * What tools read. Members may be added under the same `version`, none is removed or changes its meaning; times are milliseconds since 1970, and what is
 * not known is null.
 */

import type { CheckpointRow } from "../checkpoint/checkpoint-row.js";
import type { RunRecord } from "../checkpoint/checkpoint-store.js";
import type { ScheduleRecord } from "../checkpoint/schedule-store.js";

/** What `cano runs list --format json` prints. */
export interface JsonRuns {
  readonly version: 1;
  readonly runs: readonly RunRecord[];
  /** Whether there are more that match. */
  readonly more: boolean;
}

/** What `cano runs show --format json` prints. */
export interface JsonRun {
  readonly version: 1;
  readonly run: RunRecord;
  /** Payloads, and what undoes a visit, only where they were asked for. */
  readonly rows: readonly JsonRow[];
}

/** A row, as a rule without what it carries. */
export type JsonRow = Omit<CheckpointRow, "payload" | "undo"> & Partial<Pick<CheckpointRow, "payload" | "undo">>;

/** What `cano runs tail --format json` prints on each line. */
export type JsonHappening = { readonly version: 1; readonly workflow: string; readonly runId: string; readonly key: number } & (
  | { readonly event: "row"; readonly row: JsonRow }
  /** In progress, or left behind, when the command was started. */
  | { readonly event: "standing"; readonly state: string; readonly since: number }
  /** Nobody who is known to be alive drives it any more. */
  | { readonly event: "abandoned" }
  | { readonly event: "removed" }
);

/** What `cano schedules list --format json` prints. */
export interface JsonSchedules {
  readonly version: 1;
  readonly schedules: readonly ScheduleRecord[];
}

/** Renders a report over several lines, or one event on one. */
export function renderJson(
  value: JsonRuns | JsonRun | JsonHappening | JsonSchedules,
  layout: "lines" | "line" = "lines",
): string {
  return `${jsonOf(value, layout === "line" ? undefined : 2)}\n`;
}

/** Renders a {@link JsonRun} piece by piece: with all its rows, it may not fit in memory. */
export async function* renderJsonRun(
  run: RunRecord,
  rows: AsyncIterable<CheckpointRow>,
  payloads: boolean,
): AsyncGenerator<string, void, void> {
  const END = "]\n}\n";
  yield renderJson({ version: 1, run, rows: [] }).slice(0, -END.length);
  let before = "\n";
  for await (const row of rows) {
    const text = jsonOf(payloads ? row : withoutPayload(row), 2);
    // Not what else a regular expression takes for the end of a line: texts may have it.
    yield `${before}    ${text.replaceAll("\n", "\n    ")}`;
    before = ",\n";
  }
  yield before === "\n" ? END : `\n  ${END}`;
}

function jsonOf(value: object, indent: number | undefined): string {
  return JSON.stringify(value, (_, member: unknown) => (member === undefined ? null : member), indent);
}

/** A row without what it carries, which may be anybody's data. */
export function withoutPayload({ payload: _payload, undo: _undo, ...row }: CheckpointRow): JsonRow {
  return row;
}
