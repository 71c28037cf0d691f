/** Writes what was generated from a compiler's program, as `cano-gen` does: all files or none, only its own, and none that is there already. */

import { cannotWrite } from "../diagnostics/catalogue/files.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { displayPath } from "../diagnostics/display-path.js";
import { checkForeign, checkShared } from "../files/check-outputs.js";
import type { OutputFile } from "../files/output-file.js";
import { planWrites } from "../files/plan-writes.js";
import { writeFiles } from "../files/write-files.js";

/** What became of them. */
export interface Settled {
  readonly diagnostics: readonly Diagnostic[];
  /** Texts that the program cannot have seen yet, by their paths. */
  readonly written: ReadonlyMap<string, string>;
}

/** Brings the disk in line with `files`, or says why not. */
export function settleModules(files: readonly OutputFile[], cwd: string): Settled {
  const show = (path: string): string => displayPath(path, cwd);
  const plan = planWrites(files);
  const refused = [...checkShared(files, [], show), ...checkForeign(plan, show)];
  if (refused.length > 0) return { diagnostics: refused, written: new Map() };
  const outcome = writeFiles(plan);
  if (outcome.kind === "failed") {
    const { path, problem } = outcome;
    return { diagnostics: [cannotWrite(undefined, { path: show(path), problem })], written: new Map() };
  }
  const written = plan.flatMap((entry) =>
    entry.kind === "create" || entry.kind === "update" ? [[entry.path, entry.text] as const] : [],
  );
  return { diagnostics: [], written: new Map(written) };
}
