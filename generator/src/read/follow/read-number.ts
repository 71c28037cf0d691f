/** Numbers in options: their values where they are constant, by simple arithmetic over literals or by the checker's literal types. */

import { ts } from "../../../typescript/index.cjs";
import type { Compiler } from "../compiler.js";
import type { NumberReading } from "../number-reading.js";
import { spanOf } from "../span-of.js";
import { followConstant } from "./follow-constant.js";

/** Reads a number; `value` is undefined where it is only known at run time. */
export function readNumber(compiler: Compiler, expression: ts.Expression): NumberReading {
  return { value: constantNumber(compiler, expression), span: spanOf(expression) };
}

/** The value of a constant numeric expression. */
export function constantNumber(compiler: Compiler, expression: ts.Node): number | undefined {
  const { kind, node } = followConstant(compiler, expression);
  // A global is declared without a value, and following ends at its name.
  const computed = kind === "value" ? evaluate(compiler, node) : globalNumber(node);
  if (computed !== undefined) return computed;
  const type = compiler.checker.getTypeAtLocation(expression);
  return type.isNumberLiteral() ? type.value : undefined;
}

function evaluate(compiler: Compiler, node: ts.Node): number | undefined {
  if (ts.isNumericLiteral(node)) return Number(node.text);
  if (ts.isEnumMember(node)) {
    const value = compiler.checker.getConstantValue(node);
    return typeof value === "number" ? value : undefined;
  }
  if (ts.isPrefixUnaryExpression(node)) {
    const value = constantNumber(compiler, node.operand);
    if (value === undefined) return undefined;
    if (node.operator === ts.SyntaxKind.MinusToken) return -value;
    return node.operator === ts.SyntaxKind.PlusToken ? value : undefined;
  }
  if (!ts.isBinaryExpression(node)) return undefined;
  const operate = operators.get(node.operatorToken.kind);
  const left = operate && constantNumber(compiler, node.left);
  const right = left === undefined ? undefined : constantNumber(compiler, node.right);
  return operate && left !== undefined && right !== undefined ? operate(left, right) : undefined;
}

const operators: ReadonlyMap<ts.SyntaxKind, (left: number, right: number) => number> = new Map([
  [ts.SyntaxKind.PlusToken, (left: number, right: number) => left + right],
  [ts.SyntaxKind.MinusToken, (left: number, right: number) => left - right],
  [ts.SyntaxKind.AsteriskToken, (left: number, right: number) => left * right],
  [ts.SyntaxKind.SlashToken, (left: number, right: number) => left / right],
  [ts.SyntaxKind.PercentToken, (left: number, right: number) => left % right],
  [ts.SyntaxKind.AsteriskAsteriskToken, (left: number, right: number) => left ** right],
]);

const globals: ReadonlyMap<string, number> = new Map([
  ["NaN", Number.NaN],
  ["Infinity", Number.POSITIVE_INFINITY],
  ["Number.NaN", Number.NaN],
  ["Number.POSITIVE_INFINITY", Number.POSITIVE_INFINITY],
  ["Number.NEGATIVE_INFINITY", Number.NEGATIVE_INFINITY],
  ["Number.MAX_SAFE_INTEGER", Number.MAX_SAFE_INTEGER],
  ["Number.MAX_VALUE", Number.MAX_VALUE],
]);

function globalNumber(node: ts.Node): number | undefined {
  return ts.isIdentifier(node) || ts.isPropertyAccessExpression(node) ? globals.get(node.getText()) : undefined;
}
