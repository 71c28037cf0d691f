/** What kind of type one is, as far as comparing goes. */

import { ts } from "../../../typescript/index.cjs";
import type { Compiler } from "../compiler.js";

/** Whether anything may be given for it. */
export function isOpen({ flags }: ts.Type): boolean {
  return (flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) !== 0;
}

/** Whether it is a single value, as a literal or `null` is, or one of several. */
export function isUnit(type: ts.Type): boolean {
  return type.isUnion() ? type.types.every(isUnit) : (type.flags & ts.TypeFlags.Unit) !== 0;
}

/** Whether it has members of its own to compare. Those of a text with a brand are those of every text, and a brand that is never there. */
export function isObject(type: ts.Type): boolean {
  return (type.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection)) !== 0 && !isBranded(type);
}

const PRIMITIVE =
  ts.TypeFlags.StringLike |
  ts.TypeFlags.NumberLike |
  ts.TypeFlags.BooleanLike |
  ts.TypeFlags.BigIntLike |
  ts.TypeFlags.ESSymbolLike;

/** Whether it is a primitive and some members, such as `string & { readonly brand: "id" }`, whose values are texts and no objects. */
export function isBranded(type: ts.Type): boolean {
  return type.isIntersection() && type.types.some(({ flags }) => flags & PRIMITIVE);
}

/** Whether it is an object with nothing but members: no array, and nothing that is called or constructed. */
export function isPlainObject({ checker }: Compiler, type: ts.Type): boolean {
  const isCallable = type.getCallSignatures().length > 0 || type.getConstructSignatures().length > 0;
  return isObject(type) && !checker.isArrayLikeType(type) && !isCallable;
}
