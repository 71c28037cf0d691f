/** Follows `a.b` and `a[b]` to what may be there: a member of the state set, a literal's part, a field's initialiser and assignments. */

import { ts } from "../../../typescript/index.cjs";
import { memberNameOf, symbolOf } from "../compiler.js";
import { isImplementation } from "../follow/bound-method.js";
import { followConstant, isReadonly } from "../follow/follow-constant.js";
import { isDecorated } from "../follow/is-decorated.js";
import { mirrorsMember } from "../states/state-ref.js";
import { memberBySymbol } from "../states/state-set.js";
import { writesAnywhere } from "../uses/writes-to.js";
import { exactType, selfAt } from "./called-by.js";
import { isDeclared, leavesOfExpression, narrowed, readDeclaration, widenedLeaf, withLeftOut } from "./compiler-view.js";
import { followParts, keysAt } from "./follow-parts.js";
import { followVariable } from "./follow-variable.js";
import { isHandedOn, isSettled } from "./is-settled.js";
import {
  decoratedLeaf,
  enter,
  type Follow,
  foreignLeaf,
  type Leaf,
  memberLeaf,
  openLeaf,
  placeOf,
  type Trace,
  unknownLeaf,
} from "./leaf.js";
import { coversAll, leavesOfType } from "./leaves-of-type.js";
import { returnedBy } from "./returned-by.js";

/** The values that a member access may yield. */
export function followAccess(
  trace: Trace,
  node: ts.PropertyAccessExpression | ts.ElementAccessExpression,
  follow: Follow,
): readonly Leaf[] {
  const name = memberNameOf(node);
  if (name === undefined)
    return ts.isElementAccessExpression(node) ? followComputed(trace, node, follow) : leavesOfExpression(trace, node);
  const receiver = node.expression;
  const type = ts.isPrivateIdentifier(name) ? undefined : exactType(trace, receiver);
  const own = type && trace.compiler.checker.getPropertyOfType(type, textOf(name));
  const symbol = own ?? symbolOf(trace.compiler, name);
  return followPropertySymbol(trace, { node, receiver, symbol, key: textOf(name), text: node.getText() }, follow);
}

/** A property that is read somewhere. */
export interface PropertyUse {
  /** The expression that reads it. */
  readonly node: ts.Expression;
  /** What it is read from. */
  readonly receiver: ts.Expression;
  readonly symbol: ts.Symbol | undefined;
  readonly key: string;
  readonly text: string;
}

/** The values that a property may hold. */
export function followPropertySymbol(trace: Trace, use: PropertyUse, follow: Follow): readonly Leaf[] {
  const { node, receiver, symbol, key, text } = use;
  const place = placeOf(trace, node);
  const member = memberBySymbol(trace.set, symbol);
  if (member !== undefined) return [memberLeaf(member, place)];
  const declaration = readDeclaration(symbol) ?? symbol?.declarations?.[0];
  if (symbol && declaration && (ts.isEnumMember(declaration) || mirrorsMember(trace.set, symbol)))
    return [foreignLeaf(text, place)];
  if (symbol && declaration && ts.isVariableDeclaration(declaration))
    return followVariable(trace, node, symbol, declaration, follow);
  const parts = followParts(trace, { node, receiver, keys: new Set([key]) }, follow);
  if (parts) return parts;
  if (symbol === undefined) return leavesOfExpression(trace, node);
  if (declaration === undefined) return leavesOfProperty(trace, use, symbol);
  const isOwn = ts.isPrivateIdentifier(ts.getNameOfDeclaration(declaration) ?? node) || exactType(trace, receiver) !== undefined;
  if (!isOwn) return leavesOfProperty(trace, use, symbol);
  // What a constructor is called with is not at hand.
  if (ts.isParameter(declaration) || (ts.isPropertyDeclaration(declaration) && declaration.type))
    return leavesOfProperty(trace, use, symbol);
  return ts.isAccessor(declaration)
    ? followAccessor(trace, use, symbol, declaration, follow)
    : followField(trace, use, symbol, declaration, follow);
}

// What a getter returns, or is declared to. What is assigned goes to a setter, which may make anything of it.
function followAccessor(
  trace: Trace,
  use: PropertyUse,
  symbol: ts.Symbol,
  declaration: ts.AccessorDeclaration,
  follow: Follow,
): readonly Leaf[] {
  const { node } = use;
  if (ts.isSetAccessorDeclaration(declaration) || declaration.type || !isImplementation(declaration))
    return leavesOfProperty(trace, use, symbol);
  if (isDecorated(trace.compiler, declaration, exactType(trace, use.receiver))) return [decoratedLeaf(placeOf(trace, node))];
  const inner = enter(trace, node, declaration);
  // After an assignment the compiler takes what was assigned for what is read.
  const type = writesAnywhere(trace.compiler, symbol).length > 0 ? trace.compiler.checker.getTypeOfSymbol(symbol) : undefined;
  return inner ? narrowed(trace, node, returnedBy(inner, declaration, follow), type) : [];
}

// What a field or an object's property may hold: its initialiser, and what is assigned to it anywhere.
function followField(
  trace: Trace,
  use: PropertyUse,
  symbol: ts.Symbol,
  declaration: ts.Declaration,
  follow: Follow,
): readonly Leaf[] {
  const { node } = use;
  if (isDecorated(trace.compiler, declaration, exactType(trace, use.receiver))) return [decoratedLeaf(placeOf(trace, node))];
  const initial = initialOf(declaration);
  const earlier = overriddenInitial(trace, use, declaration);
  const values = [
    ...(initial ? [initial] : []),
    ...(earlier ? [earlier] : []),
    ...writesAnywhere(trace.compiler, symbol).map(({ value }) => value),
  ];
  if (values.length === 0) return leavesOfProperty(trace, use, symbol);
  const leaves = values.flatMap((value) => {
    if (value === undefined) return [openLeaf("it is assigned in a way that cannot be followed", placeOf(trace, node))];
    const inner = enter({ ...trace, self: selfAt(trace, value) }, node, value);
    return inner ? follow(inner, value) : [];
  });
  if (isHandedOn(trace, use.receiver, symbol))
    return [
      ...leaves,
      openLeaf(`\`${use.receiver.getText()}\` may be changed by whatever else it is handed to`, placeOf(trace, node)),
    ];
  return isSettled(trace, use.receiver, symbol) ? narrowed(trace, node, leaves) : withLeftOut(trace, node, leaves);
}

// While a base class is constructed, a field has the value that it has there: the class below puts its own in only then.
function overriddenInitial({ compiler }: Trace, { node }: PropertyUse, own: ts.Declaration): ts.Expression | undefined {
  const around = ts.findAncestor(node, (each) => ts.isFunctionLike(each) || ts.isPropertyDeclaration(each));
  const constructs = around && (ts.isPropertyDeclaration(around) || ts.isConstructorDeclaration(around));
  const there = constructs && ts.isPropertyAccessExpression(node) ? symbolOf(compiler, node.name)?.valueDeclaration : undefined;
  return there && there !== own ? initialOf(there) : undefined;
}

function initialOf(declaration: ts.Declaration): ts.Expression | undefined {
  if (ts.isShorthandPropertyAssignment(declaration)) return declaration.name;
  return ts.isPropertyDeclaration(declaration) || ts.isPropertyAssignment(declaration) ? declaration.initializer : undefined;
}

// What a declared property may hold is what its type says, and not what the compiler saw last where others write to it.
function leavesOfProperty(trace: Trace, { node, receiver, key }: PropertyUse, symbol: ts.Symbol): readonly Leaf[] {
  const { checker } = trace.compiler;
  const place = placeOf(trace, node);
  const declaration = symbol.valueDeclaration;
  // In a generic class the binding knows more than the place where the field is read.
  if (receiver.kind === ts.SyntaxKind.ThisKeyword && trace.typeArguments.size > 0)
    return leavesOfType(trace, checker.getTypeOfSymbol(symbol), place);
  const seen = checker.getTypeAtLocation(node);
  const declared = checker.getPropertyOfType(checker.getTypeAtLocation(receiver), key) ?? symbol;
  const type = checker.getTypeOfSymbol(declared);
  const fixed = declaration && (ts.isPropertyDeclaration(declaration) || ts.isParameter(declaration)) && isReadonly(declaration);
  if (seen === type || fixed || isSettled(trace, receiver, symbol)) return leavesOfExpression(trace, node);
  const leaves = leavesOfType(trace, type, place);
  return coversAll(trace, leaves) && !isDeclared(trace.compiler, node)
    ? [widenedLeaf(trace, place)]
    : withLeftOut(trace, node, leaves);
}

function followComputed(trace: Trace, node: ts.ElementAccessExpression, follow: Follow): readonly Leaf[] {
  const { compiler } = trace;
  // A table with a declared type may be filled elsewhere; its type says with what.
  if (isDeclared(compiler, node.expression)) return leavesOfExpression(trace, node);
  const table = followConstant(compiler, node.expression);
  if (table.kind === "value" && (table.node === trace.set.root || ts.isEnumDeclaration(table.node)))
    return [unknownLeaf("it is a computed member", placeOf(trace, node))];
  const keys = keysAt(trace, node);
  return followParts(trace, { node, receiver: node.expression, keys }, follow) ?? leavesOfExpression(trace, node);
}

function textOf(name: ts.Node): string {
  return ts.isIdentifier(name) || ts.isLiteralExpression(name) ? name.text : name.getText();
}
