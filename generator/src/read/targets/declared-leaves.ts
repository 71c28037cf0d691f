/** Reads a declared return type as next states, each with the smallest part of the annotation that names it. */

import { ts } from "../../../typescript/index.cjs";
import { spanOf } from "../span-of.js";
import { type Leaf, leafKey, type Trace } from "./leaf.js";
import { leavesOfType } from "./leaves-of-type.js";

/** The states of a method's declared type, as it is at the binding. */
export function declaredLeaves(trace: Trace, type: ts.Type, annotation: ts.TypeNode): readonly Leaf[] {
  const parts = annotationParts(annotation).map((node) => ({ span: spanOf(node), keys: keysOf(trace, node) }));
  return leavesOfType(trace, type, spanOf(annotation)).map((leaf) => {
    const part = parts.find(({ keys }) => keys.has(leafKey(leaf)));
    return part
      ? { ...leaf, state: { ...leaf.state, span: part.span }, sent: leaf.sent && { ...leaf.sent, span: part.span } }
      : leaf;
  });
}

const WRAPPERS = ["Promise", "PromiseLike", "Awaitable"];

/** The parts of an annotation that are joined by `|`, promises unwrapped. */
export function annotationParts(node: ts.TypeNode): readonly ts.TypeNode[] {
  if (ts.isParenthesizedTypeNode(node)) return annotationParts(node.type);
  if (ts.isUnionTypeNode(node)) return node.types.flatMap(annotationParts);
  const inner = ts.isTypeReferenceNode(node) && WRAPPERS.includes(node.typeName.getText()) ? node.typeArguments?.[0] : undefined;
  return inner ? annotationParts(inner) : [node];
}

function keysOf(trace: Trace, node: ts.TypeNode): Set<string> {
  return new Set(leavesOfType(trace, trace.compiler.checker.getTypeFromTypeNode(node), spanOf(node)).map(leafKey));
}
