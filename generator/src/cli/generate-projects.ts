/** Reads all projects, then writes all files or none, or with `--check` only compares. Finding projects and printing are the commands'. */

import { resolve } from "node:path";
import { cannotWrite, foreignFile, noWorkflow, sharedOutput, staleFile } from "../diagnostics/catalogue/files.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { JsonFile } from "../diagnostics/json.js";
import { displayPath } from "../diagnostics/render.js";
import type { OutputFile } from "../emit/emit-modules.js";
import { type PlannedWrite, planWrites } from "../files/plan-writes.js";
import { writeFiles } from "../files/write-files.js";
import type { GenerateCommand } from "./command.js";
import type { ProjectRequest } from "./find-projects.js";
import type { Io } from "./io.js";
import { startProgress } from "./progress.js";
import { type ProjectResult, runProject } from "./run-project.js";

/** What happened, before it is printed. */
export interface Outcome {
  readonly diagnostics: readonly Diagnostic[];
  /** Absolute paths. */
  readonly files: readonly JsonFile[];
  /** The files that decided it, whether they are there or not: absolute paths. */
  readonly inputs: readonly string[];
}

/** Generates `projects` as `command` says. Diagnostics come in no order. */
export async function generateProjects(projects: readonly ProjectRequest[], command: GenerateCommand, io: Io): Promise<Outcome> {
  const outDir = command.outDir === undefined ? undefined : resolve(io.cwd, command.outDir);
  const progress = startProgress(io);
  const results: ProjectResult[] = [];
  try {
    // One after the other: each is synchronous work of the compiler.
    for (const project of projects)
      results.push(await runProject(project, { outDir, cache: command.cache, lock: true }, io, progress));
  } finally {
    progress.clear();
  }
  const diagnostics = results.flatMap((result) => result.diagnostics);
  const inputs = [...new Set(results.flatMap((result) => result.inputs))];
  if (hasErrors(diagnostics)) return { diagnostics, files: [], inputs };
  const { diagnostics: more, files } = settleFiles(results, command, io.cwd);
  return { diagnostics: [...diagnostics, ...more], files, inputs };
}

/** Brings the disk in line with the results, or says why not. */
function settleFiles(results: readonly ProjectResult[], command: GenerateCommand, cwd: string): Omit<Outcome, "inputs"> {
  const show = (path: string): string => displayPath(path, cwd);
  const generated = results.flatMap((result) => (result.kind === "generated" ? result.files : []));
  const cached = results.flatMap((result) => (result.kind === "cached" ? result.outputs : []));
  if (generated.length + cached.length === 0 && command.files.length > 0) {
    return { diagnostics: [noWorkflow(undefined, { files: command.files })], files: [] };
  }
  const plan: PlannedWrite[] = [...cached.map((path): PlannedWrite => ({ kind: "unchanged", path })), ...planWrites(generated)];
  plan.sort((a, b) => (a.path < b.path ? -1 : 1));
  const refused = [...checkShared(generated, cached, show), ...checkForeign(plan, show)];
  const stale = command.check ? checkStale(plan, show) : [];
  const files = plan.map((entry) => statusOf(entry, command.check));
  if (refused.length > 0) return { diagnostics: [...refused, ...stale], files: [] };
  if (stale.length > 0) return { diagnostics: stale, files };
  const outcome = writeFiles(plan);
  if (outcome.kind === "failed") {
    return { diagnostics: [cannotWrite(undefined, { path: show(outcome.path), problem: outcome.problem })], files: [] };
  }
  for (const result of results) if (result.kind === "generated") result.remember();
  return { diagnostics: [], files };
}

/** Two sources must not share an output path; the second module would replace the first. */
function checkShared(generated: readonly OutputFile[], cached: readonly string[], show: (path: string) => string): Diagnostic[] {
  const sources = new Map(cached.map((path) => [path, "an unchanged source"]));
  return generated.flatMap(({ path, source }) => {
    const first = sources.get(path);
    const second = `\`${show(source)}\``;
    sources.set(path, first ?? second);
    return first === undefined ? [] : [sharedOutput(undefined, { path: show(path), first, second })];
  });
}

function checkForeign(plan: readonly PlannedWrite[], show: (path: string) => string): Diagnostic[] {
  return plan.flatMap((entry) =>
    entry.kind === "foreign" ? [foreignFile(undefined, { path: show(entry.path), what: entry.what })] : [],
  );
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

/** Whether any of `diagnostics` is an error. */
export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ severity }) => severity === "error");
}
