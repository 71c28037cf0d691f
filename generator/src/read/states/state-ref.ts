/** Reads a state that is named in an option: `initial`, `exits`, a key of `tasks`, a split's `next`. States that tasks return are `targets/`. */

import { ts } from "../../../typescript/index.cjs";
import { type Compiler, memberNameOf, symbolOf } from "../compiler.js";
import { type Followed, followConstant } from "../follow/follow-constant.js";
import { spanOf } from "../span-of.js";
import type { StateRef } from "../target-reading.js";
import { literalValue, memberByValue, memberBySymbol, type StateSet } from "./state-set.js";

/** Reads the state that an expression names. */
export function readStateRef(compiler: Compiler, set: StateSet, expression: ts.Expression): StateRef {
  const span = spanOf(expression);
  const member = namedMember(compiler, set, expression);
  if (member !== undefined) return { kind: "member", member, span };
  const followed = followConstant(compiler, expression);
  if (followed.kind === "refused") return { kind: "unknown", why: followed.why, span: spanOf(followed.node) };
  return readValue(compiler, set, followed, expression);
}

/** Reads the state that a key of `tasks` names. A plain key is told by its value; for an enum, as for the compiler, only if it is a number. */
export function readKey(compiler: Compiler, set: StateSet, name: ts.PropertyName): StateRef {
  if (ts.isComputedPropertyName(name)) return readStateRef(compiler, set, name.expression);
  const plain = set.literals || ts.isNumericLiteral(name);
  const value = plain ? (memberByValue(set, name.text) ?? memberByValue(set, Number(name.text))) : undefined;
  const span = spanOf(name);
  return value === undefined ? { kind: "foreign", text: name.getText(), span } : { kind: "member", member: value, span };
}

function readValue(compiler: Compiler, set: StateSet, followed: Followed, expression: ts.Expression): StateRef {
  const span = spanOf(expression);
  const declared = set.declared.get(followed.node);
  if (declared !== undefined) return { kind: "member", member: declared, span };
  const { node } = followed;
  const value = literalValue(node);
  if (value !== undefined) {
    const member = set.literals && !isLookAlike(compiler, set, expression) ? memberByValue(set, value) : undefined;
    return member === undefined ? { kind: "foreign", text: expression.getText(), span } : { kind: "member", member, span };
  }
  if (ts.isEnumMember(node) || ts.isClassLike(node) || ts.isFunctionLike(node))
    return { kind: "foreign", text: expression.getText(), span };
  return { kind: "unknown", why: ts.isCallExpression(node) ? "it is a call" : "it is computed", span };
}

/** Whether `A.b` names a property of another object that mirrors this set: same name and value elsewhere is another set's member. */
function isLookAlike(compiler: Compiler, set: StateSet, expression: ts.Node): boolean {
  if (!ts.isPropertyAccessExpression(expression) && !ts.isElementAccessExpression(expression)) return false;
  const name = memberNameOf(expression);
  const symbol = name && symbolOf(compiler, name);
  return symbol !== undefined && mirrorsMember(set, symbol);
}

/** Whether a symbol is a property of another object with a member's name and a literal for its value. */
export function mirrorsMember(set: StateSet, symbol: ts.Symbol): boolean {
  const { valueDeclaration } = symbol;
  if (set.reading.kind !== "object" || memberBySymbol(set, symbol) !== undefined) return false;
  if (valueDeclaration === undefined || !ts.isPropertyAssignment(valueDeclaration)) return false;
  const { initializer } = valueDeclaration;
  const literal = literalValue(ts.isAsExpression(initializer) ? initializer.expression : initializer);
  return set.reading.members.some(({ name, value }) => name === symbol.name && value === literal);
}

function namedMember(compiler: Compiler, set: StateSet, expression: ts.Expression): number | undefined {
  if (!ts.isPropertyAccessExpression(expression) && !ts.isElementAccessExpression(expression)) return undefined;
  const name = memberNameOf(expression);
  return name && memberBySymbol(set, symbolOf(compiler, name));
}
