/** Follows a name to what it may hold: a constant's initialiser, a variable's assignments, a parameter's declared type. */

import { ts } from "../../../typescript/index.cjs";
import { symbolOf } from "../compiler.js";
import { followConstant, isConst } from "../follow/follow-constant.js";
import { elementsOf } from "../follow/members-of.js";
import { isLoopVariable, leavesOfExpression, narrowed } from "./compiler-view.js";
import { enter, type Follow, type Leaf, openLeaf, placeOf, type Trace, unknownLeaf } from "./leaf.js";
import { followPropertySymbol } from "./follow-property.js";
import { writesTo } from "./writes-to.js";

/** The values that a name may stand for. */
export function followName(trace: Trace, name: ts.Identifier, follow: Follow): readonly Leaf[] {
  const symbol = symbolOf(trace.compiler, name);
  const declaration = symbol?.valueDeclaration ?? symbol?.declarations?.[0];
  if (symbol === undefined || declaration === undefined) return leavesOfExpression(trace, name);
  const known = trace.parameters.get(declaration);
  if (known) return narrowed(trace, name, known());
  if (ts.isVariableDeclaration(declaration)) return followVariable(trace, name, symbol, declaration, follow);
  if (ts.isBindingElement(declaration)) return followDestructured(trace, name, declaration, follow);
  if (ts.isExportAssignment(declaration)) return followInto(trace, name, declaration.expression, follow);
  return leavesOfExpression(trace, name);
}

function followVariable(
  trace: Trace,
  name: ts.Identifier,
  symbol: ts.Symbol,
  declaration: ts.VariableDeclaration,
  follow: Follow,
): readonly Leaf[] {
  if (declaration.type) return leavesOfExpression(trace, name);
  if (isLoopVariable(declaration)) return followLoop(trace, name, declaration.parent.parent.expression, follow);
  const { initializer } = declaration;
  if (isConst(declaration)) {
    return initializer ? narrowed(trace, name, followInto(trace, name, initializer, follow)) : leavesOfExpression(trace, name);
  }
  const writes = writesTo(trace.compiler, symbol, scopeOf(declaration));
  if (writes.some(({ nested }) => nested))
    return [unknownLeaf(`\`${name.text}\` is written inside a nested function`, placeOf(trace, name))];
  const values = writes
    .filter(({ value }) => value === undefined || !trace.compiler.isUnreachable(value))
    .map(({ value }) => value);
  const leaves = [...(initializer ? [initializer] : []), ...values].flatMap((value) =>
    value ? followInto(trace, name, value, follow) : [openLeaf(`\`${name.text}\` is computed`, placeOf(trace, name))],
  );
  return narrowed(trace, name, leaves);
}

function followLoop(trace: Trace, name: ts.Identifier, list: ts.Expression, follow: Follow): readonly Leaf[] {
  const followed = followConstant(trace.compiler, list);
  if (followed.kind !== "value" || !ts.isArrayLiteralExpression(followed.node)) return leavesOfExpression(trace, name);
  const { elements, refused } = elementsOf(trace.compiler, followed.node);
  if (refused.length > 0) return leavesOfExpression(trace, name);
  return narrowed(
    trace,
    name,
    elements.flatMap((element) => followInto(trace, name, element, follow)),
  );
}

function followDestructured(trace: Trace, name: ts.Identifier, element: ts.BindingElement, follow: Follow): readonly Leaf[] {
  const key = element.propertyName ?? element.name;
  const source = element.parent.parent;
  const direct = ts.isVariableDeclaration(source) && isConst(source) && !source.type ? source.initializer : undefined;
  if (
    !direct ||
    element.initializer ||
    element.dotDotDotToken ||
    !ts.isObjectBindingPattern(element.parent) ||
    !(ts.isIdentifier(key) || ts.isStringLiteral(key))
  ) {
    return leavesOfExpression(trace, name);
  }
  const { checker } = trace.compiler;
  const symbol = checker.getPropertyOfType(checker.getTypeAtLocation(direct), key.text);
  return followPropertySymbol(
    trace,
    { node: name, symbol, text: `${direct.getText()}.${key.text}`, ofSelf: direct.kind === ts.SyntaxKind.ThisKeyword },
    follow,
  );
}

function followInto(trace: Trace, from: ts.Expression, into: ts.Expression, follow: Follow): readonly Leaf[] {
  const inner = enter(trace, from, into);
  return inner ? follow(inner, into) : [];
}

function scopeOf(declaration: ts.Node): ts.Node {
  return ts.findAncestor(declaration.parent, ts.isFunctionLike) ?? declaration.getSourceFile();
}
