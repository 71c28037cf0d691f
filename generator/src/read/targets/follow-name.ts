/** Follows a name to what it may hold: a constant's initialiser, a variable's assignments, a parameter's declared type. */

import { ts } from "../../../typescript/index.cjs";
import { symbolOf } from "../compiler.js";
import { isConst } from "../follow/follow-constant.js";
import { exactType } from "./called-by.js";
import { isLoopVariable, leavesOfExpression, narrowed } from "./compiler-view.js";
import { followParts } from "./follow-parts.js";
import { followPropertySymbol } from "./follow-property.js";
import { followInto, followVariable, leavesOfHidden, writesOf } from "./follow-variable.js";
import type { Follow, Leaf, Trace } from "./leaf.js";

/** The values that a name may stand for. */
export function followName(trace: Trace, name: ts.Identifier, follow: Follow): readonly Leaf[] {
  const symbol = symbolOf(trace.compiler, name);
  const declaration = symbol?.valueDeclaration ?? symbol?.declarations?.[0];
  if (symbol === undefined || declaration === undefined) return leavesOfExpression(trace, name);
  if (ts.isVariableDeclaration(declaration)) return followVariable(trace, name, symbol, declaration, follow);
  if (ts.isParameter(declaration) || ts.isBindingElement(declaration)) {
    const writes = writesOf(trace, symbol, declaration);
    const hidden = leavesOfHidden(trace, name, symbol, writes);
    if (hidden ?? writes.length > 0) return hidden ?? leavesOfExpression(trace, name);
  }
  const known = trace.parameters.get(declaration);
  if (known) return narrowed(trace, name, known());
  if (ts.isBindingElement(declaration)) return followDestructured(trace, name, declaration, follow);
  if (ts.isExportAssignment(declaration)) return followInto(trace, name, declaration.expression, follow);
  return leavesOfExpression(trace, name);
}

function followDestructured(trace: Trace, name: ts.Identifier, element: ts.BindingElement, follow: Follow): readonly Leaf[] {
  const source = element.parent.parent;
  const isPlain = ts.isVariableDeclaration(source) && isConst(source) && !source.type;
  if (!isPlain || element.initializer || element.dotDotDotToken) return leavesOfExpression(trace, name);
  const looped = isLoopVariable(source);
  const receiver = looped ? source.parent.parent.expression : source.initializer;
  const key = keyOf(element);
  if (!receiver || key === undefined) return leavesOfExpression(trace, name);
  if (looped || ts.isArrayBindingPattern(element.parent)) {
    const use = { node: name, receiver, looped, keys: new Set([key]) };
    return followParts(trace, use, follow) ?? leavesOfExpression(trace, name);
  }
  const { checker } = trace.compiler;
  const type = exactType(trace, receiver) ?? checker.getTypeAtLocation(receiver);
  const symbol = checker.getPropertyOfType(type, key);
  return followPropertySymbol(trace, { node: name, receiver, symbol, key, text: `${receiver.getText()}.${key}` }, follow);
}

function keyOf(element: ts.BindingElement): string | undefined {
  if (ts.isArrayBindingPattern(element.parent)) return String(element.parent.elements.indexOf(element));
  const key = element.propertyName ?? element.name;
  return ts.isIdentifier(key) || ts.isStringLiteral(key) ? key.text : undefined;
}
