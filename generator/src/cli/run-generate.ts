/** `cano-gen [files…]`: generates once and prints what came of it. */

import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { displayPath } from "../diagnostics/display-path.js";
import type { JsonFile } from "../diagnostics/json.js";
import { sortDiagnostics } from "../diagnostics/sort.js";
import { diskTexts } from "../diagnostics/source-texts.js";
import type { GenerateCommand } from "./command.js";
import { findProjects } from "./find-projects.js";
import { generateProjects, hasErrors, type Outcome } from "./generate-projects.js";
import { type Io, usesColour } from "./io.js";

/** Carries out the command; returns the exit code. */
export async function runGenerate(command: GenerateCommand, io: Io): Promise<number> {
  const { diagnostics, files } = await generateAll(command, io);
  const sorted = sortDiagnostics(diagnostics);
  const failed = hasErrors(sorted);
  const options = { cwd: io.cwd, texts: diskTexts(), colour: usesColour(io) };
  if (command.format === "json") {
    const { renderJson } = await import("../diagnostics/json.js");
    io.stdout(renderJson(sorted, files, options));
  } else {
    // Without anything to tell, what tells it is not loaded.
    if (sorted.length > 0) io.stderr((await import("../diagnostics/render.js")).renderDiagnostics(sorted, options));
    if (!failed) io.stdout(renderFiles(files, io.cwd));
  }
  return failed ? 1 : 0;
}

/** Finds the projects and generates them; says what came of it and prints nothing. Diagnostics come in no order. */
export async function generateAll(command: GenerateCommand, io: Io): Promise<Outcome> {
  const found: Diagnostic[] = [];
  const looked = new Set<string>();
  const projects = findProjects(
    command,
    io.cwd,
    (diagnostic) => found.push(diagnostic),
    (path) => looked.add(path),
  );
  if (hasErrors(found)) return { diagnostics: found, files: [], inputs: [...looked] };
  return generateProjects(projects, command, io);
}

function renderFiles(files: readonly JsonFile[], cwd: string): string {
  if (files.length === 0) return "no workflow found, nothing to do: no file of the project calls `workflow` of `cano`\n";
  const written = files.filter(({ status }) => status !== "unchanged").map(({ path }) => `wrote ${displayPath(path, cwd)}\n`);
  const unchanged = files
    .filter(({ status }) => status === "unchanged")
    .map(({ path }) => `unchanged ${displayPath(path, cwd)}\n`);
  // Of many files, only those with news are worth a line each.
  return [...written, ...(unchanged.length > 5 ? [`unchanged ${unchanged.length} files\n`] : unchanged)].join("");
}
