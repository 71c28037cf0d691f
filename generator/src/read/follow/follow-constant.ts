/**
 * Follows an expression through constants, imports, spreads' sources and property access to the value it stands for. Whether that value
 * is of use is for the caller to say; conditions and casts are refused here.
 */

import { ts } from "../../../typescript/index.cjs";
import { canoSymbol } from "../cano-export.js";
import { type Compiler, memberNameOf, symbolOf } from "../compiler.js";
import { handlingOf } from "../uses/handling-of.js";
import { isFixed } from "../uses/use-of.js";
import { frozenIn } from "./globals.js";
import { isDecorated } from "./is-decorated.js";
import { writesAnywhere } from "../uses/writes-to.js";

/** Where following ended. */
export type Followed =
  /** The value: a literal, `undefined`, `new`, a call, a function, or a class, enum or enum member's declaration. */
  | { readonly kind: "value"; readonly node: ts.Node }
  /** An export of `cano` itself. */
  | { readonly kind: "cano"; readonly name: string; readonly node: ts.Node }
  /** `why` completes "because …". */
  | { readonly kind: "refused"; readonly why: string; readonly node: ts.Node };

// Constants that refer to each other in a circle are legal to write.
const DEEPEST = 50;

/** Follows an expression to the value it stands for. */
export function followConstant(compiler: Compiler, expression: ts.Node, depth = 0): Followed {
  if (depth > DEEPEST) return refused(expression, "it refers to itself");
  const again = (next: ts.Node): Followed => followConstant(compiler, next, depth + 1);
  if (ts.isParenthesizedExpression(expression) || ts.isSatisfiesExpression(expression) || ts.isNonNullExpression(expression)) {
    return again(expression.expression);
  }
  // `Pump<string>`, a class with its type arguments.
  if (ts.isExpressionWithTypeArguments(expression)) {
    return again(expression.expression);
  }
  const frozen = frozenIn(compiler, expression);
  if (frozen) return again(frozen);
  if (ts.isAssertionExpression(expression)) {
    return ts.isConstTypeReference(expression.type) ? again(expression.expression) : refused(expression, "it is a cast");
  }
  if (ts.isConditionalExpression(expression) || isLogical(expression)) return refused(expression, "it depends on a condition");
  if (isUndefined(compiler, expression)) return { kind: "value", node: expression };
  if (ts.isIdentifier(expression)) {
    return isImportedAsType(compiler, expression)
      ? refused(expression, `\`${expression.text}\` is imported as a type only`)
      : followSymbol(compiler, symbolOf(compiler, expression), expression, depth);
  }
  if (ts.isPropertyAccessExpression(expression) || ts.isElementAccessExpression(expression)) {
    const name = memberNameOf(expression);
    return name ? followSymbol(compiler, symbolOf(compiler, name), expression, depth) : refused(expression, "it is computed");
  }
  return { kind: "value", node: expression };
}

/** Whether an option that is given as `expression` is left out after all: it stands for `undefined`. */
export function isLeftOut(compiler: Compiler, expression: ts.Expression): boolean {
  return isUndefined(compiler, followConstant(compiler, expression).node);
}

// The word, and no name that somebody gave.
function isUndefined(compiler: Compiler, expression: ts.Node): boolean {
  const symbol = ts.isIdentifier(expression) ? compiler.checker.getSymbolAtLocation(expression) : undefined;
  return symbol !== undefined && compiler.checker.isUndefinedSymbol(symbol);
}

function followSymbol(compiler: Compiler, symbol: ts.Symbol | undefined, place: ts.Node, depth: number): Followed {
  const declaration = symbol?.valueDeclaration ?? symbol?.declarations?.[0];
  if (symbol === undefined || declaration === undefined) return refused(place, `\`${place.getText()}\` is not declared`);
  const name = canoSymbol(compiler, symbol);
  if (name !== undefined) return { kind: "cano", name, node: place };
  const again = (next: ts.Node): Followed => {
    const followed = followConstant(compiler, next, depth + 1);
    return followed.kind === "refused" && followed.node.getSourceFile() !== place.getSourceFile()
      ? { ...followed, node: place }
      : isWritten(compiler, symbol, declaration, followed)
        ? refused(place, `\`${symbol.name}\` is written to`)
        : followed;
  };
  if (ts.isVariableDeclaration(declaration)) {
    if (!isConst(declaration)) return refused(place, `\`${symbol.name}\` is no constant`);
    return declaration.initializer
      ? again(declaration.initializer)
      : refused(place, `the value of \`${symbol.name}\` is not at hand`);
  }
  if (ts.isPropertyAssignment(declaration)) return again(declaration.initializer);
  if (ts.isShorthandPropertyAssignment(declaration)) return again(declaration.name);
  if (ts.isExportAssignment(declaration)) return again(declaration.expression);
  if (ts.isBindingElement(declaration)) return followDestructured(compiler, declaration, place, depth);
  if (isDecorated(compiler, declaration, undefined)) return refused(place, `\`${symbol.name}\` is decorated`);
  if (ts.isPropertyDeclaration(declaration) && declaration.initializer) {
    return isReadonly(declaration) ? again(declaration.initializer) : refused(place, `\`${symbol.name}\` is not readonly`);
  }
  return isDeclaredValue(declaration) ? { kind: "value", node: declaration } : refused(place, whyNot(declaration));
}

function followDestructured(compiler: Compiler, element: ts.BindingElement, place: ts.Node, depth: number): Followed {
  const pattern = element.parent;
  const source = pattern.parent;
  const key = element.propertyName ?? element.name;
  if (!ts.isVariableDeclaration(source) || !source.initializer || !isConst(source) || element.dotDotDotToken) {
    return refused(place, ts.isParameter(source) ? "it is a parameter" : "it is no constant");
  }
  if (ts.isArrayBindingPattern(pattern)) {
    const from = followConstant(compiler, source.initializer, depth + 1);
    const item = ts.isArrayLiteralExpression(from.node) ? from.node.elements[pattern.elements.indexOf(element)] : undefined;
    return item ? followConstant(compiler, item, depth + 1) : refused(place, "what it is taken from cannot be followed");
  }
  if (!ts.isIdentifier(key) && !ts.isStringLiteral(key)) return refused(place, "it is computed");
  const from = compiler.checker.getTypeAtLocation(source.initializer);
  return followSymbol(compiler, compiler.checker.getPropertyOfType(from, key.text), place, depth + 1);
}

/** Whether a variable is never assigned again: it is declared with `const`, `using` or `await using`. */
export function isConst(declaration: ts.VariableDeclaration): boolean {
  const how = ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.BlockScoped;
  return how === ts.NodeFlags.Const || how === ts.NodeFlags.Using || how === ts.NodeFlags.AwaitUsing;
}

/** Whether a field or parameter property is `readonly`. */
export function isReadonly(declaration: ts.PropertyDeclaration | ts.ParameterDeclaration): boolean {
  return (ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.Readonly) !== 0;
}

// A constant's parts may be assigned all the same, and so may be a property of one.
function isWritten(compiler: Compiler, symbol: ts.Symbol, declaration: ts.Declaration, { kind, node }: Followed): boolean {
  if (kind !== "value") return false;
  if (ts.isObjectLiteralElementLike(declaration)) {
    if (isFixed(declaration.parent)) return false;
    if (writesAnywhere(compiler, symbol).length > 0) return true;
  }
  const hasParts = ts.isObjectLiteralExpression(node) || ts.isArrayLiteralExpression(node);
  return hasParts && !isFixed(node) && handlingOf(compiler, { symbol, depth: 0 }).writes.length > 0;
}

function isImportedAsType(compiler: Compiler, name: ts.Identifier): boolean {
  return compiler.checker.getSymbolAtLocation(name)?.declarations?.some(ts.isTypeOnlyImportDeclaration) ?? false;
}

function isLogical(node: ts.Node): boolean {
  const logical = [ts.SyntaxKind.AmpersandAmpersandToken, ts.SyntaxKind.BarBarToken, ts.SyntaxKind.QuestionQuestionToken];
  return ts.isBinaryExpression(node) && logical.includes(node.operatorToken.kind);
}

function isDeclaredValue(node: ts.Node): boolean {
  return ts.isClassLike(node) || ts.isFunctionLike(node) || ts.isEnumDeclaration(node) || ts.isEnumMember(node);
}

function whyNot(declaration: ts.Node): string {
  if (ts.isParameter(declaration)) return "it is a parameter";
  if (ts.isSourceFile(declaration)) return "it is a module";
  return "it is no constant";
}

function refused(node: ts.Node, why: string): Followed {
  return { kind: "refused", node, why };
}
