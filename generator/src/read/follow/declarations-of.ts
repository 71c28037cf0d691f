/** Lists the classes that an object's members may stand in. */

import { ts } from "../../../typescript/index.cjs";
import type { Compiler } from "../compiler.js";

/** The class of a type and its bases, those after it, or the object literal. */
export function declarationsOf({ checker }: Compiler, self: ts.Type | undefined): readonly ts.Node[] {
  const types = self ? [self] : [];
  // Grows while it is gone through.
  for (const type of types) {
    if (type.isClassOrInterface()) types.push(...checker.getBaseTypes(type));
    else if (isReference(type) && type.target.isClassOrInterface()) types.push(...checker.getBaseTypes(type.target));
  }
  return types.flatMap(({ symbol }) => symbol?.declarations ?? []);
}

/** Whether a type is an instantiation of another. */
export function isReference(type: ts.Type): type is ts.TypeReference {
  return (type.flags & ts.TypeFlags.Object) !== 0 && "target" in type && type.target !== undefined;
}
