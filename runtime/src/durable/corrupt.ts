/** Rows that say something else than they may. */

import type { CheckpointRow } from "../checkpoint/checkpoint-row.js";
import { CanoError } from "../errors/cano-error.js";
import { textOf } from "../errors/thrown.js";

/** The error of a log that cannot be read, of which the sequence is told where it is one row that is to blame. */
export function corrupt(runId: string, sequence: number | undefined, why: string): CanoError {
  const place = sequence === undefined ? "" : `, at row ${sequence}`;
  return new CanoError("checkpoint_store", `the log of run \`${runId}\` cannot be read${place}: ${why}`, {
    code: "CANO7026",
    runId,
  });
}

/** What `read` makes of a text of a row; undefined where there is none. Throws `checkpoint_store` where it cannot. */
export function readText<T>(
  runId: string,
  { sequence }: CheckpointRow,
  text: string | undefined,
  read: (text: string) => T,
): T | undefined {
  try {
    return text === undefined ? undefined : read(text);
  } catch (cause) {
    throw corrupt(runId, sequence, textOf(cause));
  }
}
