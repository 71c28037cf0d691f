/** Turns what the tables hold into rows and records. Refuses what it does not know: a newer cano may have written it. */

import type { CheckpointRow, RowKind } from "../checkpoint-row.js";
import type { RunStatus } from "../checkpoint-store.js";
import type { RowsTable } from "./schema.js";

const KINDS: Readonly<Record<RowKind, true>> = {
  entry: true,
  cursor: true,
  attempt: true,
  due: true,
  resume: true,
  failure: true,
  compensated: true,
  exit: true,
  end: true,
};

const STATUSES: Readonly<Record<RunStatus, true>> = {
  running: true,
  compensating: true,
  completed: true,
  failed: true,
  cancelled: true,
  compensated: true,
  stuck: true,
};

/** A row as it is read. */
export type ReadRow = Pick<
  RowsTable,
  "sequence" | "kind" | "state" | "visit" | "count" | "version" | "payload" | "undo" | "due" | "at"
>;

/** See {@link ReadRow}. */
export function rowOf(read: ReadRow): CheckpointRow {
  const { sequence, kind, state, visit, count, version, payload, undo, due, at } = read;
  if (!isKind(kind)) throw unknown(`row ${sequence}`, `kind \`${kind}\``);
  return {
    sequence,
    kind,
    state,
    visit,
    count,
    version,
    payload: payload ?? undefined,
    undo: undo ?? undefined,
    due: due ?? undefined,
    at,
  };
}

/** A status as it is read. */
export function statusOf(status: string): RunStatus {
  if (isStatus(status)) return status;
  throw unknown("a run", `status \`${status}\``);
}

function isKind(kind: string): kind is RowKind {
  return Object.hasOwn(KINDS, kind);
}

function isStatus(status: string): status is RunStatus {
  return Object.hasOwn(STATUSES, status);
}

/** The error of something in the tables that this code does not know. */
export function unknown(what: string, has: string): Error {
  return new Error(`${what} has the ${has}, which this version of cano does not know: a newer cano may have written it`);
}
