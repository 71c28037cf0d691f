/** Finds the object and array literals that an expression may yield, and the names that hold them on the way. What becomes of them is `handling-of.ts`. */

import { ts } from "../../../typescript/index.cjs";
import { memberNameOf, symbolOf } from "../compiler.js";
import { frozenIn } from "../follow/globals.js";
import { isDecorated } from "../follow/is-decorated.js";
import { elementsOf, keyText, type Member, membersOf } from "../follow/members-of.js";
import { literalKeys } from "../uses/literal-keys.js";
import { isLoopVariable } from "./compiler-view.js";
import { calledBy, exactType, fieldOf, traceIn } from "./called-by.js";
import type { Holder } from "../uses/handling-of.js";
import type { Trace } from "./leaf.js";
import { returnedExpressions } from "./returned-by.js";
import { isCovering } from "../uses/use-of.js";

/** A literal, and what is known where it stands. */
export interface Literal {
  readonly node: ts.ObjectLiteralExpression | ts.ArrayLiteralExpression;
  readonly trace: Trace;
}

/** What an expression may yield. */
export interface Objects {
  readonly literals: readonly Literal[];
  readonly holders: readonly Holder[];
}

/** A part of an object: an element, or a property with its name. */
export interface Part {
  readonly value: ts.Expression | undefined;
  readonly member: Member | undefined;
  readonly trace: Trace;
}

// Objects that hold each other in a circle are legal to write.
const DEEPEST = 20;

/** The literals that an expression yields, or with a depth those whose parts it yields; undefined where it may yield another object. */
export function objectsOf(trace: Trace, node: ts.Expression, depth = 0): Objects | undefined {
  if (depth > DEEPEST || trace.visiting.includes(node)) return undefined;
  const inner: Trace = { ...trace, visiting: [...trace.visiting, node] };
  if (ts.isObjectLiteralExpression(node) || ts.isArrayLiteralExpression(node)) return ofLiteral(inner, node, depth);
  if (ts.isConditionalExpression(node)) return ofAll(inner, [node.whenTrue, node.whenFalse], depth);
  if (ts.isBinaryExpression(node)) return isChoice(node) ? ofAll(inner, [node.left, node.right], depth) : undefined;
  if (ts.isAssertionExpression(node)) {
    return ts.isConstTypeReference(node.type) ? objectsOf(inner, node.expression, depth) : undefined;
  }
  if (isCovering(node) || ts.isAwaitExpression(node)) return objectsOf(inner, node.expression, depth);
  if (ts.isIdentifier(node)) return ofName(inner, node, depth);
  if (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)) return ofAccess(inner, node, depth);
  return ts.isCallExpression(node) ? ofCall(inner, node, depth) : undefined;
}

/** The same of what a loop over an expression gives. */
export function objectsIn(trace: Trace, node: ts.Expression): Objects | undefined {
  return ofParts(trace, node, undefined, 0);
}

/** The parts of objects under some names, or all of them; undefined where one of them is not at hand. */
export function partsOf({ literals }: Objects, keys: ReadonlySet<string> | undefined): readonly Part[] | undefined {
  const parts: Part[] = [];
  for (const { node, trace } of literals) {
    if (ts.isArrayLiteralExpression(node)) {
      const { elements, refused } = elementsOf(trace.compiler, node);
      if (refused.length > 0) return undefined;
      const chosen = elements.filter((_, place) => keys === undefined || keys.has(String(place)));
      parts.push(...chosen.map((value) => ({ value, member: undefined, trace })));
      continue;
    }
    const { members, refused } = membersOf(trace.compiler, node);
    if (refused.length > 0) return undefined;
    // Beside a setter, the getter is what is read.
    const read = members.filter((member) => !ts.isSetAccessorDeclaration(member.node));
    const named = read.map((member) => ({ member, key: keyText(trace.compiler, member.name) }));
    if (named.some(({ key }) => key === undefined)) return undefined;
    // The last one of a name counts.
    const last = named.filter(({ key }, place) => !named.slice(place + 1).some((later) => later.key === key));
    const chosen = last.filter(({ key }) => keys === undefined || (key !== undefined && keys.has(key)));
    parts.push(...chosen.map(({ member }) => ({ value: member.value, member, trace })));
  }
  return parts;
}

function ofLiteral(trace: Trace, node: Literal["node"], depth: number): Objects | undefined {
  const spreads = (ts.isArrayLiteralExpression(node) ? [...node.elements] : [...node.properties]).filter(
    (part) => ts.isSpreadElement(part) || ts.isSpreadAssignment(part),
  );
  const sources = ofAll(
    trace,
    spreads.map(({ expression }) => expression),
    depth,
  );
  return sources && { literals: [{ node, trace }], holders: sources.holders };
}

function ofAll(trace: Trace, nodes: readonly ts.Expression[], depth: number): Objects | undefined {
  const found = nodes.map((node) => objectsOf(trace, node, depth));
  return merged(found);
}

function merged(found: readonly (Objects | undefined)[]): Objects | undefined {
  const known = found.filter((objects) => objects !== undefined);
  if (known.length < found.length) return undefined;
  return { literals: known.flatMap(({ literals }) => literals), holders: known.flatMap(({ holders }) => holders) };
}

function ofName(trace: Trace, name: ts.Identifier, depth: number): Objects | undefined {
  const symbol = symbolOf(trace.compiler, name);
  const declaration = symbol?.valueDeclaration;
  if (symbol === undefined || declaration === undefined) return undefined;
  const [only, ...more] = symbol.declarations ?? [];
  if (more.length > 0 || only !== declaration) return undefined;
  const held = (objects: Objects | undefined): Objects | undefined =>
    objects && { ...objects, holders: [...objects.holders, { symbol, depth }] };
  if (ts.isVariableDeclaration(declaration)) {
    if (declaration.type) return undefined;
    if (isLoopVariable(declaration)) return held(ofParts(trace, declaration.parent.parent.expression, undefined, depth));
    return held(declaration.initializer && objectsOf(trace, declaration.initializer, depth));
  }
  return ts.isBindingElement(declaration) ? held(ofElement(trace, declaration, depth)) : undefined;
}

function ofElement(trace: Trace, element: ts.BindingElement, depth: number): Objects | undefined {
  const source = element.parent.parent;
  const key = element.propertyName ?? element.name;
  if (!ts.isVariableDeclaration(source) || source.type || !source.initializer || element.initializer || element.dotDotDotToken) {
    return undefined;
  }
  if (ts.isArrayBindingPattern(element.parent)) {
    return ofParts(trace, source.initializer, new Set([String(element.parent.elements.indexOf(element))]), depth);
  }
  const isPlain = ts.isIdentifier(key) || ts.isStringLiteral(key);
  return isPlain ? ofParts(trace, source.initializer, new Set([key.text]), depth) : undefined;
}

function ofAccess(
  trace: Trace,
  node: ts.PropertyAccessExpression | ts.ElementAccessExpression,
  depth: number,
): Objects | undefined {
  const name = memberNameOf(node);
  const symbol = ts.isPropertyAccessExpression(node) ? fieldOf(trace, node) : undefined;
  const declaration = symbol?.valueDeclaration;
  if (symbol && declaration && ts.isPropertyDeclaration(declaration)) {
    if (declaration.type || !declaration.initializer) return undefined;
    if (isDecorated(trace.compiler, declaration, exactType(trace, node.expression))) return undefined;
    const objects = objectsOf(trace, declaration.initializer, depth);
    return objects && { ...objects, holders: [...objects.holders, { symbol, depth }] };
  }
  const imported = name && symbolOf(trace.compiler, name)?.valueDeclaration;
  if (ts.isPropertyAccessExpression(node) && imported && ts.isVariableDeclaration(imported)) {
    return ts.isIdentifier(node.name) ? ofName(trace, node.name, depth) : undefined;
  }
  const keys = ts.isPropertyAccessExpression(node)
    ? new Set([node.name.text])
    : literalKeys(trace.compiler, node.argumentExpression, trace.typeArguments);
  return ofParts(trace, node.expression, keys, depth);
}

function ofParts(trace: Trace, node: ts.Expression, keys: ReadonlySet<string> | undefined, depth: number): Objects | undefined {
  const around = objectsOf(trace, node, depth + 1);
  const parts = around && partsOf(around, keys);
  const inner = parts && merged(parts.map((part) => part.value && objectsOf(part.trace, part.value, depth)));
  return inner && { ...inner, holders: [...around.holders, ...inner.holders] };
}

function ofCall(trace: Trace, call: ts.CallExpression, depth: number): Objects | undefined {
  const { expression: callee } = call;
  const frozen = frozenIn(trace.compiler, call);
  if (frozen) return objectsOf(trace, frozen, depth);
  const called = calledBy(trace, callee);
  const { implementation } = called ?? {};
  if (called === undefined || implementation === undefined) return undefined;
  if ("asteriskToken" in implementation && implementation.asteriskToken) return undefined;
  return ofAll(traceIn(trace, called), returnedExpressions(trace.compiler, implementation), depth);
}

function isChoice({ operatorToken: { kind } }: ts.BinaryExpression): boolean {
  return kind === ts.SyntaxKind.BarBarToken || kind === ts.SyntaxKind.QuestionQuestionToken;
}
