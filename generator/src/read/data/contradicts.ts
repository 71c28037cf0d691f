/** Tells whether two types that one value must have contradict each other. */

import { ts } from "../../../typescript/index.cjs";
import type { Compiler } from "../compiler.js";
import { isHidden } from "./is-hidden.js";
import { isPlainObject } from "./type-kinds.js";

// Types may refer to themselves; what agrees this far down is taken to agree.
const DEEPEST = 6;

/**
 * Whether no value can sensibly be of both types: neither fits the other, and they do not merge as objects. What one of them lets be missing is there
 * where the other needs it.
 */
export function contradicts(compiler: Compiler, first: ts.Type, second: ts.Type, depth = 0): boolean {
  const { checker } = compiler;
  if (checker.isTypeAssignableTo(first, second) || checker.isTypeAssignableTo(second, first)) return false;
  const [one, two] = [checker.getNonNullableType(first), checker.getNonNullableType(second)];
  if (one !== first || two !== second) return [one, two].some(isNothing) || contradicts(compiler, one, two, depth);
  if (!isPlainObject(compiler, one) || !isPlainObject(compiler, two)) return true;
  if (depth >= DEEPEST) return false;
  return checker.getPropertiesOfType(one).some((property) => {
    // A symbol, as in `[Symbol.iterator]`, has no name that it could be asked for by.
    const other = checker.getPropertiesOfType(two).find(({ escapedName }) => escapedName === property.escapedName);
    if (other === undefined) return false;
    // Two classes with a private member of one name are two nominal types.
    if (isHidden(property) || isHidden(other)) return property.valueDeclaration !== other.valueDeclaration;
    return contradicts(compiler, checker.getTypeOfSymbol(property), checker.getTypeOfSymbol(other), depth + 1);
  });
}

function isNothing({ flags }: ts.Type): boolean {
  return (flags & ts.TypeFlags.Never) !== 0;
}
