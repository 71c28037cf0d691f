/** Collects what a function returns: its reachable `return` statements or its expression body, nested functions left out. */

import { ts } from "../../../typescript/index.cjs";
import type { Compiler } from "../compiler.js";
import type { Implementation } from "../follow/bound-method.js";
import { type Follow, type Leaf, placeOf, type Trace, unknownLeaf } from "./leaf.js";

/** The values that a call of a function may yield. */
export function returnedBy(trace: Trace, implementation: Implementation, follow: Follow): readonly Leaf[] {
  if ("asteriskToken" in implementation && implementation.asteriskToken)
    return [unknownLeaf("it is a generator", placeOf(trace, implementation.name ?? implementation.asteriskToken))];
  return returnedExpressions(trace.compiler, implementation).flatMap((expression) => follow(trace, expression));
}

/** The expressions that a function may return, in the order of the text. */
export function returnedExpressions(compiler: Compiler, { body }: Implementation): ts.Expression[] {
  if (!ts.isBlock(body)) return [body];
  const found: ts.Expression[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isReturnStatement(node)) {
      if (node.expression && !compiler.isUnreachable(node)) found.push(node.expression);
    } else if (!ts.isFunctionLike(node) && !ts.isClassLike(node)) {
      ts.forEachChild(node, visit);
    }
  };
  ts.forEachChild(body, visit);
  return found;
}
