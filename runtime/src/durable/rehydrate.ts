/** Reads from the stored rows of a run where it goes on, with what, and what it has done. */

import type { CheckpointRow } from "../checkpoint/checkpoint-row.js";
import type { StoredRun } from "../checkpoint/checkpoint-store.js";
import type { CanoError } from "../errors/cano-error.js";
import { decodePayload } from "../payload/payload.js";
import type { Home } from "../run/home.js";
import { corrupt, readText } from "./corrupt.js";
import { FORWARD } from "./journal.js";
import { numberOf } from "./number-of.js";
import { type Effects, type MigrateDone, readEffects } from "./read-effects.js";
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
export interface Rehydrated extends Effects {
  /** The number of the state that the run is in; -1 when the workflow has it no longer. */
  readonly state: number;
  /** The same as it was stored. */
  readonly label: string;
  /** What it was handed. Throws `checkpoint_store` when that cannot be read: what is only undone does not need it. */
  readonly readInput: () => unknown;
  /** The sequence of the row with which the visit to it began. */
  readonly visit: number;
  /** The sequence of the newest row. */
  readonly last: number;
  readonly recorded: Recorded;
  /** The states before it, as far as they were loaded. */
  readonly path: readonly Passed[];
  /** What the run has failed with, if it has and did not go forward since. */
  readonly failure: CanoError | undefined;
}

/**
 * Reads the rows of `stored`; what undoes them is brought into the form of this version by `migrateDone`, which is given the version under
 * which it was stored, and its state. Throws `checkpoint_store` when they do not even say where the run is.
 */
export function rehydrate(home: Home, stored: StoredRun, migrateDone: MigrateDone): Rehydrated {
  const { run, rows } = stored;
  const entry = rows.findLast(({ kind }) => kind === "entry");
  const newest = rows.at(-1);
  if (entry === undefined || newest === undefined)
    throw corrupt(run.runId, undefined, "there is no row with which a state was entered");
  return {
    state: numberOf(home, entry.state),
    label: entry.state,
    readInput: () => readText(run.runId, entry, entry.payload, (text) => decodePayload(home, text)),
    visit: entry.sequence,
    last: newest.sequence,
    recorded: recordedOf(rows.filter(({ visit }) => visit === entry.sequence)),
    ...readEffects(home, stored, migrateDone),
    path: rows
      .filter(({ kind, sequence }) => kind === "entry" && sequence < entry.sequence)
      .map(({ state: label, sequence }) => ({ state: numberOf(home, label), label, sequence })),
    failure: failureOf(stored),
  };
}

/** What the run has failed with. One that cannot be read is no reason not to undo it: then it is that which is told. */
function failureOf({ run: { runId }, rows }: StoredRun): CanoError | undefined {
  const failure = rows.findLast(({ kind }) => FORWARD.has(kind) || kind === "failure");
  // A failure from which the run has gone forward again is over.
  if (failure?.kind !== "failure") return undefined;
  try {
    return readText(runId, failure, failure.payload, recallError);
  } catch (error) {
    // Nothing else is thrown there.
    return error as CanoError;
  }
}

/** What the rows of the current visit come to. Attempts count for one step only, and none of them once the run has failed and is tried again. */
function recordedOf(rows: readonly CheckpointRow[]): Recorded {
  return rows.reduce<Recorded>((recorded, { kind, count, payload, due, at }) => {
    switch (kind) {
      case "cursor":
        return { ...NOTHING, cursor: payload === undefined ? undefined : { text: payload, steps: count } };
      case "attempt":
        // A busy process, or a date that is put forward, may be behind `due` by the time the row is written.
        return { ...recorded, attempts: { failed: count, due, delay: due && Math.max(0, due - at) }, due: undefined };
      case "due":
        return { ...recorded, due };
      case "failure":
        return { ...NOTHING, cursor: recorded.cursor };
      default:
        return recorded;
    }
  }, NOTHING);
}
