/** Follows a call to what it may return: `to()`, promises and their callbacks, functions and methods whose body is at hand. */

import { ts } from "../../../typescript/index.cjs";
import { canoExport } from "../cano-export.js";
import { symbolOf } from "../compiler.js";
import { followConstant } from "../follow/follow-constant.js";
import { spanOf } from "../span-of.js";
import { bindMethod, type Implementation, isImplementation } from "../task/bound-method.js";
import { leavesOfExpression, narrowed } from "./compiler-view.js";
import { enter, type Follow, type Leaf, openLeaf, placeOf, type Trace } from "./leaf.js";
import { leavesOfType, typeArgumentsOf, undoableLeaf } from "./leaves-of-type.js";
import { returnedBy } from "./returned-by.js";

/** The values that a call may yield. */
export function followCall(trace: Trace, call: ts.CallExpression, follow: Follow): readonly Leaf[] {
  const made = canoExport(trace.compiler, call.expression);
  if (made === "to") return narrowed(trace, call, followTo(trace, call, follow));
  if (made === "undoable") return followUndoable(trace, call, follow);
  return followPromise(trace, call, follow) ?? followFunction(trace, call, follow);
}

function followTo(trace: Trace, call: ts.CallExpression, follow: Follow): readonly Leaf[] {
  const [state, input] = call.arguments;
  if (state === undefined || input === undefined) return leavesOfExpression(trace, call);
  const sent = { type: trace.compiler.checker.getTypeAtLocation(input), expression: input, span: spanOf(input) };
  return follow(trace, state).map((leaf) => ({ ...leaf, form: "to", sent }));
}

function followUndoable(trace: Trace, call: ts.CallExpression, follow: Follow): readonly Leaf[] {
  const [next] = call.arguments;
  if (next === undefined) return leavesOfExpression(trace, call);
  return trace.besides === "Undoable" ? follow(trace, next) : [undoableLeaf(placeOf(trace, call))];
}

function followPromise(trace: Trace, call: ts.CallExpression, follow: Follow): readonly Leaf[] | undefined {
  const callee = call.expression;
  if (!ts.isPropertyAccessExpression(callee)) return undefined;
  const [first, second] = call.arguments;
  const method = callee.name.text;
  if (isGlobalPromise(trace, callee.expression)) {
    if (method === "resolve") return first ? follow(trace, first) : [];
    return method === "reject" ? [] : undefined;
  }
  if (!["then", "catch", "finally"].includes(method) || !isPromise(trace, callee.expression)) return undefined;
  const settled = (): readonly Leaf[] => follow(trace, callee.expression);
  if (method === "finally") return settled();
  const caught = method === "catch" ? first : second;
  const recovered = caught ? followCallback(trace, caught, undefined, follow) : [];
  if (method === "catch") return [...settled(), ...recovered];
  return [...(first ? followCallback(trace, first, settled, follow) : settled()), ...recovered];
}

function followCallback(
  trace: Trace,
  callback: ts.Expression,
  argument: (() => readonly Leaf[]) | undefined,
  follow: Follow,
): readonly Leaf[] {
  const { compiler } = trace;
  const { kind, node } = followConstant(compiler, callback);
  const signature = compiler.checker.getTypeAtLocation(callback).getCallSignatures()[0];
  if (kind !== "value" || !isImplementation(node) || node.type) {
    if (signature) return leavesOfType(trace, signature.getReturnType(), placeOf(trace, callback));
    return callback.getText() === "undefined"
      ? (argument?.() ?? [])
      : [openLeaf("its callback is not at hand", placeOf(trace, callback))];
  }
  // A callback that is written in place belongs to the method; its own expressions are shown.
  const inline = node === callback;
  const inner = inline ? { ...trace, visiting: [...trace.visiting, node] } : enter(trace, callback, node);
  const parameter = node.parameters[0];
  const parameters = parameter && argument ? new Map([...trace.parameters, [parameter, argument] as const]) : trace.parameters;
  return inner ? returnedBy({ ...inner, parameters }, node, follow) : [];
}

function followFunction(trace: Trace, call: ts.CallExpression, follow: Follow): readonly Leaf[] {
  const called = calledFunction(trace, call);
  if (called === undefined) return leavesOfExpression(trace, call);
  if (called.declared) return leavesOfType(trace, called.declared, placeOf(trace, call));
  const { implementation, self } = called;
  if (implementation === undefined) return leavesOfExpression(trace, call);
  const inner = enter(trace, call, implementation);
  if (inner === undefined) return [];
  const typeArguments =
    self === trace.self || !self
      ? trace.typeArguments
      : new Map([...trace.typeArguments, ...typeArgumentsOf(trace.compiler, self)]);
  const leaves = returnedBy({ ...inner, self, typeArguments }, implementation, follow);
  return narrowed(trace, call, leaves);
}

interface Called {
  readonly implementation: Implementation | undefined;
  /** The declared return type at the binding, where the method of the binding decides. */
  readonly declared: ts.Type | undefined;
  readonly self: ts.Type | undefined;
}

function calledFunction(trace: Trace, call: ts.CallExpression): Called | undefined {
  const { compiler, self } = trace;
  const callee = call.expression;
  if (ts.isPropertyAccessExpression(callee) && callee.expression.kind === ts.SyntaxKind.ThisKeyword && self) {
    const method = bindMethod(compiler, self, callee.name.text);
    if (method?.annotation) return { implementation: undefined, declared: method.signature.getReturnType(), self };
    if (method) return { implementation: method.implementation, declared: undefined, self };
  }
  const declaration: ts.Node | undefined = compiler.checker.getResolvedSignature(call)?.declaration;
  if (!isImplementation(declaration) || declaration.type) return undefined;
  return { implementation: declaration, declared: undefined, self: receiverOf(trace, callee) };
}

function receiverOf({ compiler, self }: Trace, callee: ts.Expression): ts.Type | undefined {
  if (!ts.isPropertyAccessExpression(callee)) return self;
  const receiver = callee.expression.kind;
  return receiver === ts.SyntaxKind.ThisKeyword || receiver === ts.SyntaxKind.SuperKeyword
    ? self
    : compiler.checker.getTypeAtLocation(callee.expression);
}

function isGlobalPromise({ compiler }: Trace, node: ts.Expression): boolean {
  if (!ts.isIdentifier(node) || node.text !== "Promise") return false;
  return symbolOf(compiler, node)?.declarations?.every((declaration) => declaration.getSourceFile().isDeclarationFile) ?? false;
}

function isPromise({ compiler }: Trace, node: ts.Expression): boolean {
  return compiler.checker.getPropertyOfType(compiler.checker.getTypeAtLocation(node), "then") !== undefined;
}
