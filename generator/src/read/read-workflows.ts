/** Reads every workflow of a project, or of some of its files: finding, type-checking and reading each is done by the files in `workflow/`. */

import { basename } from "node:path";
import type { ts } from "../../typescript/index.cjs";
import { badFile } from "../diagnostics/catalogue/files.js";
import type { Diagnostic, Report } from "../diagnostics/diagnostic.js";
import { createCompiler } from "./compiler.js";
import type { SourceProject } from "./open-project.js";
import type { Reading } from "./reading.js";
import { spanOf } from "./span-of.js";
import { calleeName, findMisnamedFiles, findSourceFiles, findWorkflowCalls } from "./workflow/find-workflows.js";
import { readWorkflow } from "./workflow/read-workflow.js";
import { findTypeErrors } from "./workflow/type-check.js";

/** Reads the workflows in the given files, or in all; one that cannot be read is reported and left out. In the order of files and text. */
export function readWorkflows(source: SourceProject, files: readonly string[] | undefined, report: Report): Reading[] {
  const paths = findSourceFiles(source, files);
  const compiler = createCompiler(source);
  const reportOnce = once(report);
  const callsIn = (path: string): readonly ts.CallExpression[] => {
    const file = compiler.program.getSourceFile(path);
    return file ? findWorkflowCalls(compiler, file) : [];
  };
  for (const call of findMisnamedFiles(source, files).flatMap((path) => callsIn(path).slice(0, 1))) {
    const path = basename(call.getSourceFile().fileName);
    const name = path.replace(/\.cano(?=\.\w+$)/, "");
    const cure = `call the file otherwise, such as \`${name}\``;
    report(badFile(spanOf(calleeName(call)), { path, problem: "has a workflow, and is called as generated modules are", cure }));
  }
  return paths.flatMap(callsIn).flatMap((call) => {
    const { fileName } = call.getSourceFile();
    if (!/\.[cm]?tsx?$/.test(fileName)) {
      const cure = "move the workflow into a TypeScript file";
      reportOnce(badFile(spanOf(calleeName(call)), { path: basename(fileName), problem: "is not a TypeScript source", cure }));
      return [];
    }
    const { blocking, heldBack } = findTypeErrors(compiler, call);
    blocking.forEach(reportOnce);
    return blocking.length > 0 ? [] : (readWorkflow(compiler, call, heldBack, reportOnce) ?? []);
  });
}

// Several workflows may import one broken file.
function once(report: Report): Report {
  const known = new Set<string>();
  return (diagnostic: Diagnostic) => {
    const key = JSON.stringify([diagnostic.code, diagnostic.span, diagnostic.message]);
    if (!known.has(key)) report(diagnostic);
    known.add(key);
  };
}
