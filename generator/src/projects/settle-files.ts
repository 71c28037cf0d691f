/** Writes all files that projects have yielded, or none, or with `--check` only compares. */

import { cannotWrite, noWorkflow, staleFile } from "../diagnostics/catalogue/files.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { displayPath } from "../diagnostics/display-path.js";
import type { JsonFile } from "../diagnostics/json.js";
import { checkForeign, checkShared } from "../files/check-outputs.js";
import { isLock } from "../files/find-lock.js";
import type { OutputFile } from "../files/output-file.js";
import { type PlannedWrite, planWrites } from "../files/plan-writes.js";
import { writeFiles } from "../files/write-files.js";
import type { Request } from "./request.js";
import type { ProjectResult } from "./run-project.js";

/** What became of the files. */
export interface Settled {
  readonly diagnostics: readonly Diagnostic[];
  /** Absolute paths. */
  readonly files: readonly JsonFile[];
}

/** Brings the disk in line with the results, or says why not. */
export function settleFiles(results: readonly ProjectResult[], request: Request, cwd: string): Settled {
  const show = (path: string): string => displayPath(path, cwd);
  const generated = withoutRepeats(results.flatMap((result) => (result.kind === "generated" ? result.files : [])));
  const planned = planWrites(generated);
  // What one project has just made as it is on disk, or has added to, may be an unchanged file of another.
  const known = new Set(planned.filter(({ kind, path }) => kind === "unchanged" || isLock(path)).map(({ path }) => path));
  const remembered = new Set(results.flatMap((result) => (result.kind === "cached" ? result.outputs : [])));
  const cached = [...remembered].filter((path) => !known.has(path));
  if (generated.length + cached.length === 0 && request.files.length > 0) {
    return { diagnostics: [noWorkflow(undefined, { files: request.files })], files: [] };
  }
  const plan: PlannedWrite[] = [...cached.map((path): PlannedWrite => ({ kind: "unchanged", path })), ...planned];
  plan.sort((a, b) => (a.path < b.path ? -1 : 1));
  const refused = [...checkShared(generated, cached, show), ...checkForeign(plan, show)];
  const stale = request.check ? checkStale(plan, show) : [];
  const files = plan.map((entry) => statusOf(entry, request.check));
  if (refused.length > 0) return { diagnostics: [...refused, ...stale], files: [] };
  if (stale.length > 0) return { diagnostics: stale, files };
  const outcome = writeFiles(plan);
  if (outcome.kind === "failed") {
    return { diagnostics: [cannotWrite(undefined, { path: show(outcome.path), problem: outcome.problem })], files: [] };
  }
  for (const result of results) if (result.kind === "generated") result.remember();
  return { diagnostics: [], files };
}

/** What several projects have: one source comes to one module in all of them, and of a lock the last text has all that is in the others. */
function withoutRepeats(files: readonly OutputFile[]): readonly OutputFile[] {
  const repeats = ({ path, source, text }: OutputFile, later: OutputFile): boolean =>
    later.path === path && (isLock(path) || (later.source === source && later.text === text));
  return files.filter((file, at) => !files.slice(at + 1).some((later) => repeats(file, later)));
}

function checkStale(plan: readonly PlannedWrite[], show: (path: string) => string): Diagnostic[] {
  return plan.flatMap(({ kind, path }) => {
    if (kind !== "create" && kind !== "update") return [];
    return [staleFile(undefined, { path: show(path), problem: kind === "create" ? "is missing" : "is stale" })];
  });
}

function statusOf({ kind, path }: PlannedWrite, check: boolean): JsonFile {
  if (kind === "create") return { path, status: check ? "missing" : "created" };
  if (kind === "update") return { path, status: check ? "stale" : "updated" };
  return { path, status: "unchanged" };
}
