/** Finds the projects that are asked for, and generates them. */

import { leftOver } from "../diagnostics/catalogue/files.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { findProjects } from "./find-projects.js";
import { generateProjects, hasErrors, type Outcome } from "./generate-projects.js";
import type { Request, Surroundings } from "./request.js";

/** Says what came of it and prints nothing. Diagnostics come in no order. */
export async function generateAll(request: Request, around: Surroundings): Promise<Outcome> {
  const found: Diagnostic[] = [];
  const looked = new Set<string>();
  const projects = findProjects(
    request,
    around.cwd,
    (diagnostic) => found.push(diagnostic),
    (path) => looked.add(path),
  );
  if (hasErrors(found)) return { diagnostics: found, files: [], inputs: [...looked] };
  const outcome = await generateProjects(projects, request, around);
  return request.check ? { ...outcome, diagnostics: outcome.diagnostics.map(strictly) } : outcome;
}

/** What is left over is no less out of step with the sources than what is stale: with `--check` it is an error, too. */
function strictly(diagnostic: Diagnostic): Diagnostic {
  return diagnostic.code === leftOver.code ? { ...diagnostic, severity: "error" } : diagnostic;
}
