/** Collects what a function returns: its reachable `return` statements or its expression body, nested functions left out. */

import { ts } from "../../../typescript/index.cjs";
import { TARGET_CAUSES } from "../../diagnostics/catalogue/target-causes.js";
import type { Compiler } from "../compiler.js";
import type { BoundMethod, Implementation } from "../follow/bound-method.js";
import { isReached } from "./is-reached.js";
import { type Follow, type Leaf, placeOf, type Trace, unknownLeaf } from "./leaf.js";

/** The values that a call of a function may yield. */
export function returnedBy(trace: Trace, implementation: Implementation, follow: Follow): readonly Leaf[] {
  if ("asteriskToken" in implementation && implementation.asteriskToken)
    return [unknownLeaf(TARGET_CAUSES.generator, placeOf(trace, implementation.name ?? implementation.asteriskToken))];
  return returnedExpressions(trace.compiler, implementation).flatMap((expression) => follow(trace, expression));
}

/**
 * What a method returns, by its type and by each value that is written down: of several values of which one has all members of another, the
 * compiler's type only tells those of the other. In what is generic, what is written down tells its type parameters, and not what they stand for.
 */
export function returnedTypes(compiler: Compiler, { implementation, signature }: BoundMethod): readonly ts.Type[] {
  const told = implementation && !isGeneric(implementation);
  const written = told ? returnedChoices(compiler, implementation) : [];
  return [signature.getReturnType(), ...written.map((expression) => compiler.checker.getTypeAtLocation(expression))];
}

function isGeneric(node: ts.Node): boolean {
  const takesTypes = ts.isClassLike(node) || ts.isFunctionLike(node);
  if (takesTypes && ts.getEffectiveTypeParameterDeclarations(node).length > 0) return true;
  return !ts.isSourceFile(node) && isGeneric(node.parent);
}

/** The expressions that a function may return, each side of a `?:` by itself, in the order of the text. */
export function returnedChoices(compiler: Compiler, implementation: Implementation): readonly ts.Expression[] {
  return returnedExpressions(compiler, implementation).flatMap(choicesOf);
}

function choicesOf(expression: ts.Expression): readonly ts.Expression[] {
  if (ts.isParenthesizedExpression(expression)) return choicesOf(expression.expression);
  if (!ts.isConditionalExpression(expression)) return [expression];
  return [...choicesOf(expression.whenTrue), ...choicesOf(expression.whenFalse)];
}

/** The expressions that a function may return, in the order of the text. */
export function returnedExpressions(compiler: Compiler, { body }: Implementation): ts.Expression[] {
  if (!ts.isBlock(body)) return [body];
  const found: ts.Expression[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isReturnStatement(node)) {
      if (node.expression && isReached(compiler, node)) found.push(node.expression);
    } else if (!ts.isFunctionLike(node) && !ts.isClassLike(node)) {
      ts.forEachChild(node, visit);
    }
  };
  ts.forEachChild(body, visit);
  return found;
}
