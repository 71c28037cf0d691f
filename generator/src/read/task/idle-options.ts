/** Finds members that look like options of a task but are none, and that nothing in their file reads: somebody may rely on them in vain. */

import { ts } from "../../../typescript/index.cjs";
import { CONFIG_KEYS, KINDS, KNOWN_MEMBERS } from "../../kinds/kinds.js";
import type { Compiler } from "../compiler.js";
import type { NameReading } from "../config-reading.js";
import { isHidden } from "../data/is-hidden.js";
import { heldValue } from "../follow/bound-method.js";
import { isOwnSource } from "../own-source.js";
import { type BoundTask, onlyShape } from "./bound-task.js";
import { readName } from "./read-name.js";

const OPTIONS: readonly string[] = [...KINDS.flatMap(({ options }) => options), ...CONFIG_KEYS];

/** Lists those of a task of exactly one kind: options of other kinds, and what belongs into its `config`. */
export function findIdleOptions(compiler: Compiler, task: BoundTask): readonly NameReading[] {
  const kind = onlyShape(task)?.kind;
  const known = KINDS.find((other) => other.kind === kind)?.options;
  if (known === undefined) return [];
  return OPTIONS.flatMap((option) => {
    const symbol = known.includes(option) ? undefined : compiler.checker.getPropertyOfType(task.type, option);
    return symbol ? idle(compiler, task, symbol) : [];
  });
}

/** Lists what has the form of a `config` under a name that nothing knows. */
export function findIdleConfigs(compiler: Compiler, task: BoundTask): readonly NameReading[] {
  if (onlyShape(task) === undefined) return [];
  const { checker } = compiler;
  return checker.getPropertiesOfType(task.type).flatMap((symbol) => {
    if (KNOWN_MEMBERS.has(symbol.name)) return [];
    const keys = checker.getPropertiesOfType(checker.getTypeOfSymbol(symbol));
    return keys.length > 0 && keys.every(({ name }) => CONFIG_KEYS.includes(name)) ? idle(compiler, task, symbol) : [];
  });
}

// What a base class or an interface knows, too, is theirs to use.
function idle({ checker }: Compiler, { classNode }: BoundTask, symbol: ts.Symbol): readonly NameReading[] {
  const declaration = symbol.declarations?.[0];
  const name = declaration && ts.getNameOfDeclaration(declaration);
  if (!name || heldValue(declaration) === undefined || isHidden(symbol)) return [];
  const source = declaration.getSourceFile();
  const above = (classNode?.heritageClauses ?? []).flatMap(({ types }) => types.map((node) => checker.getTypeAtLocation(node)));
  if (!isOwnSource(source.fileName) || above.some((base) => checker.getPropertyOfType(base, symbol.name))) return [];
  return isRead(source, symbol.name) ? [] : [readName(symbol.name, name)];
}

function isRead(node: ts.Node, name: string): boolean {
  return readsItself(node, name) || ts.forEachChild(node, (child) => isRead(child, name) || undefined) === true;
}

function readsItself(node: ts.Node, name: string): boolean {
  if (ts.isPropertyAccessExpression(node)) return node.name.text === name;
  if (ts.isElementAccessExpression(node))
    return !ts.isStringLiteralLike(node.argumentExpression) || node.argumentExpression.text === name;
  if (!ts.isBindingElement(node)) return false;
  const read = node.propertyName ?? node.name;
  return ts.isIdentifier(read) && read.text === name;
}
