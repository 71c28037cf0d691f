/** Finds the functions that a call may run, where that is certain: no other function may be in the place of the one that is read. */

import { ts } from "../../../typescript/index.cjs";
import { symbolOf } from "../compiler.js";
import {
  type BoundMethod,
  bindMethod,
  findImplementation,
  type Implementation,
  isImplementation,
} from "../follow/bound-method.js";
import { declarationsOf } from "../follow/declarations-of.js";
import { followConstant } from "../follow/follow-constant.js";
import { isDecorated } from "../follow/is-decorated.js";
import { writesAnywhere } from "../uses/writes-to.js";
import type { Trace } from "./leaf.js";
import { typeArgumentsOf } from "./leaves-of-type.js";

/** A function that runs, or what it is declared to return. */
export interface Called {
  readonly implementation: Implementation | undefined;
  /** The declared return type at the binding, where the method of the binding decides. */
  readonly declared: ts.Type | undefined;
  /** Whether a decorator may have put another function in its place, and nothing is declared. */
  readonly decorated: boolean;
  /** What `this` is in it. */
  readonly self: ts.Type | undefined;
}

/** The function that an expression stands for; undefined where it may be another at another time. */
export function calledBy(trace: Trace, callee: ts.Expression): Called | undefined {
  const { compiler, self } = trace;
  if (ts.isParenthesizedExpression(callee) || ts.isNonNullExpression(callee)) return calledBy(trace, callee.expression);
  if (!ts.isPropertyAccessExpression(callee)) return fixed(followConstant(compiler, callee).node, self);
  const { expression: receiver, name } = callee;
  const symbol = symbolOf(compiler, name);
  const decorated = symbol?.declarations?.some((each) => isDecorated(compiler, each, undefined)) ?? false;
  if (receiver.kind === ts.SyntaxKind.SuperKeyword) {
    return symbol && writesAnywhere(compiler, symbol).length === 0 ? fixed(symbol.valueDeclaration, self, decorated) : undefined;
  }
  const declaration = symbol?.valueDeclaration;
  if (declaration && ts.isFunctionDeclaration(declaration)) return fixed(declaration, self);
  if (declaration && ts.isVariableDeclaration(declaration)) return fixed(followConstant(compiler, callee).node, self);
  if (ts.isPrivateIdentifier(name)) {
    const body = symbol && writesAnywhere(compiler, symbol).length === 0 ? findImplementation(compiler, symbol) : undefined;
    return fixed(body, receiver.kind === ts.SyntaxKind.ThisKeyword ? self : undefined, decorated);
  }
  const type = exactType(trace, receiver);
  const method = type && bindMethod(compiler, type, name.text);
  return method && ofMethod(method, type);
}

/** The type of the very object that an expression yields, and of none that could stand in for it. */
export function exactType(trace: Trace, node: ts.Expression): ts.Type | undefined {
  const { compiler } = trace;
  if (node.kind === ts.SyntaxKind.ThisKeyword) return typeOfThis(trace, node);
  if (ts.isParenthesizedExpression(node) || ts.isNonNullExpression(node)) return exactType(trace, node.expression);
  const held = ts.isPropertyAccessExpression(node) ? heldByField(trace, node) : undefined;
  if (held) return exactType(trace, held);
  const followed = followConstant(compiler, node);
  if (followed.kind !== "value") return undefined;
  if (ts.isClassLike(followed.node)) return compiler.checker.getTypeAtLocation(node);
  if (!ts.isNewExpression(followed.node)) return undefined;
  const made = followConstant(compiler, followed.node.expression);
  return made.kind === "value" && ts.isClassLike(made.node) ? compiler.checker.getTypeAtLocation(followed.node) : undefined;
}

// In a method of an object that a class has, such as `config`, `this` is that object.
function typeOfThis({ compiler, self }: Trace, node: ts.Node): ts.Type | undefined {
  const method = ts.findAncestor(node, (around) => ts.isFunctionLike(around) && !ts.isArrowFunction(around));
  const literal = method && (ts.isPropertyAssignment(method.parent) ? method.parent.parent : method.parent);
  if (!literal || !ts.isObjectLiteralExpression(literal)) return self;
  const ofClass = declarationsOf(compiler, self).some((declaration) => ts.isClassLike(declaration));
  return ofClass || !self ? compiler.checker.getTypeAtLocation(literal) : self;
}

/** What a field holds that only its initialiser is ever assigned to: one of `this`, or a static one. */
function heldByField(trace: Trace, node: ts.PropertyAccessExpression): ts.Expression | undefined {
  const symbol = fieldOf(trace, node);
  const declaration = symbol?.valueDeclaration;
  if (!symbol || !declaration || !ts.isPropertyDeclaration(declaration) || !declaration.initializer) return undefined;
  if (isDecorated(trace.compiler, declaration, exactType(trace, node.expression))) return undefined;
  return writesAnywhere(trace.compiler, symbol).length === 0 ? declaration.initializer : undefined;
}

/** The field that is read from `this`, as the binding has it, or a static one. */
export function fieldOf(trace: Trace, { expression, name }: ts.PropertyAccessExpression): ts.Symbol | undefined {
  const { compiler } = trace;
  const found = symbolOf(compiler, name);
  if (expression.kind === ts.SyntaxKind.ThisKeyword) {
    const self = typeOfThis(trace, expression);
    return self && !ts.isPrivateIdentifier(name) ? (compiler.checker.getPropertyOfType(self, name.text) ?? found) : found;
  }
  const declaration = found?.valueDeclaration;
  const isStatic = declaration && (ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.Static) !== 0;
  return isStatic ? found : undefined;
}

/** What `this` is in an expression that is reached from elsewhere; undefined in a class that the object at hand is none of. */
export function selfAt({ compiler, self }: Trace, node: ts.Node): ts.Type | undefined {
  const around = ts.findAncestor(node, ts.isClassLike);
  return around === undefined || declarationsOf(compiler, self).includes(around) ? self : undefined;
}

/** The trace for the code of a function that is called. */
export function traceIn(trace: Trace, { self }: Called): Trace {
  if (self === trace.self || !self) return { ...trace, self };
  return { ...trace, self, typeArguments: new Map([...trace.typeArguments, ...typeArgumentsOf(trace.compiler, self)]) };
}

function fixed(node: ts.Node | undefined, self: ts.Type | undefined, decorated = false): Called | undefined {
  if (!isImplementation(node) || node.type) return undefined;
  return { implementation: decorated ? undefined : node, declared: undefined, decorated, self };
}

function ofMethod({ annotation, signature, implementation, decorated }: BoundMethod, self: ts.Type | undefined): Called {
  if (annotation) return { implementation: undefined, declared: signature.getReturnType(), decorated: false, self };
  return { implementation, declared: undefined, decorated, self };
}
