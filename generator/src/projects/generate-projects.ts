/** Reads all projects, and leaves what came of them to `settle-files.ts`. Finding projects and printing are the commands'. */

import { resolve } from "node:path";
import { badFile } from "../diagnostics/catalogue/files.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { displayPath } from "../diagnostics/display-path.js";
import type { ProjectRequest } from "./find-projects.js";
import type { Request, Surroundings } from "./request.js";
import { startProgress } from "./progress.js";
import { isLock } from "../files/find-lock.js";
import { type ProjectResult, runProject } from "./run-project.js";
import type { Settled } from "./settle-files.js";

/** What happened, before it is printed. */
export interface Outcome extends Settled {
  /** The files that decided it, whether they are there or not: absolute paths. */
  readonly inputs: readonly string[];
}

/** Generates `projects` as `request` says. Diagnostics come in no order. */
export async function generateProjects(
  projects: readonly ProjectRequest[],
  request: Request,
  around: Surroundings,
): Promise<Outcome> {
  const outDir = request.outDir === undefined ? undefined : resolve(around.cwd, request.outDir);
  const progress = startProgress(around);
  const results: ProjectResult[] = [];
  // Projects whose configurations are in one folder share a lock: each goes on with what the one before records in it.
  const locks = new Map<string, string>();
  try {
    // One after the other: each is synchronous work of the compiler.
    for (const project of projects) {
      const result = await runProject(project, { outDir, cache: request.cache, locks }, around, progress);
      results.push(result);
      if (result.kind !== "generated") continue;
      for (const { path, text } of result.files) if (isLock(path)) locks.set(path, text);
    }
  } finally {
    progress.clear();
  }
  const diagnostics = [...results.flatMap((result) => result.diagnostics), ...findHomeless(projects, results, around.cwd)];
  const inputs = [...new Set(results.flatMap((result) => result.inputs))];
  if (hasErrors(diagnostics)) return { diagnostics, files: [], inputs };
  // Where nothing has changed, nothing is loaded that could write.
  const unchanged = [...new Set(results.flatMap((result) => (result.kind === "cached" ? result.outputs : [])))];
  if (unchanged.length > 0 && results.every(({ kind }) => kind === "cached"))
    return { diagnostics, files: unchanged.sort().map((path) => ({ path, status: "unchanged" })), inputs };
  const { settleFiles } = await import("./settle-files.js");
  const { diagnostics: more, files } = settleFiles(results, request, around.cwd);
  return { diagnostics: [...diagnostics, ...more], files, inputs };
}

/** Named files of which one of several projects should be the home, and none is. */
function findHomeless(projects: readonly ProjectRequest[], results: readonly ProjectResult[], cwd: string): Diagnostic[] {
  const named = new Set(projects.flatMap(({ isPart, files = [] }) => (isPart ? files : [])));
  const known = new Set(results.flatMap(({ inputs }) => inputs));
  const problem = "is in none of the projects that its `tsconfig.json` refers to";
  return [...named]
    .filter((file) => !known.has(file))
    .map((file) => badFile(undefined, { path: displayPath(file, cwd), problem }));
}

/** Whether any of `diagnostics` is an error. */
export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ severity }) => severity === "error");
}
