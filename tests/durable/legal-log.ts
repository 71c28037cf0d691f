/** What must hold of every log, whatever happened to the processes that wrote it. */

import type { CheckpointRow } from "cano/checkpoints";

const LAST: readonly CheckpointRow["kind"][] = ["exit", "end"];

/** The rules that the rows of a run break, each with the row; empty when it is a legal log. */
export function faultsOf(rows: readonly CheckpointRow[]): readonly string[] {
  const faults: string[] = [];
  let visit = -1;
  let failed = false;
  const undoable: number[] = [];
  rows.forEach((row, place) => {
    const { sequence, kind, count, undo } = row;
    const broken = (rule: string): void => void faults.push(`row ${sequence}, ${kind}: ${rule}`);
    if (sequence !== place) broken(`is at place ${place}`);
    if (place === 0 && kind !== "entry") broken("a log begins with an entry");
    if (LAST.includes(rows[place - 1]?.kind ?? "entry") && kind !== "resume") broken("follows the end");
    if (row.visit !== Math.max(0, visit)) broken(`belongs to visit ${row.visit}, not ${visit}`);
    if (failed && ["entry", "cursor", "attempt", "due", "exit"].includes(kind))
      broken("goes forward after a failure with effects");
    if (undo !== undefined) undoable.push(sequence);
    if (kind === "entry") visit = sequence;
    if (kind === "failure") failed = undoable.length > 0;
    if (kind === "compensated") {
      if (!failed) broken("undoes something without a failure");
      if (undoable.pop() !== count) broken(`undoes row ${count} out of turn`);
    }
  });
  return faults;
}
