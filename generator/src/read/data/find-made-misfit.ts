/** Finds where an object that the runtime makes does not fit a type: the program has no type of it, only those of its members. */

import type { ts } from "../../../typescript/index.cjs";
import type { Compiler } from "../compiler.js";
import { findTypeMisfit, type Misfit, propertiesOf } from "./find-type-misfit.js";
import { isObject, isOpen } from "./type-kinds.js";

/** The members of such an object, each with the types that it may be of. */
export type Made = ReadonlyMap<string, readonly ts.Type[]>;

/** The smallest part that does not fit. `text` is what to call the object where all of it does not. */
export function findMadeMisfit(compiler: Compiler, made: Made, taken: ts.Type, path: string, text: string): Misfit | undefined {
  if (isOpen(taken)) return undefined;
  if (!isObject(taken)) return { path, sent: compiler.checker.getUndefinedType(), text, taken };
  for (const { name, type, optional } of propertiesOf(compiler, taken)) {
    const below = `${path}.${name}`;
    const given = made.get(name);
    if (given === undefined && !optional)
      return { path: below, sent: compiler.checker.getUndefinedType(), taken: type, missing: true };
    for (const sent of given ?? []) {
      const misfit = findTypeMisfit(compiler, sent, type, below);
      if (misfit) return misfit;
    }
  }
  return undefined;
}
