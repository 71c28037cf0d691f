/** Tells the types of what is no resources: whoever takes that first has forgotten those. */

import { ts } from "../../../typescript/index.cjs";
import { canoTypeName } from "../cano-export.js";
import type { Compiler } from "../compiler.js";

const VALUE =
  ts.TypeFlags.StringLike |
  ts.TypeFlags.NumberLike |
  ts.TypeFlags.BooleanLike |
  ts.TypeFlags.BigIntLike |
  ts.TypeFlags.ESSymbolLike;

/** Whether `type`, which is no union, is that of a text, a number and the like, or of a list, as of items or outputs. */
export function isValue({ checker }: Compiler, type: ts.Type): boolean {
  return (type.flags & VALUE) !== 0 || checker.isArrayType(type) || checker.isTupleType(type);
}

/** Whether `type`, which is no union, is that of something else that a method is given than its resources: a value, or the context. */
export function isNoResources(compiler: Compiler, type: ts.Type): boolean {
  return isValue(compiler, type) || isContext(compiler, type);
}

function isContext(compiler: Compiler, type: ts.Type): boolean {
  if (canoTypeName(compiler, type) === "Context") return true;
  const parts = type.isIntersection() ? type.types : type.getBaseTypes();
  return parts?.some((part) => isContext(compiler, part)) ?? false;
}
