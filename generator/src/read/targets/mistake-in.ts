/** Finds what the compiler may be mistaken about in the type of an expression: it forgets that calls write, and holds every key to be there. */

import { ts } from "../../../typescript/index.cjs";
import { type Compiler, symbolOf } from "../compiler.js";
import { isImplementation } from "../follow/bound-method.js";
import { mayHaveChanged } from "../uses/may-have-changed.js";
import { scopeOf } from "../uses/references-to.js";
import { isSame } from "../uses/use-of.js";
import { writesTo } from "../uses/writes-to.js";
import { isJustSeen, isNamed, type Named } from "./is-just-seen.js";
import { returnedExpressions } from "./returned-by.js";

/** What may be wrong with the type of an expression, or with one that it was made from; completes "because …". */
export function mistakeIn(compiler: Compiler, expression: ts.Expression): string | undefined {
  const seen = new Set<ts.Node>();
  const visit = (node: ts.Node): string | undefined => {
    if (seen.has(node)) return undefined;
    seen.add(node);
    if (isNamed(node) && hasLost(compiler, node)) return `\`${node.getText()}\` may have changed since the compiler narrowed it`;
    if (ts.isBinaryExpression(node) && leavesOutRight(compiler, node))
      return `the compiler leaves \`${node.right.getText()}\` out of the type of \`${node.getText()}\``;
    for (const source of sourcesOf(compiler, node)) {
      const found = visit(source);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return visit(expression);
}

// What is missing names no state, and most code has just seen to it that it is there.
function hasLost(compiler: Compiler, node: Named): boolean {
  const symbol = symbolOf(compiler, ts.isIdentifier(node) ? node : node.name);
  if (!symbol || !mayHaveChanged(compiler, node)) return false;
  const { checker } = compiler;
  const declared = checker.getNonNullableType(checker.getTypeOfSymbol(symbol));
  return !checker.isTypeAssignableTo(declared, checker.getTypeAtLocation(node)) && !isJustSeen(compiler, node);
}

// Where it holds what is on the left to be there, such as `table[key]`.
function leavesOutRight({ checker }: Compiler, node: ts.BinaryExpression): boolean {
  if (!OTHERWISE.includes(node.operatorToken.kind)) return false;
  return !checker.isTypeAssignableTo(checker.getTypeAtLocation(node.right), checker.getTypeAtLocation(node));
}

const OTHERWISE: readonly ts.SyntaxKind[] = [ts.SyntaxKind.QuestionQuestionToken, ts.SyntaxKind.BarBarToken];

/** What the type of a node was made from: nothing, where it was written down. */
function sourcesOf(compiler: Compiler, node: ts.Node): readonly ts.Node[] {
  if (ts.isTypeNode(node)) return [];
  if (ts.isIdentifier(node)) return sourcesOfName(compiler, node);
  if (ts.isPropertyAccessExpression(node)) return [node.expression];
  if (ts.isPropertyAssignment(node)) return [node.initializer];
  if (ts.isCallExpression(node)) return sourcesOfCall(compiler, node);
  if (ts.isAssertionExpression(node) && !ts.isConstTypeReference(node.type)) return [];
  if (isImplementation(node)) return node.type ? [] : returnedExpressions(compiler, node);
  const children: ts.Node[] = [];
  ts.forEachChild(node, (child) => void children.push(child));
  if (ts.isConditionalExpression(node) || ts.isBinaryExpression(node))
    return children.filter((child) => isSame(node, child as ts.Expression));
  return children;
}

function sourcesOfName(compiler: Compiler, name: ts.Identifier): readonly ts.Node[] {
  const symbol = symbolOf(compiler, name);
  const declared = symbol?.valueDeclaration;
  if (!symbol || !declared || !(ts.isVariableDeclaration(declared) || ts.isBindingElement(declared))) return [];
  const variable = ts.isBindingElement(declared) ? ts.walkUpBindingElementsAndPatterns(declared) : declared;
  if (!ts.isVariableDeclaration(variable)) return [];
  const { checker } = compiler;
  if (variable.type && checker.getTypeAtLocation(name) === checker.getTypeOfSymbol(symbol)) return [];
  const loop = variable.parent.parent;
  const values = [
    ts.isForOfStatement(loop) ? loop.expression : variable.initializer,
    ...writesTo(compiler, symbol, scopeOf(variable)).map(({ value }) => value),
  ];
  return values.filter((value) => value !== undefined);
}

// Of a function with a declared type only type parameters depend on what it is called with.
function sourcesOfCall({ checker }: Compiler, call: ts.CallExpression): readonly ts.Node[] {
  const declaration: ts.Node | undefined = checker.getResolvedSignature(call)?.declaration;
  const told = declaration && ts.isFunctionLike(declaration) && declaration.type && !declaration.typeParameters;
  const callee = isNamed(call.expression) || ts.isElementAccessExpression(call.expression) ? [call.expression] : [];
  return told || call.typeArguments ? callee : [...callee, ...call.arguments];
}
