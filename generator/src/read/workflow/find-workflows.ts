/** Finds the `workflow({...})` calls of a project. What they say is read elsewhere. */

import { resolve } from "node:path";
import { ts } from "ts-morph";
import { canoExport } from "../cano-export.js";
import type { Compiler } from "../compiler.js";
import type { SourceProject } from "../open-project.js";

/** The project's own files among `files`, or all of them: no declarations, no packages, nothing generated. In the order of their paths. */
export function findSourceFiles(source: SourceProject, files: readonly string[] | undefined): string[] {
  const { project } = source;
  const found = files
    ? files.map((file) => project.getSourceFile(resolve(file)) ?? project.addSourceFileAtPathIfExists(resolve(file)))
    : project.getSourceFiles();
  const own = found.filter((file) => file !== undefined).map((file) => file.getFilePath());
  return [...new Set<string>(own)].filter(isOwnSource).sort();
}

/** Whether a file is the user's own source. */
export function isOwnSource(file: string): boolean {
  return !file.includes("/node_modules/") && !/\.d\.[cm]?ts$/.test(file) && !isGenerated(file);
}

/** Whether a file is one that the generator writes. */
export function isGenerated(file: string): boolean {
  return /\.cano\.[cm]?tsx?$/.test(file);
}

/** The calls of `workflow` in a file, in the order of the text. */
export function findWorkflowCalls(compiler: Compiler, file: ts.SourceFile): ts.CallExpression[] {
  // Most files of a project do not even hold the word, so the checker is not asked about them.
  if (!file.text.includes("workflow")) return [];
  const calls: ts.CallExpression[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && canoExport(compiler, node.expression) === "workflow") calls.push(node);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return calls;
}

/** The word `workflow` of a call. */
export function calleeName(call: ts.CallExpression): ts.Node {
  return ts.isPropertyAccessExpression(call.expression) ? call.expression.name : call.expression;
}
