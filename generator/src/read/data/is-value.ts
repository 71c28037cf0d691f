/** Tells the types of values that are no resources: whoever takes one first has forgotten those. */

import { ts } from "../../../typescript/index.cjs";
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
