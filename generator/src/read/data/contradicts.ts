/** Tells whether two types that one value must have contradict each other. */

import { ts } from "../../../typescript/index.cjs";
import type { Compiler } from "../compiler.js";
import { isHidden } from "./is-hidden.js";
import { isPlainObject } from "./type-kinds.js";

// Types may refer to themselves; what agrees this far down is taken to agree.
const DEEPEST = 6;

/** Whether no value can sensibly be of both types: neither fits the other, and they do not merge as objects. */
export function contradicts(compiler: Compiler, first: ts.Type, second: ts.Type, depth = 0): boolean {
  const { checker } = compiler;
  if (checker.isTypeAssignableTo(first, second) || checker.isTypeAssignableTo(second, first)) return false;
  if (!isPlainObject(compiler, first) || !isPlainObject(compiler, second)) return true;
  if (depth >= DEEPEST) return false;
  return checker.getPropertiesOfType(first).some((property) => {
    const other = checker.getPropertyOfType(second, property.name);
    if (other === undefined) return false;
    // Two classes with a private member of one name are two nominal types.
    if (isHidden(property) || isHidden(other)) return property.valueDeclaration !== other.valueDeclaration;
    return contradicts(compiler, checker.getTypeOfSymbol(property), checker.getTypeOfSymbol(other), depth + 1);
  });
}
