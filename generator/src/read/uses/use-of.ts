/** Tells from the syntax around an expression what is done with its value. */

import { ts } from "../../../typescript/index.cjs";
import { isAssignment, isStep } from "./writes-to.js";

const HARMLESS =
  /^(JSON\.stringify|Object\.(keys|values|entries|isFrozen|hasOwn)|structuredClone|String|Array\.isArray|console\.\w+)$/;

/** Whether an expression has the value of the one in it. */
export function isSame(node: ts.Node, inner: ts.Expression): boolean {
  if (isCovering(node) || ts.isAwaitExpression(node)) return true;
  if (ts.isConditionalExpression(node)) return node.condition !== inner;
  if (ts.isCallExpression(node)) return node.arguments[0] === inner && node.expression.getText() === "Object.freeze";
  if (!ts.isBinaryExpression(node)) return false;
  const { kind } = node.operatorToken;
  const logical = [ts.SyntaxKind.AmpersandAmpersandToken, ts.SyntaxKind.BarBarToken, ts.SyntaxKind.QuestionQuestionToken];
  return kind === ts.SyntaxKind.CommaToken ? node.right === inner : logical.includes(kind);
}

/** Whether an expression is another one in parentheses, with `!` or with a type. */
export function isCovering(
  node: ts.Node,
): node is ts.ParenthesizedExpression | ts.NonNullExpression | ts.AssertionExpression | ts.SatisfiesExpression {
  return (
    ts.isParenthesizedExpression(node) ||
    ts.isNonNullExpression(node) ||
    ts.isAssertionExpression(node) ||
    ts.isSatisfiesExpression(node)
  );
}

/** Whether a literal, or one around it, is `as const`, which keeps everybody from writing to it. */
export function isFixed(literal: ts.Node): boolean {
  const { parent } = literal;
  if (ts.isAssertionExpression(parent) && ts.isConstTypeReference(parent.type)) return true;
  const covered = ts.isParenthesizedExpression(parent) || ts.isSatisfiesExpression(parent) || ts.isArrayLiteralExpression(parent);
  if (covered) return isFixed(parent);
  return ts.isPropertyAssignment(parent) && isFixed(parent.parent);
}

/** Whether an expression is assigned to by something other than a plain assignment. */
export function isTarget(node: ts.Expression): boolean {
  const { parent } = node;
  if (ts.isPrefixUnaryExpression(parent) || ts.isPostfixUnaryExpression(parent)) return isStep(parent);
  if (ts.isDeleteExpression(parent)) return true;
  if (ts.isForOfStatement(parent) || ts.isForInStatement(parent)) return parent.initializer === node;
  const isPart = ts.isArrayLiteralExpression(parent) || ts.isSpreadElement(parent) || ts.isSpreadAssignment(parent);
  if (isPart) return isTarget(parent as ts.Expression);
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node && isTarget(parent.parent);
  return ts.isBinaryExpression(parent) && isAssignment(parent) && parent.left === node;
}

/** Whether what stands around an expression takes no more of its value than a look. */
export function isReading(parent: ts.Node, node: ts.Node): boolean {
  if (ts.isCallExpression(parent)) return parent.expression === node || HARMLESS.test(parent.expression.getText());
  if (ts.isNewExpression(parent)) return parent.expression === node;
  if (ts.isPrefixUnaryExpression(parent) || ts.isPostfixUnaryExpression(parent)) return !isStep(parent);
  return (
    ts.isBinaryExpression(parent) ||
    ts.isConditionalExpression(parent) ||
    ts.isForInStatement(parent) ||
    ts.isTypeOfExpression(parent) ||
    ts.isVoidExpression(parent) ||
    ts.isTemplateSpan(parent) ||
    ts.isComputedPropertyName(parent) ||
    ts.isExpressionStatement(parent) ||
    ts.isIfStatement(parent) ||
    ts.isWhileStatement(parent) ||
    ts.isSwitchStatement(parent) ||
    ts.isCaseClause(parent) ||
    ts.isImportClause(parent) ||
    ts.isExpressionWithTypeArguments(parent)
  );
}
