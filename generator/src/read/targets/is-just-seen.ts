/** Tells of what the compiler has narrowed whether that holds yet: a condition has just looked at it, and nothing was called since that could have written to it. */

import { ts } from "../../../typescript/index.cjs";
import { type Compiler, symbolOf } from "../compiler.js";

/** A name, or a property. */
export type Named = ts.Identifier | ts.PropertyAccessExpression;

/** Whether it is one. */
export function isNamed(node: ts.Node): node is Named {
  return ts.isIdentifier(node) || ts.isPropertyAccessExpression(node);
}

/** Whether a condition around a name or property, or one of an `if` before it, is what narrows it, and nothing is called from there on. */
export function isJustSeen(compiler: Compiler, node: Named): boolean {
  for (let at: ts.Node = node; !ts.isFunctionLike(at.parent) && !ts.isSourceFile(at.parent); at = at.parent) {
    // What stands behind it in a loop may run before it.
    if (ts.isIterationStatement(at.parent, false)) return false;
    for (const condition of conditionsBefore(at)) {
      const seen = find(condition, (each) => each.getText() === node.getText() && !isNarrowed(compiler, each));
      if (seen) return !isCalledBetween(at.parent, seen, node);
    }
  }
  return false;
}

/** The conditions that have been looked at where a part of a statement, an expression or a block is reached; the newest first. */
function conditionsBefore(node: ts.Node): readonly ts.Expression[] {
  const { parent } = node;
  if (ts.isBlock(parent) || ts.isCaseOrDefaultClause(parent)) {
    const before = parent.statements.filter((statement) => statement.end <= node.pos);
    return before.toReversed().flatMap((statement) => (ts.isIfStatement(statement) ? [statement.expression] : []));
  }
  if (ts.isIfStatement(parent) || ts.isSwitchStatement(parent)) return parent.expression === node ? [] : [parent.expression];
  if (ts.isConditionalExpression(parent)) return parent.condition === node ? [] : [parent.condition];
  return ts.isBinaryExpression(parent) && parent.right === node ? [parent.left] : [];
}

function isNarrowed(compiler: Compiler, node: ts.Node): boolean {
  const symbol = isNamed(node) ? symbolOf(compiler, ts.isIdentifier(node) ? node : node.name) : undefined;
  return !symbol || compiler.checker.getTypeAtLocation(node) !== compiler.checker.getTypeOfSymbol(symbol);
}

/** Whether anything may be called on the way from one node to another. A call that a value is handed to comes after it. */
function isCalledBetween(root: ts.Node, from: ts.Node, to: ts.Node): boolean {
  const visit = (node: ts.Node): boolean => {
    if (node.end <= from.end || node.pos >= to.pos) return false;
    if (isCalling(node) && node.end <= to.pos) return true;
    // Who goes there does not come back.
    if (ts.isIfStatement(node) && node.end <= to.pos && leaves(node.thenStatement))
      return visit(node.expression) || (node.elseStatement !== undefined && visit(node.elseStatement));
    return ts.forEachChild(node, visit) ?? false;
  };
  return visit(root);
}

function isCalling(node: ts.Node): boolean {
  return ts.isCallOrNewExpression(node) || ts.isAwaitExpression(node) || ts.isYieldExpression(node);
}

function leaves(statement: ts.Statement): boolean {
  const last = ts.isBlock(statement) ? statement.statements.at(-1) : statement;
  return last !== undefined && (ts.isReturnStatement(last) || ts.isThrowStatement(last));
}

function find(node: ts.Node, matches: (node: ts.Node) => boolean): ts.Node | undefined {
  return matches(node) ? node : ts.forEachChild(node, (child) => find(child, matches));
}
