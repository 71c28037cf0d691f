/** Takes apart an expression whose value is that of one of its operands: `cond ? a : b`, `a ?? b`, `a || b` and `a && b`. */

import { ts } from "../../../typescript/index.cjs";
import type { Compiler } from "../compiler.js";
import { unionParts } from "./find-type-misfit.js";
import { isOpen } from "./type-kinds.js";

/** What an expression may give: all that another one does, or values of some types that come from the operand `at`. */
export type Case =
  | { readonly kind: "value"; readonly value: ts.Expression }
  | { readonly kind: "types"; readonly types: readonly ts.Type[]; readonly at: ts.Expression };

/** The cases of such an expression; undefined for any other. The operand that is looked at first gives only what decides that it is taken. */
export function casesOf(compiler: Compiler, expression: ts.Expression): readonly Case[] | undefined {
  if (ts.isConditionalExpression(expression)) return [given(expression.whenTrue), given(expression.whenFalse)];
  if (!ts.isBinaryExpression(expression)) return undefined;
  const { checker } = compiler;
  const { left, operatorToken, right } = expression;
  const first = (types: readonly ts.Type[]): readonly Case[] => [{ kind: "types", types, at: left }, given(right)];
  switch (operatorToken.kind) {
    case ts.SyntaxKind.CommaToken:
      return [given(right)];
    case ts.SyntaxKind.QuestionQuestionToken:
      return first(unionParts(checker.getNonNullableType(checker.getTypeAtLocation(left))));
    case ts.SyntaxKind.BarBarToken:
      return first(unionParts(checker.getTypeAtLocation(left)).filter((part) => !isFalsy(compiler, part)));
    case ts.SyntaxKind.AmpersandAmpersandToken:
      // Of a text or a number, the compiler has the falsy one in the type of the whole.
      return first(unionParts(checker.getTypeAtLocation(expression)).filter((part) => isOpen(part) || isFalsy(compiler, part)));
    default:
      return undefined;
  }
}

function given(value: ts.Expression): Case {
  return { kind: "value", value };
}

function isFalsy({ checker }: Compiler, type: ts.Type): boolean {
  const falsy = [
    checker.getUndefinedType(),
    checker.getNullType(),
    checker.getFalseType(),
    checker.getStringLiteralType(""),
    checker.getNumberLiteralType(0),
    checker.getBigIntLiteralType({ negative: false, base10Value: "0" }),
  ];
  return falsy.some((each) => checker.isTypeAssignableTo(type, each));
}
