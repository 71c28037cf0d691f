/** Resolves what is scheduled to the workflow that it was generated from, by way of the generated module that it is imported from. */

import { basename, dirname, join, resolve } from "node:path";
import { ts } from "../../../typescript/index.cjs";
import { moduleNameOf } from "../../text/module-name.js";
import { type Compiler, unalias } from "../compiler.js";
import { followConstant } from "../follow/follow-constant.js";
import { isGenerated, isOwnSource } from "../own-source.js";
import type { ScheduledWorkflow } from "../schedule-reading.js";
import { moduleSpecifiers } from "../workflow/import-style.js";

/** The workflow that an expression is an object of: a call of a generated factory, directly or by way of constants. */
export function readScheduledWorkflow(compiler: Compiler, expression: ts.Expression): ScheduledWorkflow | undefined {
  const { kind, node } = followConstant(compiler, expression);
  if (kind !== "value" || !ts.isCallExpression(node)) return undefined;
  const { expression: callee } = node;
  const name = ts.isPropertyAccessExpression(callee) ? callee.name : callee;
  const symbol = compiler.checker.getSymbolAtLocation(name);
  return symbol && (existing(compiler, symbol) ?? missing(compiler, symbol));
}

function existing(compiler: Compiler, symbol: ts.Symbol): ScheduledWorkflow | undefined {
  const target = unalias(compiler, symbol);
  const file = target.declarations?.[0]?.getSourceFile();
  if (file === undefined || !isGenerated(file.fileName)) return undefined;
  // It may lie in a folder of generated modules, but it imports its source.
  const source = moduleSpecifiers(file)
    .map((specifier) => compiler.checker.getSymbolAtLocation(specifier)?.valueDeclaration?.getSourceFile().fileName)
    .find((path) => path !== undefined && isOwnSource(path) && moduleNameOf(path) === basename(file.fileName));
  return source === undefined ? undefined : { source, factory: target.name };
}

// Before it is there for the first time, the import tells where it will be.
function missing({ program }: Compiler, symbol: ts.Symbol): ScheduledWorkflow | undefined {
  const specifier = symbol.declarations?.[0];
  if (specifier === undefined || !ts.isImportSpecifier(specifier)) return undefined;
  const { moduleSpecifier: module } = specifier.parent.parent.parent;
  if (!ts.isStringLiteral(module) || !module.text.startsWith(".")) return undefined;
  const path = resolve(dirname(specifier.getSourceFile().fileName), module.text).replace(/\.[cm]?[jt]sx?$/, "");
  const source = program.getSourceFiles().find(({ fileName }) => isOwnSource(fileName) && moduleStem(fileName) === path);
  return source && { source: source.fileName, factory: (specifier.propertyName ?? specifier.name).text };
}

function moduleStem(source: string): string {
  return join(dirname(source), moduleNameOf(source)).replace(/\.[cm]?ts$/, "");
}
