/** Begins runs, adds rows and changes runs with them: the steps for one write. Doing many at once is left to each database. */

import type { CheckpointRow } from "../checkpoint-row.js";
import type { Claim, RunChange, RunStart } from "../checkpoint-store.js";
import { runConflict, storeFailed, takenOver } from "../store-errors.js";
import { hasEnded } from "../stored-rows.js";
import type { Queries } from "./queries/index.js";
import type { Change } from "./queries/writes.js";
import { ask, type Steps } from "./query.js";
import { FIRST_FENCE, type RowsTable } from "./schema.js";

/** A run that is to begin, driven by `owner`. */
export interface Begin {
  readonly kind: "begin";
  readonly run: RunStart;
  readonly row: CheckpointRow;
  readonly owner: number;
}

/** A row that is to be added, and what becomes of the run with it. */
export interface Append {
  readonly kind: "append";
  readonly claim: Claim;
  readonly row: CheckpointRow;
  readonly change: RunChange | undefined;
}

/** What shares transactions with others of its kind. */
export type Write = Begin | Append;

/** What came of a write: of a run that began, the right to go on with it; an error, if nothing was written. */
export type Outcome = Claim | Error | undefined;

/** Begins a run unless it is there. */
export function* beginRun(queries: Queries, { run, row, owner }: Begin): Steps<Outcome> {
  const { workflow, runId, version, trace = null } = run;
  const [begun] = yield* ask(queries.insertRun, { workflow, runId, version, owner, started: row.at, trace });
  if (begun === undefined) return undefined;
  const { key } = begun;
  yield* ask(queries.insertRow, columnsOf(key, FIRST_FENCE, row));
  return { workflow, runId, key, fence: FIRST_FENCE };
}

/** Adds a row after looking at everything that could be in its way, and so finds out what was. */
export function* appendRow(queries: Queries, { claim, row, change }: Append): Steps<Outcome> {
  const { key, fence } = claim;
  const [run] = yield* ask(queries.fenceOf, { key });
  if (run === undefined) return runConflict(claim, "is no longer in the store");
  const [there] = yield* ask(queries.fenceAt, { run: key, sequence: row.sequence });
  // A row with our fence is this very row: it was written, and only the answer was lost.
  if (there !== undefined && there.fence === fence) return undefined;
  if (there !== undefined || run.fence !== fence) return takenOver(claim);
  const [before] = yield* ask(queries.fenceAt, { run: key, sequence: row.sequence - 1 });
  if (before === undefined) return storeFailed("add a row", new Error(`a row before number ${row.sequence} is missing`));
  if (change?.forget === true) return yield* forgetRun(queries, claim);
  const added = yield* ask(queries.insertRow, columnsOf(key, fence, row));
  // Somebody was faster, just now.
  if (added.length === 0) return takenOver(claim);
  if (change !== undefined) yield* changeRun(queries, key, row, change);
  return undefined;
}

/** Changes a run, whose row has been added. */
function* changeRun(queries: Queries, key: number, { at }: CheckpointRow, change: RunChange): Steps<void> {
  yield* ask(queries.changeRun, { key, ...columnsOfChange(at, change) });
}

/** The columns of a change that comes with a row written at `at`. */
export function columnsOfChange(at: number, { status, version }: RunChange): Omit<Change, "key"> {
  const ended = status !== undefined && hasEnded(status) ? at : null;
  return { status: status ?? null, version: version ?? null, ended };
}

/** The columns of a row. */
export function columnsOf(run: number, fence: number, row: CheckpointRow): RowsTable {
  const { sequence, kind, state, visit, count, version, payload = null, undo = null, due = null, at } = row;
  return { run, sequence, fence, kind, state, visit, count, version, payload, undo, due, at };
}

function* forgetRun(queries: Queries, claim: Claim): Steps<Outcome> {
  const { key, fence } = claim;
  const forgotten = yield* ask(queries.deleteRun, { key, fence });
  if (forgotten.length === 0) return takenOver(claim);
  yield* ask(queries.deleteRows, { run: key });
  return undefined;
}
