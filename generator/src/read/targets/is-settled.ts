/** Tells whether what the compiler saw of a property holds: it forgets that a call may have written to it. */

import { ts } from "../../../typescript/index.cjs";
import { symbolOf } from "../compiler.js";
import { declarationsOf } from "../follow/declarations-of.js";
import { handlingOf, handsOnThis } from "../uses/handling-of.js";
import type { Trace } from "./leaf.js";
import { writesAnywhere } from "../uses/writes-to.js";

/** Whether nothing but a constructor writes to a property, and the object that it is read from stays with the code at hand. */
export function isSettled(trace: Trace, receiver: ts.Expression, symbol: ts.Symbol): boolean {
  const { compiler } = trace;
  if (isHandedOn(trace, receiver, symbol)) return false;
  if (writesAnywhere(compiler, symbol).some(({ constructing }) => !constructing)) return false;
  let node = receiver;
  let depth = 0;
  while (!ts.isIdentifier(node)) {
    if (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)) depth++;
    else if (!ts.isParenthesizedExpression(node) && !ts.isNonNullExpression(node)) return true;
    node = node.expression;
  }
  const root = symbolOf(compiler, node);
  return root === undefined || !handlingOf(compiler, { symbol: root, depth }).escapes;
}

/** Whether an object is handed on, or hands itself on, with a field of it that others may write to by whatever type they have it. */
export function isHandedOn({ compiler, self }: Trace, receiver: ts.Expression, symbol: ts.Symbol): boolean {
  const declaration = symbol.valueDeclaration;
  if (!declaration) return false;
  const kept = ts.ModifierFlags.Private | ts.ModifierFlags.Protected | ts.ModifierFlags.Readonly;
  const flags = ts.getCombinedModifierFlags(declaration);
  if (flags & kept || ts.isPrivateIdentifier(ts.getNameOfDeclaration(declaration) ?? receiver)) return false;
  const isThis = receiver.kind === ts.SyntaxKind.ThisKeyword;
  // A class is handed on to be made instances of, as in `tasks`.
  if (!isThis && flags & ts.ModifierFlags.Static) return false;
  const type = isThis ? self : compiler.checker.getTypeAtLocation(receiver);
  if (declarationsOf(compiler, type).some((around) => handsOnThis(compiler, around))) return true;
  const name = ts.isPropertyAccessExpression(receiver) ? receiver.name : receiver;
  const holder = ts.isMemberName(name) ? symbolOf(compiler, name) : undefined;
  return holder !== undefined && handlingOf(compiler, { symbol: holder, depth: 0 }).escapes;
}
