/** Finds the `workflow({...})` calls of a project. What they say is read elsewhere. */

import { resolve } from "node:path";
import { ts } from "../../../typescript/index.cjs";
import { canoExport } from "../cano-export.js";
import type { Compiler } from "../compiler.js";
import { followConstant } from "../follow/follow-constant.js";
import type { SourceProject } from "../open-project.js";
import { hasModuleHeader } from "../../text/module-header.js";
import { isGenerated, isOwnSource } from "../own-source.js";

/** The project's own files among `files`, or all of them: no declarations, no packages, nothing generated. In the order of their paths. */
export function findSourceFiles(source: SourceProject, files: readonly string[] | undefined): string[] {
  return findNamed(source, files).filter(isOwnSource);
}

/** Files among those that are called as generated modules are, but do not begin as they do. */
export function findMisnamedFiles(source: SourceProject, files: readonly string[] | undefined): string[] {
  const isMisnamed = (path: string): boolean =>
    isGenerated(path) && !path.includes("/node_modules/") && !hasModuleHeader(source.program.getSourceFile(path)?.text ?? "");
  return findNamed(source, files).filter(isMisnamed);
}

function findNamed({ program }: SourceProject, files: readonly string[] | undefined): string[] {
  const wanted = files?.map((file) => resolve(file)) ?? program.getRootFileNames();
  const found = wanted.map((file) => program.getSourceFile(file)?.fileName).filter((file) => file !== undefined);
  return [...new Set(found)].sort();
}

/** The calls of `workflow` in a file, in the order of the text. */
export function findWorkflowCalls(compiler: Compiler, file: ts.SourceFile): ts.CallExpression[] {
  // Most files of a project do not even hold the word, so the checker is not asked about them.
  if (!file.text.includes("workflow") && !renamesWorkflow(compiler.program)) return [];
  const calls: ts.CallExpression[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && isWorkflow(compiler, node.expression)) calls.push(node);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return calls;
}

// Through an import, a constant, or a name that nobody declared: then the compiler says what is missing.
function isWorkflow(compiler: Compiler, callee: ts.Expression): boolean {
  if (canoExport(compiler, callee) === "workflow") return true;
  if (!ts.isIdentifier(callee)) return false;
  if (compiler.checker.getSymbolAtLocation(callee) === undefined) return callee.text === "workflow";
  const followed = followConstant(compiler, callee);
  return followed.kind === "cano" && followed.name === "workflow";
}

const renaming = new WeakMap<ts.Program, boolean>();

// Under another name, exported from one of the project's own files, it may be called where nobody writes the word.
function renamesWorkflow(program: ts.Program): boolean {
  const known = renaming.get(program);
  if (known !== undefined) return known;
  const renames = /\bworkflow\s+as\b|=\s*(\w+\.)?workflow\s*[;,\n]/;
  const found = program.getSourceFiles().some((file) => isOwnSource(file.fileName) && renames.test(file.text));
  renaming.set(program, found);
  return found;
}

/** The word `workflow` of a call. */
export function calleeName(call: ts.CallExpression): ts.Node {
  return ts.isPropertyAccessExpression(call.expression) ? call.expression.name : call.expression;
}
