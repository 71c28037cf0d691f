/** Follows a call to what it may return: `to()`, promises and their callbacks, functions and methods whose body is at hand. */

import { ts } from "../../../typescript/index.cjs";
import { canoExport } from "../cano-export.js";
import { symbolOf } from "../compiler.js";
import { isImplementation } from "../follow/bound-method.js";
import { followConstant } from "../follow/follow-constant.js";
import { spanOf } from "../span-of.js";
import { isGlobal } from "../follow/globals.js";
import { type Called, calledBy, selfAt, traceIn } from "./called-by.js";
import { leavesOfExpression, namesParameter, narrowed, widenedLeaf } from "./compiler-view.js";
import { changesOf, keysAt } from "./follow-parts.js";
import { alike, decoratedLeaf, enter, type Follow, type Leaf, openLeaf, placeOf, type Trace } from "./leaf.js";
import { coversAll, leavesOfType, undoableLeaf } from "./leaves-of-type.js";
import { objectsOf, partsOf } from "./objects-of.js";
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
  if (next === undefined || ts.isSpreadElement(next)) return leavesOfExpression(trace, call);
  return trace.besides === "Undoable" ? follow(trace, next) : [undoableLeaf(placeOf(trace, call))];
}

function followPromise(trace: Trace, call: ts.CallExpression, follow: Follow): readonly Leaf[] | undefined {
  const callee = call.expression;
  if (!ts.isPropertyAccessExpression(callee)) return undefined;
  const [first, second] = call.arguments;
  const method = callee.name.text;
  if (isGlobal(trace.compiler, callee.expression, "Promise")) {
    if (method === "resolve") return first ? follow(trace, first) : [];
    return method === "reject" ? [] : undefined;
  }
  if (!["then", "catch", "finally"].includes(method) || !isPromise(trace, callee)) return undefined;
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
  const all = functionsBehind(trace, callback);
  if (all?.some(({ decorated }) => decorated)) return [decoratedLeaf(placeOf(trace, callback))];
  if (all?.some(({ implementation }) => implementation) !== true) return leavesOfCallback(trace, callback, argument);
  return all.flatMap((called) => {
    const { implementation: node } = called;
    if (node === undefined) return leavesOfCallback(trace, callback, argument);
    const around = traceIn(trace, called);
    // A callback that is written in place belongs to the method; its own expressions are shown.
    const inline = node === callback;
    const inner = inline ? { ...around, visiting: [...trace.visiting, node] } : enter(around, callback, node);
    const parameter = node.parameters[0];
    if (!inner) return [];
    const { initializer } = parameter ?? {};
    const given = initializer && argument ? (): readonly Leaf[] => [...argument(), ...follow(inner, initializer)] : argument;
    const parameters = parameter && given ? new Map([...trace.parameters, [parameter, given] as const]) : trace.parameters;
    return returnedBy({ ...inner, parameters }, node, follow);
  });
}

function leavesOfCallback(trace: Trace, callback: ts.Expression, argument: (() => readonly Leaf[]) | undefined): readonly Leaf[] {
  const place = placeOf(trace, callback);
  // No callback: what is settled is handed on.
  if (callback.kind === ts.SyntaxKind.NullKeyword || callback.getText() === "undefined") return argument?.() ?? [];
  const signature = trace.compiler.checker.getTypeAtLocation(callback).getCallSignatures()[0];
  if (signature === undefined) return [openLeaf("its callback is not at hand", place)];
  const leaves = leavesOfType(trace, signature.getReturnType(), place);
  const declaration: ts.Node | undefined = signature.declaration;
  const type = declaration !== undefined && ts.isFunctionLike(declaration) ? declaration.type : undefined;
  const isWritten = type !== undefined && !namesParameter(trace.compiler, type);
  return coversAll(trace, leaves) && !isWritten ? [widenedLeaf(trace, place)] : leaves;
}

function followFunction(trace: Trace, call: ts.CallExpression, follow: Follow): readonly Leaf[] {
  const all = functionsBehind(trace, call.expression);
  if (all === undefined) return leavesOfExpression(trace, call);
  return all.flatMap((called) => {
    if (called.declared) return leavesOfType(trace, called.declared, placeOf(trace, call));
    if (called.decorated) return [decoratedLeaf(placeOf(trace, call))];
    const { implementation } = called;
    if (implementation === undefined) return leavesOfExpression(trace, call);
    const inner = enter(traceIn(trace, called), call, implementation);
    const leaves = inner ? narrowed(trace, call, returnedBy(inner, implementation, follow)) : [];
    return implementation.typeParameters ? leaves.flatMap((leaf) => seenByCaller(trace, call, leaf)) : leaves;
  });
}

// In a generic function, what is handed over is of its type parameters; what they stand for in a call only that tells.
function seenByCaller(trace: Trace, call: ts.CallExpression, leaf: Leaf): readonly Leaf[] {
  const type = trace.compiler.checker.getTypeAtLocation(call);
  const told = leaf.sent ? alike(leaf, leavesOfType(trace, type, placeOf(trace, call))) : [];
  return told.length > 0 ? told.map(({ sent }) => ({ ...leaf, sent })) : [leaf];
}

/** The functions that an expression may stand for; undefined where there may be others. */
function functionsBehind(trace: Trace, callee: ts.Expression): readonly Called[] | undefined {
  const called = calledBy(trace, callee);
  if (called) return [called];
  if (ts.isParenthesizedExpression(callee) || ts.isNonNullExpression(callee)) return functionsBehind(trace, callee.expression);
  if (!ts.isPropertyAccessExpression(callee) && !ts.isElementAccessExpression(callee)) return undefined;
  const keys = ts.isPropertyAccessExpression(callee) ? new Set([callee.name.text]) : keysAt(trace, callee);
  const objects = objectsOf(trace, callee.expression);
  const parts = objects && partsOf(objects, keys);
  const changes = objects && changesOf(trace, objects, keys);
  if (!parts || !changes || changes.escapes) return undefined;
  const values = [
    ...parts.map(({ value, member, trace: { self } }) => ({ node: value ?? member?.node, self })),
    ...changes.values.map((node) => ({ node, self: node && selfAt(trace, node) })),
  ];
  const functions = values.flatMap(({ node, self }) => {
    const body = node && followConstant(trace.compiler, node);
    if (body?.kind !== "value" || !isImplementation(body.node) || body.node.type || ts.isAccessor(body.node)) return [];
    // In all but arrow functions, `this` is the object that the method is called on.
    const receiver = ts.isArrowFunction(body.node) ? self : trace.compiler.checker.getTypeAtLocation(callee.expression);
    return [{ implementation: body.node, declared: undefined, decorated: false, self: receiver }];
  });
  return functions.length > 0 && functions.length === values.length ? functions : undefined;
}

// A method with a body at hand may do anything with its callbacks.
function isPromise({ compiler }: Trace, { expression, name }: ts.PropertyAccessExpression): boolean {
  const written = isImplementation(symbolOf(compiler, name)?.valueDeclaration);
  return !written && compiler.checker.getPropertyOfType(compiler.checker.getTypeAtLocation(expression), "then") !== undefined;
}
