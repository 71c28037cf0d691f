/** Follows a variable to what it may hold: the initialisers of its declarations, what a loop gives it, its assignments. */

import { ts } from "../../../typescript/index.cjs";
import { isConst } from "../follow/follow-constant.js";
import { isDeclared, isLoopVariable, leavesOfExpression, narrowed, withLeftOut } from "./compiler-view.js";
import { followParts } from "./follow-parts.js";
import { isReached } from "./is-reached.js";
import { enter, type Follow, type Leaf, openLeaf, placeOf, type Trace, unknownLeaf } from "./leaf.js";
import { leavesOfType } from "./leaves-of-type.js";
import { scopeOf } from "../uses/references-to.js";
import { type Write, writesTo } from "../uses/writes-to.js";

/** The values that a variable may hold where an expression reads it. */
export function followVariable(
  trace: Trace,
  name: ts.Expression,
  symbol: ts.Symbol,
  declaration: ts.VariableDeclaration,
  follow: Follow,
): readonly Leaf[] {
  if (isConst(declaration) && !isLoopVariable(declaration)) {
    const { initializer, type } = declaration;
    if (type || !initializer) return leavesOfExpression(trace, name);
    return narrowed(trace, name, followInto(trace, name, initializer, follow));
  }
  const writes = writesOf(trace, symbol, declaration);
  const hidden = leavesOfHidden(trace, name, symbol, writes);
  if (hidden) return hidden;
  if (declaration.type) return leavesOfExpression(trace, name);
  const values = writes.filter(({ value }) => value === undefined || isReached(trace.compiler, value)).map(({ value }) => value);
  const declared = declarationsOf(symbol).map((each) => ofDeclaration(trace, name, each, follow));
  if (declared.includes(undefined)) return leavesOfExpression(trace, name);
  const assigned = values.flatMap((value) =>
    value ? followInto(trace, name, value, follow) : [openLeaf(`\`${name.getText()}\` is computed`, placeOf(trace, name))],
  );
  return narrowed(trace, name, [...declared.flatMap((leaves) => leaves ?? []), ...assigned]);
}

/** The assignments to a variable or parameter. */
export function writesOf({ compiler }: Trace, symbol: ts.Symbol, declaration: ts.Declaration): readonly Write[] {
  return writesTo(compiler, symbol, scopeOf(declaration));
}

/** What a name that a nested function writes to may hold: when that happens the compiler does not see, so only a declared type tells. */
export function leavesOfHidden(
  trace: Trace,
  name: ts.Expression,
  symbol: ts.Symbol,
  writes: readonly Write[],
): readonly Leaf[] | undefined {
  if (!writes.some(({ nested }) => nested)) return undefined;
  const place = placeOf(trace, name);
  if (isDeclared(trace.compiler, name))
    return withLeftOut(trace, name, leavesOfType(trace, trace.compiler.checker.getTypeOfSymbol(symbol), place));
  return [unknownLeaf(`\`${name.getText()}\` is written inside a nested function`, place)];
}

/** What an expression elsewhere may yield. */
export function followInto(trace: Trace, from: ts.Expression, into: ts.Expression, follow: Follow): readonly Leaf[] {
  const inner = enter(trace, from, into);
  return inner ? follow(inner, into) : [];
}

// A `var` may be declared more than once.
function declarationsOf(symbol: ts.Symbol): readonly ts.VariableDeclaration[] {
  return (symbol.declarations ?? []).filter((declaration) => ts.isVariableDeclaration(declaration));
}

function ofDeclaration(
  trace: Trace,
  name: ts.Expression,
  declaration: ts.VariableDeclaration,
  follow: Follow,
): readonly Leaf[] | undefined {
  if (isLoopVariable(declaration)) {
    return followParts(trace, { node: name, receiver: declaration.parent.parent.expression, keys: undefined }, follow);
  }
  return declaration.initializer ? followInto(trace, name, declaration.initializer, follow) : [];
}
