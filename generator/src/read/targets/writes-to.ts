/** Finds where a variable or field is assigned. */

import { ts } from "../../../typescript/index.cjs";
import { type Compiler, symbolOf } from "../compiler.js";

/** One assignment. */
export interface Write {
  /** What is assigned; undefined where it cannot be told: `+=`, `++`, destructuring. */
  readonly value: ts.Expression | undefined;
  /** Whether it stands in a function inside `root`. */
  readonly nested: boolean;
}

const PLAIN: readonly ts.SyntaxKind[] = [
  ts.SyntaxKind.EqualsToken,
  ts.SyntaxKind.BarBarEqualsToken,
  ts.SyntaxKind.AmpersandAmpersandEqualsToken,
  ts.SyntaxKind.QuestionQuestionEqualsToken,
];

/** The assignments to a symbol inside `root`. */
export function writesTo(compiler: Compiler, symbol: ts.Symbol, root: ts.Node): Write[] {
  const writes: Write[] = [];
  const names = (node: ts.Node): boolean => namesSymbol(compiler, symbol, node);
  const visit = (node: ts.Node, nested: boolean): void => {
    if (ts.isBinaryExpression(node) && isAssignment(node.operatorToken.kind)) {
      if (names(node.left)) writes.push({ value: PLAIN.includes(node.operatorToken.kind) ? node.right : undefined, nested });
      else if (isPattern(node.left) && contains(node.left, names)) writes.push({ value: undefined, nested });
    } else if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) {
      const changes = node.operator === ts.SyntaxKind.PlusPlusToken || node.operator === ts.SyntaxKind.MinusMinusToken;
      if (changes && names(node.operand)) writes.push({ value: undefined, nested });
    } else if (ts.isCallExpression(node) && assigns(compiler, symbol, node)) {
      writes.push({ value: undefined, nested });
    } else if ((ts.isForOfStatement(node) || ts.isForInStatement(node)) && names(node.initializer)) {
      writes.push({ value: undefined, nested });
    }
    ts.forEachChild(node, (child) => visit(child, nested || (node !== root && ts.isFunctionLike(node))));
  };
  visit(root, false);
  return writes;
}

function namesSymbol(compiler: Compiler, symbol: ts.Symbol, node: ts.Node): boolean {
  if (ts.isParenthesizedExpression(node)) return namesSymbol(compiler, symbol, node.expression);
  const name = ts.isPropertyAccessExpression(node)
    ? node.name
    : ts.isElementAccessExpression(node)
      ? node.argumentExpression
      : node;
  // The text decides most cases without asking the checker.
  if (!(ts.isMemberName(name) || ts.isStringLiteralLike(name)) || name.text !== textOf(symbol)) return false;
  const found = symbolOf(compiler, name);
  return found === symbol || (found !== undefined && found.valueDeclaration === symbol.valueDeclaration);
}

// `Object.assign(this, …)` may write to every field.
function assigns({ checker }: Compiler, symbol: ts.Symbol, { expression, arguments: [target] }: ts.CallExpression): boolean {
  if (target === undefined || expression.getText() !== "Object.assign") return false;
  return checker.getPropertyOfType(checker.getTypeAtLocation(target), symbol.name)?.valueDeclaration === symbol.valueDeclaration;
}

function textOf(symbol: ts.Symbol): string {
  const name = symbol.valueDeclaration && ts.getNameOfDeclaration(symbol.valueDeclaration);
  return name && ts.isMemberName(name) ? name.text : symbol.name;
}

function isAssignment(kind: ts.SyntaxKind): boolean {
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
}

function isPattern(node: ts.Node): boolean {
  return ts.isObjectLiteralExpression(node) || ts.isArrayLiteralExpression(node);
}

function contains(node: ts.Node, matches: (node: ts.Node) => boolean): boolean {
  if (matches(node)) return true;
  if (ts.isShorthandPropertyAssignment(node)) return matches(node.name);
  return ts.forEachChild(node, (child) => contains(child, matches) || undefined) ?? false;
}
