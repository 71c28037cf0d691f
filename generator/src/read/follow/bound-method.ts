/** Finds a task's method on the type it is bound with: its signature there, its implementation, its annotation. */

import { ts } from "../../../typescript/index.cjs";
import type { Compiler } from "../compiler.js";
import { writesAnywhere } from "../uses/writes-to.js";
import { followConstant } from "./follow-constant.js";
import { isDecorated } from "./is-decorated.js";

/** A function with a body. */
export type Implementation = ts.FunctionLikeDeclaration & { readonly body: ts.Block | ts.Expression };

/** A method as a binding has it. */
export interface BoundMethod {
  readonly symbol: ts.Symbol;
  /** The signature at the binding's type; of overloads the last, which is what conditional types see of them, those of the generated module included. */
  readonly signature: ts.Signature;
  /** The body, where it is at hand. */
  readonly implementation: Implementation | undefined;
  /** Whether it has several signatures, which do not all return the same: what a call returns depends on what it is given. */
  readonly overloaded: boolean;
  /** Whether a decorator may have put another function in the place of the body that is written down. */
  readonly decorated: boolean;
  /** The declared return type. */
  readonly annotation: ts.TypeNode | undefined;
  /** The method's name, or the declaration as a whole. */
  readonly nameNode: ts.Node | undefined;
}

/** Finds a method of a type by its name. */
export function bindMethod(compiler: Compiler, type: ts.Type, name: string): BoundMethod | undefined {
  const { checker } = compiler;
  const symbol = checker.getPropertyOfType(type, name);
  if (symbol === undefined) return undefined;
  const signatures = checker.getSignaturesOfType(
    checker.getNonNullableType(checker.getTypeOfSymbol(symbol)),
    ts.SignatureKind.Call,
  );
  const signature = signatures.at(-1);
  if (signature === undefined) return undefined;
  // What is assigned to it elsewhere may run in its place.
  const body = writesAnywhere(compiler, symbol).length === 0 ? findImplementation(compiler, symbol, type) : undefined;
  const declaration = body ?? symbol.declarations?.[0];
  const decorated = symbol.declarations?.some((each) => isDecorated(compiler, each, type)) ?? false;
  return {
    symbol,
    signature,
    overloaded: signatures.some((other) => other.getReturnType() !== signature.getReturnType()),
    implementation: decorated ? undefined : body,
    decorated,
    annotation: findAnnotation(compiler, symbol, signatures.length > 1 ? undefined : body, signature),
    nameNode: (symbol.declarations?.[0] && ts.getNameOfDeclaration(symbol.declarations[0])) ?? declaration,
  };
}

/** Whether a function has a body. */
export function isImplementation(node: ts.Node | undefined): node is Implementation {
  return node !== undefined && ts.isFunctionLike(node) && "body" in node && node.body !== undefined;
}

/** The body behind a method, or behind a field that holds a function. */
export function findImplementation(compiler: Compiler, symbol: ts.Symbol, type?: ts.Type): Implementation | undefined {
  for (const declaration of symbol.declarations ?? []) {
    if (isImplementation(declaration) && !ts.isAccessor(declaration)) return declaration;
    const value = heldValue(declaration);
    const bound = value && type && boundToThis(value);
    if (bound) return bindMethod(compiler, type, bound)?.implementation;
    const followed = value && followConstant(compiler, value);
    if (followed?.kind === "value" && isImplementation(followed.node)) return followed.node;
  }
  return undefined;
}

// `this.go.bind(this)` is the method `go`, as the binding has it.
function boundToThis(value: ts.Expression): string | undefined {
  if (!ts.isCallExpression(value) || !ts.isPropertyAccessExpression(value.expression)) return undefined;
  const { expression: method, name } = value.expression;
  const isOwn = ts.isPropertyAccessExpression(method) && method.expression.kind === ts.SyntaxKind.ThisKeyword;
  const [self, ...more] = value.arguments;
  if (name.text !== "bind" || self?.kind !== ts.SyntaxKind.ThisKeyword || more.length > 0) return undefined;
  return isOwn && ts.isIdentifier(method.name) ? method.name.text : undefined;
}

/** The value that a field, or a getter with nothing but a `return`, holds from the start. */
export function heldValue(declaration: ts.Declaration): ts.Expression | undefined {
  if (ts.isGetAccessorDeclaration(declaration)) {
    const only = declaration.body?.statements[0];
    return only && ts.isReturnStatement(only) ? only.expression : undefined;
  }
  if (ts.isPropertyDeclaration(declaration) || ts.isPropertyAssignment(declaration)) return declaration.initializer;
  return ts.isShorthandPropertyAssignment(declaration) ? declaration.name : undefined;
}

function findAnnotation(
  compiler: Compiler,
  symbol: ts.Symbol,
  implementation: Implementation | undefined,
  signature: ts.Signature,
): ts.TypeNode | undefined {
  if (implementation?.type) return implementation.type;
  for (const declaration of symbol.declarations ?? []) {
    if ((ts.isPropertyDeclaration(declaration) || ts.isGetAccessorDeclaration(declaration)) && declaration.type) {
      return ts.isFunctionTypeNode(declaration.type) ? declaration.type.type : declaration.type;
    }
  }
  if (implementation) return undefined;
  const declared: ts.Node | undefined = signature.getDeclaration();
  const annotation = declared && ts.isFunctionLike(declared) ? declared.type : undefined;
  return annotation && !isInferred(compiler, annotation) ? annotation : undefined;
}

// `R` in `wrap<R>(run: () => R): () => R` stands for what the compiler inferred, which nobody wrote down.
function isInferred(compiler: Compiler, node: ts.Node): boolean {
  if (ts.isIdentifier(node)) {
    const parameter = compiler.checker
      .getSymbolAtLocation(node)
      ?.declarations?.find((found) => ts.isTypeParameterDeclaration(found));
    return parameter !== undefined && (ts.isInferTypeNode(parameter.parent) || ts.isFunctionLike(parameter.parent));
  }
  return ts.forEachChild(node, (child) => isInferred(compiler, child) || undefined) ?? false;
}
