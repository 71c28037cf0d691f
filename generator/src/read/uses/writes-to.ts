/** Finds where a variable or property is assigned. What becomes of an object that is held by one is `handling-of.ts`. */

import { ts } from "../../../typescript/index.cjs";
import { filesThatAssign } from "../asked-files.js";
import { type Compiler, symbolOf } from "../compiler.js";
import { literalKeys } from "./literal-keys.js";

/** One assignment. */
export interface Write {
  /** What is assigned; undefined where it cannot be told: `+=`, `++`, destructuring. */
  readonly value: ts.Expression | undefined;
  /** Whether it stands in a function inside `root`. */
  readonly nested: boolean;
  /** Whether it stands in a constructor, before anything can be read. */
  readonly constructing: boolean;
}

const PLAIN: readonly ts.SyntaxKind[] = [
  ts.SyntaxKind.EqualsToken,
  ts.SyntaxKind.BarBarEqualsToken,
  ts.SyntaxKind.AmpersandAmpersandEqualsToken,
  ts.SyntaxKind.QuestionQuestionEqualsToken,
];

/** The assignments to a property in all files of the project. */
export function writesAnywhere(compiler: Compiler, symbol: ts.Symbol): readonly Write[] {
  const own = symbol.valueDeclaration?.getSourceFile();
  const files = filesThatAssign(compiler, textOf(symbol));
  // What is private to a class in a way that the language keeps is assigned in its file.
  const hidden = textOf(symbol).startsWith("#");
  return files.filter((file) => !hidden || file === own).flatMap((file) => writesTo(compiler, symbol, file));
}

/** The assignments to a symbol inside `root`. */
export function writesTo(compiler: Compiler, symbol: ts.Symbol, root: ts.Node): Write[] {
  const writes: Write[] = [];
  const names = (node: ts.Node): boolean => namesSymbol(compiler, symbol, node);
  const visit = (node: ts.Node, nested: boolean): void => {
    const write = (value: ts.Expression | undefined): void =>
      void writes.push({ value, nested, constructing: isConstructing(node) });
    if (ts.isBinaryExpression(node) && isAssignment(node)) {
      if (names(node.left)) write(plainValue(node));
      else if (isPattern(node.left) && contains(node.left, names)) write(undefined);
    } else if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) {
      if (isStep(node) && names(node.operand)) write(undefined);
    } else if (ts.isCallExpression(node) && assigns(compiler, symbol, node)) {
      write(undefined);
    } else if (ts.isForOfStatement(node) || ts.isForInStatement(node)) {
      const into = node.initializer;
      if (names(into) || (isPattern(into) && contains(into, names))) write(undefined);
    }
    ts.forEachChild(node, (child) => visit(child, nested || (node !== root && ts.isFunctionLike(node))));
  };
  visit(root, false);
  return writes;
}

/** The value that an assignment leaves; undefined where it is computed. */
export function plainValue({ operatorToken, right }: ts.BinaryExpression): ts.Expression | undefined {
  return PLAIN.includes(operatorToken.kind) ? right : undefined;
}

/** Whether an expression assigns. */
export function isAssignment({ operatorToken: { kind } }: ts.BinaryExpression): boolean {
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
}

/** Whether an expression is `++` or `--`. */
export function isStep({ operator }: ts.PrefixUnaryExpression | ts.PostfixUnaryExpression): boolean {
  return operator === ts.SyntaxKind.PlusPlusToken || operator === ts.SyntaxKind.MinusMinusToken;
}

function namesSymbol(compiler: Compiler, symbol: ts.Symbol, node: ts.Node): boolean {
  if (ts.isParenthesizedExpression(node) || ts.isNonNullExpression(node) || ts.isAsExpression(node)) {
    return namesSymbol(compiler, symbol, node.expression);
  }
  const name = ts.isPropertyAccessExpression(node)
    ? node.name
    : ts.isElementAccessExpression(node)
      ? node.argumentExpression
      : node;
  if (ts.isElementAccessExpression(node) && !ts.isStringLiteralLike(name)) return mayName(compiler, symbol, node);
  // The text decides most cases without asking the checker.
  if (!(ts.isMemberName(name) || ts.isStringLiteralLike(name)) || name.text !== textOf(symbol)) return false;
  const found = symbolOf(compiler, name);
  return found === symbol || (found !== undefined && found.valueDeclaration === symbol.valueDeclaration);
}

// `this[key] = …` may write to every field that `key` may name. Nobody means a method by a key or an object of which nothing is known.
function mayName(compiler: Compiler, symbol: ts.Symbol, node: ts.ElementAccessExpression): boolean {
  if (!(symbol.flags & MEMBER) || !isOf(compiler, symbol, node.expression)) return false;
  return literalKeys(compiler, node.argumentExpression)?.has(textOf(symbol)) ?? !(symbol.flags & ts.SymbolFlags.Method);
}

const MEMBER = ts.SymbolFlags.Property | ts.SymbolFlags.Method;
const ASSIGNING = /^(Object\.(assign|defineProperty|defineProperties)|Reflect\.(set|defineProperty))$/;
const UNTOLD = ts.TypeFlags.Any | ts.TypeFlags.Unknown | ts.TypeFlags.NonPrimitive | ts.TypeFlags.TypeParameter;

// `Object.assign(this, …)` may write to every field.
function assigns(
  compiler: Compiler,
  symbol: ts.Symbol,
  { expression, arguments: [target, ...rest] }: ts.CallExpression,
): boolean {
  if (target === undefined || !ASSIGNING.test(expression.getText()) || !isOf(compiler, symbol, target)) return false;
  const untold = !(symbol.flags & ts.SymbolFlags.Method);
  if (!expression.getText().endsWith(".assign")) {
    const [key] = rest;
    return key && !expression.getText().endsWith("ies") ? (literalKeys(compiler, key)?.has(textOf(symbol)) ?? untold) : untold;
  }
  return rest.some((source) => {
    const type = compiler.checker.getTypeAtLocation(source);
    const known = compiler.checker.getPropertyOfType(type, symbol.name) !== undefined;
    return known || (untold && ((type.flags & UNTOLD) !== 0 || type.getStringIndexType() !== undefined));
  });
}

function isOf({ checker }: Compiler, symbol: ts.Symbol, object: ts.Expression): boolean {
  const property = checker.getPropertyOfType(checker.getTypeAtLocation(object), symbol.name);
  return property !== undefined && property.valueDeclaration === symbol.valueDeclaration;
}

function isConstructing(node: ts.Node): boolean {
  const around = ts.findAncestor(node, ts.isFunctionLike);
  return around !== undefined && ts.isConstructorDeclaration(around);
}

function textOf(symbol: ts.Symbol): string {
  const name = symbol.valueDeclaration && ts.getNameOfDeclaration(symbol.valueDeclaration);
  return name && (ts.isMemberName(name) || ts.isStringLiteralLike(name)) ? name.text : symbol.name;
}

function isPattern(node: ts.Node): boolean {
  return ts.isObjectLiteralExpression(node) || ts.isArrayLiteralExpression(node);
}

function contains(node: ts.Node, matches: (node: ts.Node) => boolean): boolean {
  if (matches(node)) return true;
  if (ts.isShorthandPropertyAssignment(node)) return matches(node.name);
  return ts.forEachChild(node, (child) => contains(child, matches) || undefined) ?? false;
}
