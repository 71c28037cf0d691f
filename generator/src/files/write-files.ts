/** Writes all planned files or none: texts go to temporary files first, then each is renamed into place, and a failure undoes what was done. */

import { randomBytes } from "node:crypto";
import { dirname, join } from "node:path";
import { describeThrown } from "../diagnostics/internal-error.js";
import { type Disk, realDisk } from "./disk.js";
import type { PlannedWrite } from "./plan-writes.js";

/** What came of it: all is written, or nothing is and `path` says where it failed. */
export type WriteOutcome =
  { readonly kind: "written" } | { readonly kind: "failed"; readonly path: string; readonly problem: string };

type Write = Extract<PlannedWrite, { kind: "create" | "update" }>;

/** A step that was done, and how to take it back. */
type Undo = () => void;

/** Writes what `plan` wants created or updated. Its foreign files are the caller's to refuse beforehand. */
export function writeFiles(plan: readonly PlannedWrite[], disk: Disk = realDisk): WriteOutcome {
  const writes = plan.filter((entry): entry is Write => entry.kind === "create" || entry.kind === "update");
  const undos: Undo[] = [];
  let current = "";
  try {
    const staged = writes.map((write) => {
      current = write.path;
      return { write, temporary: stage(write, disk, undos) };
    });
    for (const { write, temporary } of staged) {
      current = write.path;
      disk.rename(temporary, write.target);
      undos.push(() => {
        putBack(write, disk);
      });
    }
    return { kind: "written" };
  } catch (error) {
    for (const undo of undos.toReversed()) attempt(undo);
    return { kind: "failed", path: current, problem: withoutTemporary(describeThrown(error)) };
  }
}

/** The system may name the temporary file, of which nobody else knows. */
function withoutTemporary(problem: string): string {
  return problem.replace(/, [a-z]+ '[^']*\.tmp'.*$/s, "");
}

/** Writes the text beside its target, so that the rename stays on one file system. */
function stage(write: Write, disk: Disk, undos: Undo[]): string {
  const { target } = write;
  const made = disk.makeFolder(dirname(target));
  if (made !== undefined) {
    undos.push(() => {
      removeFolders(dirname(target), made, disk);
    });
  }
  const temporary = temporaryPath(target);
  // Noted before it is done: a write that fails half-way leaves a file, too.
  undos.push(() => {
    disk.remove(temporary);
  });
  disk.create(temporary, write.text);
  return temporary;
}

function putBack(write: Write, disk: Disk): void {
  if (write.kind === "create") return disk.remove(write.target);
  const temporary = temporaryPath(write.target);
  disk.create(temporary, write.previous);
  disk.rename(temporary, write.target);
}

// Without the target's name, which may be as long as one can be.
function temporaryPath(target: string): string {
  return join(dirname(target), `.cano-${randomBytes(6).toString("hex")}.tmp`);
}

/** Removes the folders from `inner` up to `outer`; one that somebody has used meanwhile stays. */
function removeFolders(inner: string, outer: string, disk: Disk): void {
  for (let folder = inner; folder.startsWith(outer); folder = dirname(folder)) disk.removeFolder(folder);
}

/** Undoing goes on whatever happens: the first failure is the one to report. */
function attempt(undo: Undo): void {
  try {
    undo();
  } catch {
    // Nothing better can be done with it.
  }
}
