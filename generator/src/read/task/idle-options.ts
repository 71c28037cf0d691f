/** Finds members that are options of other kinds of tasks, and that nothing in their file reads: somebody may rely on them in vain. */

import { ts } from "../../../typescript/index.cjs";
import { KINDS } from "../../kinds/kinds.js";
import type { Compiler } from "../compiler.js";
import type { NameReading } from "../config-reading.js";
import { isHidden } from "../data/is-hidden.js";
import { heldValue } from "../follow/bound-method.js";
import { isOwnSource } from "../own-source.js";
import { type BoundTask, onlyShape } from "./bound-task.js";
import { readName } from "./read-name.js";

const OPTIONS: readonly string[] = KINDS.flatMap(({ options }) => options);

/** Lists them for a task of exactly one kind. What a base class or an interface knows, too, is theirs to use. */
export function findIdleOptions({ checker }: Compiler, task: BoundTask): readonly NameReading[] {
  const kind = onlyShape(task)?.kind;
  const known = KINDS.find((other) => other.kind === kind)?.options;
  if (known === undefined) return [];
  const above = (task.classNode?.heritageClauses ?? []).flatMap(({ types }) =>
    types.map((type) => checker.getTypeAtLocation(type)),
  );
  return OPTIONS.flatMap((option) => {
    const symbol = known.includes(option) ? undefined : checker.getPropertyOfType(task.type, option);
    const declaration = symbol?.declarations?.[0];
    const name = declaration && ts.getNameOfDeclaration(declaration);
    if (!symbol || !name || heldValue(declaration) === undefined || isHidden(symbol)) return [];
    const source = declaration.getSourceFile();
    if (!isOwnSource(source.fileName) || above.some((type) => checker.getPropertyOfType(type, option))) return [];
    return isRead(source, option) ? [] : [readName(option, name)];
  });
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
