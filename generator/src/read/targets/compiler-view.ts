/** What the compiler's types say about an expression, and how far that settles what the syntax left open. */

import { ts } from "../../../typescript/index.cjs";
import { widenedTo } from "../../diagnostics/catalogue/target-causes.js";
import type { Span } from "../../diagnostics/diagnostic.js";
import { type Compiler, symbolOf } from "../compiler.js";
import { type Leaf, leafKey, openLeaf, placeOf, type Trace, unknownLeaf } from "./leaf.js";
import { allTold, coversAll, leavesOfType } from "./leaves-of-type.js";
import { mistakeIn } from "./mistake-in.js";

/** The states that an expression's type stands for. A type that covers the whole set is believed only where somebody wrote it down. */
export function leavesOfExpression(trace: Trace, expression: ts.Expression): Leaf[] {
  const { checker } = trace.compiler;
  const type = checker.getTypeAtLocation(expression);
  const leaves = leavesOfType(trace, type, placeOf(trace, expression));
  if (type.flags & ts.TypeFlags.Never && trace.compiler.isUnreachable(expression))
    return [unknownLeaf("the compiler takes this code for unreachable", placeOf(trace, expression))];
  const mistaken = mistakenLeaves(trace, expression);
  if (mistaken.length > 0) return mistaken;
  return coversAll(trace, leaves) && !isDeclared(trace.compiler, expression)
    ? [widenedLeaf(trace, placeOf(trace, expression))]
    : leaves;
}

/** A leaf for a type that may be wrong; none for any other. */
export function mistakenLeaves(trace: Trace, expression: ts.Expression): Leaf[] {
  const why = mistakeIn(trace.compiler, expression);
  return why === undefined ? [] : [unknownLeaf(why, placeOf(trace, expression))];
}

/** Drops what the compiler rules out at this place, and closes what is open where its type tells; or by what is declared instead of that type. */
export function narrowed(trace: Trace, expression: ts.Expression, leaves: readonly Leaf[], declared?: ts.Type): readonly Leaf[] {
  const type = declared ?? trace.compiler.checker.getTypeAtLocation(expression);
  const told = leavesOfType(trace, type, placeOf(trace, expression));
  // Where it holds that nothing runs, nothing can be there for it, either.
  if (!allTold(told) || (told.length === 0 && trace.compiler.isUnreachable(expression))) return leaves;
  const possible = new Set(told.map(leafKey));
  const isTyped = ({ state: { kind } }: Leaf): boolean => kind === "member" || kind === "foreign";
  const kept = leaves.filter((leaf) => leaf.leftOut || !isTyped(leaf) || possible.has(leafKey(leaf)));
  const isOpen = leaves.some(({ open }) => open);
  if (!isOpen && kept.length === leaves.length) return kept;
  // What it may be mistaken about rules nothing out, and closes nothing.
  const mistaken = declared ? [] : mistakenLeaves(trace, expression);
  if (mistaken.length > 0) {
    const followed = leaves.filter(({ open }) => !open);
    return [...withLeftOut(trace, expression, followed), ...(isOpen ? mistaken : [])];
  }
  // What is there is nothing that was followed to.
  if (kept.length === 0 && leaves.length > 0) return leavesOfExpression(trace, expression);
  if (!kept.some(({ open }) => open) || (coversAll(trace, told) && !isDeclared(trace.compiler, expression))) return kept;
  const closed = kept.filter(({ open }) => !open);
  const present = new Set(closed.map(leafKey));
  return [...closed, ...told.filter((leaf) => !present.has(leafKey(leaf)))];
}

/** The values of an expression, with those marked that the compiler leaves out of its type, though they come. */
export function withLeftOut(trace: Trace, expression: ts.Expression, leaves: readonly Leaf[]): readonly Leaf[] {
  const told = leavesOfType(trace, trace.compiler.checker.getTypeAtLocation(expression), placeOf(trace, expression));
  if (!allTold(told)) return leaves;
  const possible = new Set(told.map(leafKey));
  return leaves.map((leaf) => (leaf.constrained || possible.has(leafKey(leaf)) ? leaf : { ...leaf, leftOut: true }));
}

/** Whether the type of an expression was written by somebody, rather than inferred and widened by the compiler. */
export function isDeclared(compiler: Compiler, expression: ts.Expression): boolean {
  if (ts.isParenthesizedExpression(expression) || ts.isAwaitExpression(expression) || ts.isNonNullExpression(expression)) {
    return isDeclared(compiler, expression.expression);
  }
  if (ts.isAssertionExpression(expression)) return !ts.isConstTypeReference(expression.type);
  if (ts.isNewExpression(expression)) return expression.typeArguments !== undefined;
  if (ts.isCallExpression(expression)) return isDeclaredCall(compiler, expression);
  if (ts.isIdentifier(expression)) return isDeclaredName(compiler, symbolOf(compiler, expression)?.valueDeclaration);
  if (ts.isElementAccessExpression(expression)) return isDeclared(compiler, expression.expression);
  if (!ts.isPropertyAccessExpression(expression)) return false;
  const declaration = readDeclaration(symbolOf(compiler, expression.name));
  if (isDeclaredName(compiler, declaration)) return true;
  // That an object's type is written down says nothing of a member whose type was inferred.
  return !(declaration && isInferredMember(declaration)) && isDeclared(compiler, expression.expression);
}

/** The declaration that tells what a name is read as: of a getter and a setter, the getter. */
export function readDeclaration(symbol: ts.Symbol | undefined): ts.Declaration | undefined {
  return symbol?.declarations?.find(ts.isGetAccessorDeclaration) ?? symbol?.valueDeclaration;
}

function isInferredMember(declaration: ts.Node): boolean {
  const isMember =
    ts.isPropertyDeclaration(declaration) || ts.isGetAccessorDeclaration(declaration) || ts.isPropertyAssignment(declaration);
  return isMember || ts.isShorthandPropertyAssignment(declaration);
}

function isDeclaredName(compiler: Compiler, declaration: ts.Node | undefined): boolean {
  if (declaration === undefined) return false;
  if (ts.isBindingElement(declaration)) return isDeclaredElement(compiler, declaration);
  // What a type parameter stands for was inferred, and may be widened.
  if (ts.isPropertySignature(declaration)) return declaration.type !== undefined && !namesParameter(compiler, declaration.type);
  if (ts.isVariableDeclaration(declaration) || ts.isParameter(declaration) || ts.isPropertyDeclaration(declaration)) {
    if (declaration.type) return true;
    if (isLoopVariable(declaration)) return isDeclared(compiler, declaration.parent.parent.expression);
    return declaration.initializer !== undefined && isDeclared(compiler, declaration.initializer);
  }
  return ts.isGetAccessorDeclaration(declaration) && declaration.type !== undefined;
}

// As with `a.b`: that an object's type is written down says nothing of a member whose type was inferred.
function isDeclaredElement(compiler: Compiler, element: ts.BindingElement): boolean {
  const { checker } = compiler;
  const key = element.propertyName ?? element.name;
  const isNamed = ts.isObjectBindingPattern(element.parent) && (ts.isIdentifier(key) || ts.isStringLiteral(key));
  const member = isNamed ? checker.getPropertyOfType(checker.getTypeAtLocation(element.parent), key.text) : undefined;
  const declaration = readDeclaration(member);
  if (isDeclaredName(compiler, declaration)) return true;
  if (declaration && isInferredMember(declaration)) return false;
  const source = ts.walkUpBindingElementsAndPatterns(element);
  if (source.type) return true;
  if (isLoopVariable(source)) return isDeclared(compiler, source.parent.parent.expression);
  return source.initializer !== undefined && isDeclared(compiler, source.initializer);
}

/** Whether a type that is written down has a type parameter in it. */
export function namesParameter(compiler: Compiler, node: ts.Node): boolean {
  if (ts.isIdentifier(node)) return symbolOf(compiler, node)?.declarations?.some(ts.isTypeParameterDeclaration) ?? false;
  return ts.forEachChild(node, (child) => namesParameter(compiler, child) || undefined) ?? false;
}

// A generic function's declared return type is worth as much as what its type parameters were inferred from.
function isDeclaredCall(compiler: Compiler, call: ts.CallExpression): boolean {
  const { checker } = compiler;
  const signature = checker.getResolvedSignature(call);
  const declaration: ts.Node | undefined = signature?.declaration;
  if (signature === undefined || declaration === undefined || !ts.isFunctionLike(declaration) || !declaration.type) return false;
  if (call.typeArguments) return true;
  const generic = checker.getSignatureFromDeclaration(declaration);
  if (generic && checker.getReturnTypeOfSignature(generic) === checker.getReturnTypeOfSignature(signature)) return true;
  // `Promise.race(…)`: that `Promise` is declared says nothing of what was inferred for this call.
  if (declaration.typeParameters) return false;
  return ts.isPropertyAccessExpression(call.expression) && isDeclared(compiler, call.expression.expression);
}

/** Whether a variable is that of a `for … of` loop. */
export function isLoopVariable(node: ts.Node): node is ts.VariableDeclaration & { parent: { parent: ts.ForOfStatement } } {
  return ts.isVariableDeclaration(node) && ts.isForOfStatement(node.parent.parent);
}

/** A leaf for a type that covers the whole set although nobody wrote it down. */
export function widenedLeaf({ set }: Trace, span: Span): Leaf {
  return openLeaf(widenedTo(set.reading.name), span);
}
