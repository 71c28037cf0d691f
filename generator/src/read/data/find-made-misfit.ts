/** Finds where an object that the runtime makes does not fit a type: the program has no type of it, only those of its members. */

import type { ts } from "../../../typescript/index.cjs";
import type { Compiler } from "../compiler.js";
import { findTypeMisfit, isBuiltIn, type Misfit, propertiesOf } from "./find-type-misfit.js";
import { covers, isWeak } from "./literal-versions.js";
import { isOpen, isPlainObject } from "./type-kinds.js";

/** The members of such an object, each with the types that it may be of. */
export type Made = ReadonlyMap<string, readonly ts.Type[]>;

/** The smallest part that does not fit. `text` is what to call the object where all of it does not. */
export function findMadeMisfit(compiler: Compiler, made: Made, taken: ts.Type, path: string, text: string): Misfit | undefined {
  if (isOpen(taken)) return undefined;
  const { checker } = compiler;
  const whole: Misfit = { path, sent: checker.getUndefinedType(), text, taken };
  if (!isPlainObject(compiler, taken) || isWeak(compiler, made, taken)) return whole;
  for (const { name, type, optional } of propertiesOf(compiler, taken)) {
    const below = `${path}.${name}`;
    const given = made.get(name);
    if (given === undefined && !optional)
      return isBuiltIn(compiler, taken) ? whole : { path: below, sent: checker.getUndefinedType(), taken: type, missing: true };
    for (const sent of given ?? []) {
      const misfit = findTypeMisfit(compiler, sent, type, below);
      if (misfit) return misfit;
    }
  }
  for (const { keyType, type } of checker.getIndexInfosOfType(taken)) {
    for (const [name, given] of made) {
      const misfits = given.map((sent) => findTypeMisfit(compiler, sent, type, `${path}.${name}`));
      const misfit = covers(compiler, keyType, name) ? misfits.find((each) => each !== undefined) : undefined;
      if (misfit) return misfit;
    }
  }
  return undefined;
}
