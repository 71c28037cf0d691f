/** Finds where a method may end without a next state. Which states it names is followed elsewhere. */

import { ts } from "../../../typescript/index.cjs";
import { typeText } from "../compiler.js";
import type { BoundMethod, Implementation } from "../follow/bound-method.js";
import { spanOf } from "../span-of.js";
import { annotationParts } from "./declared-leaves.js";
import { isReached } from "./is-reached.js";
import { type Leaf, type Trace, unknownLeaf } from "./leaf.js";
import { returnedExpressions } from "./returned-by.js";

/** A leaf for every place that yields nothing: a part of the annotation, a returned expression, a bare `return`, or the end of the body. */
export function missingLeaves(trace: Trace, { signature, annotation, implementation, nameNode }: BoundMethod): readonly Leaf[] {
  const nothing = nothingIn(trace, signature.getReturnType());
  const name = annotation ?? nameNode;
  if (nothing === undefined || name === undefined) return [];
  const whole = unknownLeaf(`it may be \`${nothing}\``, spanOf(name));
  if (annotation) {
    const { checker } = trace.compiler;
    const parts = annotationParts(annotation).filter((part) => nothingIn(trace, checker.getTypeFromTypeNode(part)) !== undefined);
    return parts.length > 0 ? parts.map((part) => ({ ...whole, state: { ...whole.state, span: spanOf(part) } })) : [whole];
  }
  if (implementation === undefined) return [whole];
  const returned = nothingReturned(trace, implementation);
  return returned.length > 0 ? returned : [unknownLeaf("a path returns no state", spanOf(name))];
}

function nothingReturned(trace: Trace, implementation: Implementation): readonly Leaf[] {
  const { compiler } = trace;
  const expressions = returnedExpressions(compiler, implementation).flatMap((expression) => {
    const nothing = nothingIn(trace, compiler.checker.getTypeAtLocation(expression));
    return nothing === undefined ? [] : [unknownLeaf(`it may be \`${nothing}\``, spanOf(expression))];
  });
  const bare = bareReturns(implementation.body).filter((statement) => isReached(compiler, statement));
  return [...expressions, ...bare.map((statement) => unknownLeaf("it returns no state", spanOf(statement)))];
}

function bareReturns(node: ts.Node): readonly ts.ReturnStatement[] {
  if (ts.isReturnStatement(node)) return node.expression ? [] : [node];
  if (ts.isFunctionLike(node) || ts.isClassLike(node)) return [];
  const found: ts.ReturnStatement[] = [];
  ts.forEachChild(node, (child) => void found.push(...bareReturns(child)));
  return found;
}

function nothingIn({ compiler }: Trace, type: ts.Type): string | undefined {
  const awaited = compiler.checker.getAwaitedType(type) ?? type;
  const parts = awaited.isUnion() ? awaited.types : [awaited];
  const nothing = parts.find(({ flags }) => flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Null | ts.TypeFlags.Void));
  return nothing && typeText(compiler, nothing);
}
