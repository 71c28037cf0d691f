/** Follows `a.b` and `a[b]` to what may be there: a member of the state set, a constant's property, a field's initialiser and assignments. */

import { ts } from "../../../typescript/index.cjs";
import { memberNameOf, symbolOf } from "../compiler.js";
import { followConstant, isReadonly } from "../follow/follow-constant.js";
import { elementsOf, keyText, membersOf } from "../follow/members-of.js";
import { memberBySymbol } from "../states/state-set.js";
import { mirrorsMember } from "../states/state-ref.js";
import { isImplementation } from "../task/bound-method.js";
import { isDeclared, leavesOfExpression, narrowed } from "./compiler-view.js";
import { enter, type Follow, foreignLeaf, type Leaf, memberLeaf, openLeaf, placeOf, type Trace, unknownLeaf } from "./leaf.js";
import { leavesOfType } from "./leaves-of-type.js";
import { returnedBy } from "./returned-by.js";
import { type Write, writesTo } from "./writes-to.js";

/** The values that a member access may yield. */
export function followAccess(
  trace: Trace,
  node: ts.PropertyAccessExpression | ts.ElementAccessExpression,
  follow: Follow,
): readonly Leaf[] {
  const name = memberNameOf(node);
  if (name === undefined)
    return ts.isElementAccessExpression(node) ? followComputed(trace, node, follow) : leavesOfExpression(trace, node);
  const ofSelf = node.expression.kind === ts.SyntaxKind.ThisKeyword;
  const own =
    ofSelf && trace.self && !ts.isPrivateIdentifier(name)
      ? trace.compiler.checker.getPropertyOfType(trace.self, textOf(name))
      : undefined;
  return followPropertySymbol(
    trace,
    { node, symbol: own ?? symbolOf(trace.compiler, name), text: node.getText(), ofSelf },
    follow,
  );
}

/** A property that is read somewhere. */
export interface PropertyUse {
  /** The expression that reads it. */
  readonly node: ts.Expression;
  readonly symbol: ts.Symbol | undefined;
  readonly text: string;
  /** Whether it is read from `this`. */
  readonly ofSelf: boolean;
}

/** The values that a property may hold. */
export function followPropertySymbol(trace: Trace, use: PropertyUse, follow: Follow): readonly Leaf[] {
  const { node, symbol, text, ofSelf } = use;
  const place = placeOf(trace, node);
  const member = memberBySymbol(trace.set, symbol);
  if (member !== undefined) return [memberLeaf(member, place)];
  const declaration = symbol?.valueDeclaration ?? symbol?.declarations?.[0];
  if (symbol === undefined || declaration === undefined) return leavesOfExpression(trace, node);
  if (ts.isEnumMember(declaration) || mirrorsMember(trace.set, symbol)) return [foreignLeaf(text, place)];
  if (ts.isVariableDeclaration(declaration) && declaration.initializer && !declaration.type) {
    return followEach(trace, node, [declaration.initializer], follow);
  }
  if ((ts.isPropertyDeclaration(declaration) || ts.isParameter(declaration)) && declaration.type) {
    // In a generic class the binding knows more than the place where the field is read.
    const generic = ofSelf && trace.typeArguments.size > 0;
    return generic ? leavesOfType(trace, trace.compiler.checker.getTypeOfSymbol(symbol), place) : leavesOfExpression(trace, node);
  }
  if (ts.isGetAccessorDeclaration(declaration) && !declaration.type && isImplementation(declaration)) {
    const inner = enter(trace, node, declaration);
    return inner ? narrowed(trace, node, returnedBy(inner, declaration, follow)) : [];
  }
  const values = valuesOf(trace, symbol, declaration);
  return values ? followEach(trace, node, values, follow) : leavesOfExpression(trace, node);
}

function followComputed(trace: Trace, node: ts.ElementAccessExpression, follow: Follow): readonly Leaf[] {
  const { compiler } = trace;
  const place = placeOf(trace, node);
  const table = followConstant(compiler, node.expression);
  // A table with a declared type may be filled elsewhere; its type says with what.
  if (table.kind !== "value" || isDeclared(compiler, node.expression)) return leavesOfExpression(trace, node);
  if (table.node === trace.set.root || ts.isEnumDeclaration(table.node)) return [unknownLeaf("it is a computed member", place)];
  if (ts.isArrayLiteralExpression(table.node)) {
    const { elements, refused } = elementsOf(compiler, table.node);
    return refused.length > 0 ? leavesOfExpression(trace, node) : followEach(trace, node, elements, follow);
  }
  if (!ts.isObjectLiteralExpression(table.node)) return leavesOfExpression(trace, node);
  const { members, refused } = membersOf(compiler, table.node);
  const keys = literalKeys(compiler.checker.getTypeAtLocation(node.argumentExpression));
  const chosen = members.filter(({ name }) => keys === undefined || keys.has(keyText(compiler, name) ?? ""));
  if (refused.length > 0 || chosen.some(({ value }) => value === undefined)) return leavesOfExpression(trace, node);
  return followEach(
    trace,
    node,
    chosen.map(({ value }) => value),
    follow,
  );
}

function followEach(
  trace: Trace,
  from: ts.Expression,
  values: readonly (ts.Expression | undefined)[],
  follow: Follow,
): readonly Leaf[] {
  const leaves = values.flatMap((value) => {
    if (value === undefined) return [openLeaf("it is assigned in a way that cannot be followed", placeOf(trace, from))];
    const inner = enter(trace, from, value);
    return inner ? follow(inner, value) : [];
  });
  return narrowed(trace, from, leaves);
}

// What a field or an object's property may hold: its initialiser, and what the file that declares it assigns to it.
function valuesOf(
  trace: Trace,
  symbol: ts.Symbol,
  declaration: ts.Declaration,
): readonly (ts.Expression | undefined)[] | undefined {
  if (ts.isShorthandPropertyAssignment(declaration)) return [declaration.name];
  if (!ts.isPropertyDeclaration(declaration) && !ts.isPropertyAssignment(declaration)) return undefined;
  const initial = declaration.initializer;
  const fixed = initial && ts.isPropertyDeclaration(declaration) && isReadonly(declaration);
  const assigned = fixed ? [] : assignedIn(trace, symbol, declaration).map(({ value }) => value);
  const values = [...(initial ? [initial] : []), ...assigned];
  return values.length > 0 ? values : undefined;
}

function assignedIn({ compiler }: Trace, symbol: ts.Symbol, declaration: ts.Declaration): readonly Write[] {
  const file = declaration.getSourceFile();
  const name = ts.getNameOfDeclaration(declaration)?.getText() ?? symbol.name;
  // Walking the file is only worth it where its text holds something like an assignment to that name.
  const access = `(\\.\\s*${escaped(name)}|\\[\\s*["'\`]${escaped(name)}["'\`]\\s*\\])`;
  const likely = new RegExp(
    `${access}\\s*([|&?]{2}|\\+|-)?=[^=>]|[[{,][^;]*${access}[^;]*[\\]}]\\s*=[^=>]|\\bObject\\.assign\\b`,
  );
  return likely.test(file.text) ? writesTo(compiler, symbol, file) : [];
}

function escaped(name: string): string {
  return name.replace(/^["']|["']$/g, "").replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}

function literalKeys(type: ts.Type): Set<string> | undefined {
  const parts = type.isUnion() ? type.types : [type];
  const keys = parts.map((part) => (part.isStringLiteral() || part.isNumberLiteral() ? String(part.value) : undefined));
  return keys.includes(undefined) ? undefined : new Set(keys.filter((key) => key !== undefined));
}

function textOf(name: ts.Node): string {
  return ts.isIdentifier(name) || ts.isLiteralExpression(name) ? name.text : name.getText();
}
