/** Follows an expression in the place of a next state through the syntax to its leaves, and asks the compiler there. */

import { ts } from "../../../typescript/index.cjs";
import { findMember } from "../follow/members-of.js";
import { spanOf } from "../span-of.js";
import { literalValue, memberByValue } from "../states/state-set.js";
import { selfAt } from "./called-by.js";
import { mistakenLeaves, leavesOfExpression, withLeftOut } from "./compiler-view.js";
import { followCall } from "./follow-call.js";
import { followName } from "./follow-name.js";
import { followAccess } from "./follow-property.js";
import { enter, foreignLeaf, type Leaf, memberLeaf, openLeaf, placeOf, type Trace, unknownLeaf } from "./leaf.js";
import { allTold, leavesOfType } from "./leaves-of-type.js";
import { isFixed } from "../uses/use-of.js";
import { writesAnywhere } from "../uses/writes-to.js";

/** The values that an expression may have. */
export function followValue(trace: Trace, node: ts.Expression): readonly Leaf[] {
  if (isTransparent(node)) return followValue(trace, node.expression);
  if (ts.isAssertionExpression(node)) return followCast(trace, node);
  if (ts.isConditionalExpression(node)) return followConditional(trace, node);
  if (ts.isBinaryExpression(node)) return followBinary(trace, node);
  if (ts.isIdentifier(node)) return followName(trace, node, followValue);
  if (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)) return followAccess(trace, node, followValue);
  if (ts.isCallExpression(node)) return followCall(trace, node, followValue);
  if (ts.isObjectLiteralExpression(node)) return followObject(trace, node);
  const literal = literalValue(node);
  if (literal !== undefined) return [literalLeaf(trace, node, literal)];
  if (ts.isTemplateExpression(node)) return followTemplate(trace, node);
  if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node))
    return [unknownLeaf("it is computed", placeOf(trace, node))];
  return leavesOfExpression(trace, node);
}

function isTransparent(
  node: ts.Expression,
): node is ts.ParenthesizedExpression | ts.SatisfiesExpression | ts.NonNullExpression | ts.AwaitExpression {
  return (
    ts.isParenthesizedExpression(node) ||
    ts.isSatisfiesExpression(node) ||
    ts.isNonNullExpression(node) ||
    ts.isAwaitExpression(node)
  );
}

// With `as const`, the compiler knows each text that it may come to where it knows those that are put in.
function followTemplate(trace: Trace, node: ts.TemplateExpression): readonly Leaf[] {
  const place = placeOf(trace, node);
  const leaves = leavesOfType(trace, trace.compiler.checker.getTypeAtLocation(node), place);
  return allTold(leaves) ? [...leaves, ...mistakenLeaves(trace, node)] : [unknownLeaf("it is a computed string", place)];
}

// A cast to members is an annotation and taken at its word; any other cast hides what the value is.
function followCast(trace: Trace, node: ts.AssertionExpression): readonly Leaf[] {
  if (ts.isConstTypeReference(node.type)) return followValue(trace, node.expression);
  const place = placeOf(trace, node);
  const leaves = leavesOfType(trace, trace.compiler.checker.getTypeAtLocation(node.type), place);
  return leaves.length > 0 && allTold(leaves) ? leaves : [unknownLeaf(`it is cast to \`${node.type.getText()}\``, place)];
}

function followConditional(trace: Trace, node: ts.ConditionalExpression): readonly Leaf[] {
  if (node.condition.kind === ts.SyntaxKind.TrueKeyword) return followValue(trace, node.whenTrue);
  if (node.condition.kind === ts.SyntaxKind.FalseKeyword) return followValue(trace, node.whenFalse);
  return [...followValue(trace, node.whenTrue), ...followValue(trace, node.whenFalse)];
}

function followBinary(trace: Trace, node: ts.BinaryExpression): readonly Leaf[] {
  // Where the compiler holds what is on the left to be there, it leaves out what is on the right.
  const otherwise = (): readonly Leaf[] => withLeftOut(trace, node, followValue(trace, node.right));
  const both = (): readonly Leaf[] => [...followValue(trace, node.left), ...otherwise()];
  switch (node.operatorToken.kind) {
    case ts.SyntaxKind.CommaToken:
    case ts.SyntaxKind.EqualsToken:
      return followValue(trace, node.right);
    case ts.SyntaxKind.QuestionQuestionToken:
    case ts.SyntaxKind.QuestionQuestionEqualsToken:
      return both();
    case ts.SyntaxKind.BarBarToken:
    case ts.SyntaxKind.BarBarEqualsToken:
      return [...followValue(trace, node.left).filter((leaf) => !isFalsy(trace, leaf)), ...otherwise()];
    case ts.SyntaxKind.AmpersandAmpersandToken:
    case ts.SyntaxKind.AmpersandAmpersandEqualsToken:
      return [...falsyLeft(trace, node.left), ...followValue(trace, node.right)];
    case ts.SyntaxKind.BarToken:
      if (allTold(both())) return [{ state: { kind: "flags", span: placeOf(trace, node) }, form: "bare", sent: undefined }];
      break;
    default:
  }
  return [unknownLeaf("it is computed", placeOf(trace, node))];
}

// `a && b` yields `a` only where it is falsy: a member whose value is 0 or "".
function falsyLeft(trace: Trace, left: ts.Expression): readonly Leaf[] {
  const type = trace.compiler.checker.getTypeAtLocation(left);
  return leavesOfType(trace, type, placeOf(trace, left)).filter((leaf) => isFalsy(trace, leaf));
}

function isFalsy({ set }: Trace, { state, form }: Leaf): boolean {
  return state.kind === "member" && form === "bare" && !set.reading.members[state.member]?.value;
}

function followObject(trace: Trace, node: ts.ObjectLiteralExpression): readonly Leaf[] {
  const state = findMember(trace.compiler, node, "state")?.value;
  const input = findMember(trace.compiler, node, "input")?.value;
  if (state === undefined || input === undefined) return leavesOfExpression(trace, node);
  const sent = { type: trace.compiler.checker.getTypeAtLocation(input), expression: input, span: spanOf(input) };
  const span = placeOf(trace, node);
  const leaves = [...followValue(trace, state), ...assignedState(trace, node)];
  return leaves.map(({ state: found, leftOut }) => ({
    ...(leftOut && { leftOut }),
    state: { ...found, span },
    form: "hand-written",
    sent,
  }));
}

// By whatever name it goes, what is assigned to `state` of an object takes the place of what stands there.
function assignedState(trace: Trace, node: ts.ObjectLiteralExpression): readonly Leaf[] {
  const { compiler } = trace;
  const symbol = isFixed(node)
    ? undefined
    : compiler.checker.getPropertyOfType(compiler.checker.getTypeAtLocation(node), "state");
  return (symbol ? writesAnywhere(compiler, symbol) : []).flatMap(({ value }) => {
    if (value === undefined) return [openLeaf("it is assigned in a way that cannot be followed", placeOf(trace, node))];
    const inner = enter({ ...trace, self: selfAt(trace, value) }, node, value);
    return inner ? followValue(inner, value) : [];
  });
}

function literalLeaf(trace: Trace, node: ts.Expression, value: string | number): Leaf {
  const { set } = trace;
  const place = placeOf(trace, node);
  const member = set.literals ? memberByValue(set, value) : undefined;
  if (member !== undefined) return memberLeaf(member, place);
  const isNumber = typeof value === "number";
  return isNumber && !set.literals ? unknownLeaf("it is a number, not a member", place) : foreignLeaf(node.getText(), place);
}
