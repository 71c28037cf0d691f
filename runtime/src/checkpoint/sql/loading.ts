/** Reads the rows that going on with a run needs, however many others there are. */

import type { CheckpointRow } from "../checkpoint-row.js";
import { type ReadRow, rowOf } from "./codec.js";
import type { Queries } from "./queries/index.js";
import { ask, type Steps } from "./query.js";
import { type FoundRun, newestOf } from "./runs.js";

/** So many states before the newest are enough to see how a run came to fail, and looked up in a fraction of the time that the rest of a resume takes. */
const PATH = 100;

/** See the file's first line. In ascending order, each once. */
export function* loadRows(queries: Queries, found: FoundRun): Steps<readonly CheckpointRow[]> {
  const run = found.key;
  const newest = newestOf(found);
  const entry = newest.kind === "entry" ? newest.sequence : newest.visit;
  const bySequence = new Map<number, CheckpointRow>();
  const add = (rows: readonly ReadRow[]): void => {
    for (const row of rows.map(rowOf)) bySequence.set(row.sequence, row);
  };
  // First those that come without what they carry: the others replace them.
  add(yield* ask(queries.path, { run, entry, length: PATH }));
  add(yield* ask(queries.kept, { run }));
  add(yield* ask(queries.keptEntries, { run }));
  add(yield* ask(queries.rowAt, { run, sequence: entry }));
  add(yield* ask(queries.tail, { run, entry }));
  return [...bySequence.values()].sort((a, b) => a.sequence - b.sequence);
}
