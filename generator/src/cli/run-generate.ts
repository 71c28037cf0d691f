/** `cano-gen [files…]`: generates once and prints what came of it. */

import { displayPath } from "../diagnostics/display-path.js";
import type { JsonFile } from "../diagnostics/json.js";
import { sortDiagnostics } from "../diagnostics/sort.js";
import { diskTexts } from "../diagnostics/source-texts.js";
import { generateAll } from "../projects/generate-all.js";
import { hasErrors } from "../projects/generate-projects.js";
import type { GenerateCommand } from "./command.js";
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

function renderFiles(files: readonly JsonFile[], cwd: string): string {
  if (files.length === 0) return "no workflow found, nothing to do: no file of the project calls `workflow` of `cano`\n";
  const written = files.filter(({ status }) => status !== "unchanged").map(({ path }) => `wrote ${displayPath(path, cwd)}\n`);
  const unchanged = files
    .filter(({ status }) => status === "unchanged")
    .map(({ path }) => `unchanged ${displayPath(path, cwd)}\n`);
  // Of many files, only those with news are worth a line each.
  return [...written, ...(unchanged.length > 5 ? [`unchanged ${unchanged.length} files\n`] : unchanged)].join("");
}
