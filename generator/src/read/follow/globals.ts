/** What the language itself calls by a name, and not the user. */

import { ts } from "../../../typescript/index.cjs";
import { type Compiler, symbolOf } from "../compiler.js";

/** Whether a name is that of a global of the language, and not of something that the user calls the same. */
export function isGlobal(compiler: Compiler, node: ts.Node, name: string): boolean {
  if (!ts.isIdentifier(node) || node.text !== name) return false;
  return symbolOf(compiler, node)?.declarations?.every((declaration) => declaration.getSourceFile().isDeclarationFile) ?? false;
}

/** What `Object.freeze` was given, where `node` is a call of that: it comes back as it is. */
export function frozenIn(compiler: Compiler, node: ts.Node): ts.Expression | undefined {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return undefined;
  const { expression: global, name } = node.expression;
  return name.text === "freeze" && isGlobal(compiler, global, "Object") ? node.arguments[0] : undefined;
}
