/** Reads from the stored rows of a run where it goes on, with what, and what it has done. */

import type { CheckpointRow } from "../checkpoint/checkpoint-row.js";
import type { StoredRun } from "../checkpoint/checkpoint-store.js";
import { CanoError } from "../run/errors.js";
import { textOf } from "../run/failure.js";
import type { Home } from "../run/home.js";
import { decodePayload } from "../run/payload.js";
import type { StoredUndo } from "./any-durable-run.js";
import { FORWARD } from "./journal.js";
import { whyLost } from "./lost-undo.js";
import { recallError } from "./recorded-error.js";
import { NOTHING, type Recorded } from "./visit.js";

/** A state that the run has passed. */
export interface Passed {
  /** The number of the state; -1 when the workflow has it no longer. */
  readonly state: number;
  readonly label: string;
  readonly sequence: number;
}

/** See the file's first line. */
export interface Rehydrated {
  /** The number of the state that the run is in; -1 when the workflow has it no longer. */
  readonly state: number;
  /** The same as it was stored. */
  readonly label: string;
  readonly input: unknown;
  /** The sequence of the row with which the visit to it began. */
  readonly visit: number;
  /** The sequence of the newest row. */
  readonly last: number;
  readonly recorded: Recorded;
  /** What can be undone, the newest last. */
  readonly done: readonly StoredUndo[];
  /** The states before it, as far as they were loaded. */
  readonly path: readonly Passed[];
  /** What the run has failed with, if it has and did not go forward since. */
  readonly failure: CanoError | undefined;
}

/**
 * Reads the rows of `stored`; what undoes them is brought into the form of this version by `migrateDone`, which is given the version under
 * which it was stored, and its state. Throws `checkpoint_store` when they make no sense.
 */
export function rehydrate(
  home: Home,
  { run, rows }: StoredRun,
  migrateDone: (version: number, label: string, undo: StoredUndo) => StoredUndo,
): Rehydrated {
  const entry = rows.findLast(({ kind }) => kind === "entry");
  const newest = rows.at(-1);
  if (entry === undefined || newest === undefined)
    throw corrupt(run.runId, undefined, "there is no row with which a state was entered");
  // A failure from which the run has gone forward again is over.
  const failure = rows.findLast(({ kind }) => FORWARD.has(kind) || kind === "failure");
  const parse = <T>(row: CheckpointRow, text: string | undefined, read: (text: string) => T): T | undefined => {
    try {
      return text === undefined ? undefined : read(text);
    } catch (cause) {
      throw corrupt(run.runId, row.sequence, textOf(cause));
    }
  };
  const decode = (text: string): unknown => decodePayload(home, text);
  const inputOf = (row: CheckpointRow): unknown => parse(row, row.payload, decode);
  const undone = new Set(rows.filter(({ kind }) => kind === "compensated").map(({ count }) => count));
  const done = rows.flatMap((row): StoredUndo[] => {
    if (row.undo === undefined || undone.has(row.sequence)) return [];
    const visit = rows.find(({ sequence }) => sequence === row.visit);
    if (visit === undefined) throw corrupt(run.runId, row.sequence, `the row ${row.visit} that it refers to is missing`);
    const at = { state: numberOf(home, visit.state), key: `${run.runId}/${visit.sequence}`, row: row.sequence };
    const lost = parse(row, row.undo, whyLost);
    if (lost !== undefined) return [{ ...at, input: undefined, output: undefined, lost }];
    const stored = { ...at, input: inputOf(visit), output: parse(row, row.undo, decode) };
    return [migrateDone(row.version, visit.state, stored)];
  });
  return {
    state: numberOf(home, entry.state),
    label: entry.state,
    input: inputOf(entry),
    visit: entry.sequence,
    last: newest.sequence,
    recorded: recordedOf(rows.filter(({ sequence, visit }) => sequence > entry.sequence && visit === entry.sequence)),
    done,
    path: rows
      .filter(({ kind, sequence }) => kind === "entry" && sequence < entry.sequence)
      .map(({ state: label, sequence }) => ({ state: numberOf(home, label), label, sequence })),
    failure: failure?.kind === "failure" ? parse(failure, failure.payload, recallError) : undefined,
  };
}

/** The number of a stored state; -1 when the workflow has none of that name. */
export function numberOf({ states }: Home, stored: string): number {
  return states.findIndex((state) => String(state) === stored);
}

/** A row, of which the sequence is told where it is one, that says something else than it may. */
export function corrupt(runId: string, sequence: number | undefined, why: string): CanoError {
  const place = sequence === undefined ? "" : `, at row ${sequence}`;
  return new CanoError("checkpoint_store", `the log of run \`${runId}\` cannot be read${place}: ${why}`, {
    code: "CANO7026",
    runId,
  });
}

/** What the rows of the current visit come to. Attempts count for one step only, and none of them once the run has failed and is tried again. */
function recordedOf(rows: readonly CheckpointRow[]): Recorded {
  return rows.reduce<Recorded>((recorded, { kind, count, payload, due, at }) => {
    switch (kind) {
      case "cursor":
        return { ...NOTHING, cursor: payload === undefined ? undefined : { text: payload, steps: count } };
      case "attempt":
        return { ...recorded, attempts: { failed: count, due, delay: due === undefined ? undefined : due - at }, due: undefined };
      case "due":
        return { ...recorded, due };
      case "failure":
        return { ...NOTHING, cursor: recorded.cursor };
      default:
        return recorded;
    }
  }, NOTHING);
}
