/** Reads from the stored rows of a run what it has done and can be undone. One effect that cannot be read does not keep the others from being undone. */

import type { CheckpointRow } from "../checkpoint/checkpoint-row.js";
import type { StoredRun } from "../checkpoint/checkpoint-store.js";
import { type CanoError, isCanoError } from "../errors/cano-error.js";
import { decodePayload } from "../payload/payload.js";
import type { Home } from "../run/home.js";
import { keyOf } from "../run/task-context.js";
import { corrupt, readText } from "./corrupt.js";
import { numberOf } from "./number-of.js";
import { type StoredUndo, whyLost } from "./stored-undo.js";

/** Brings what undoes an effect into the form of this version: it was stored under `version`, and left by the state `label`. */
export type MigrateDone = (version: number, label: string, undo: StoredUndo) => StoredUndo;

/** See the file's first line. */
export interface Effects {
  /** The newest last. */
  readonly done: readonly StoredUndo[];
  /** What is wrong with the first that cannot be read: the run does not go forward then. */
  readonly fault: CanoError | undefined;
}

/** See the file's first line. */
export function readEffects(home: Home, { run: { runId }, rows }: StoredRun, migrateDone: MigrateDone): Effects {
  const bySequence = new Map(rows.map((row) => [row.sequence, row]));
  const undone = new Set(rows.filter(({ kind }) => kind === "compensated").map(({ count }) => count));
  const decode = (text: string): unknown => decodePayload(home, text);
  let fault: CanoError | undefined;
  const read = (row: CheckpointRow, undo: string): StoredUndo => {
    const visit = bySequence.get(row.visit);
    const label = visit?.state ?? row.state;
    const state = numberOf(home, label);
    const unread = {
      state,
      ...(state < 0 ? { gone: label } : {}),
      input: undefined,
      output: undefined,
      key: keyOf(home, runId, row.visit),
      row: row.sequence,
    };
    try {
      if (visit === undefined) throw corrupt(runId, row.sequence, `the row ${row.visit} that it refers to is missing`);
      const lost = readText(runId, row, undo, whyLost);
      if (lost !== undefined) return { ...unread, lost };
      const input = readText(runId, visit, visit.payload, decode);
      return migrateDone(row.version, visit.state, { ...unread, input, output: readText(runId, row, undo, decode) });
    } catch (error) {
      if (!isCanoError(error)) throw error;
      fault ??= error;
      return { ...unread, lost: error.message };
    }
  };
  const done = rows.flatMap((row) => (row.undo === undefined || undone.has(row.sequence) ? [] : [read(row, row.undo)]));
  return { done, fault };
}
