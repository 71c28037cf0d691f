/** Takes a value apart by what tells the parts of a union from each other, as the compiler does: `{ kind: "a" | "b" }` is `{ kind: "a" }`, or `{ kind: "b" }`. */

import type { ts } from "../../../typescript/index.cjs";
import { type Compiler, propertyType } from "../compiler.js";
import { unionParts } from "./find-type-misfit.js";
import { isUnit } from "./type-kinds.js";

/** For some members of a value, by their names, the one type of theirs that it is taken to have. */
export type Choice = ReadonlyMap<string, ts.Type>;

/** So many choices the compiler itself tries (`typeRelatedToDiscriminatedType`). */
const MOST = 25;

/**
 * Every choice among the types of those members that decide which part of a union the value is: whose types are all single values, and do not all fit each
 * part. `undefined` where nothing does, or where there are too many.
 */
export function choicesOf(compiler: Compiler, members: Choice, parts: readonly ts.Type[]): readonly Choice[] | undefined {
  const deciding = [...members].filter(([name, type]) => type.isUnion() && isUnit(type) && decides(compiler, name, type, parts));
  const count = deciding.reduce((product, [, type]) => product * unionParts(type).length, 1);
  if (deciding.length === 0 || count > MOST) return undefined;
  return deciding.reduce<readonly Choice[]>(
    (choices, [name, type]) => choices.flatMap((choice) => unionParts(type).map((part) => new Map([...choice, [name, part]]))),
    [new Map()],
  );
}

function decides(compiler: Compiler, name: string, type: ts.Type, parts: readonly ts.Type[]): boolean {
  return parts.some((part) => {
    const taken = propertyType(compiler, part, name);
    return taken !== undefined && !compiler.checker.isTypeAssignableTo(type, taken);
  });
}
