/** Tells whether code runs: the compiler forgets that a call may have written to what a `switch` is about. */

import { ts } from "../../../typescript/index.cjs";
import type { Compiler } from "../compiler.js";
import { mayHaveChanged } from "../uses/may-have-changed.js";

/** Whether code may run: the compiler holds it to be reachable, or something else than it knows of may come to the `switch` before it. */
export function isReached(compiler: Compiler, node: ts.Node): boolean {
  if (!compiler.isUnreachable(node)) return true;
  return switchesBefore(node).some(({ expression, caseBlock }) => {
    const complete = caseBlock.clauses.every(ts.isCaseClause);
    return complete && mayHaveChanged(compiler, ts.isTypeOfExpression(expression) ? expression.expression : expression);
  });
}

// Of a function that is made in such code the compiler says the same.
function switchesBefore(node: ts.Node): readonly ts.SwitchStatement[] {
  const found: ts.SwitchStatement[] = [];
  const visit = (child: ts.Node): void => {
    if (child.pos >= node.pos || (ts.isFunctionLike(child) && child.end < node.end)) return;
    if (ts.isSwitchStatement(child)) found.push(child);
    ts.forEachChild(child, visit);
  };
  visit(node.getSourceFile());
  return found;
}
