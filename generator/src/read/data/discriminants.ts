/** Takes a value apart by what tells the parts of a union from each other, as the compiler does: `{ kind: "a" | "b" }` is `{ kind: "a" }`, or `{ kind: "b" }`. */

import type { ts } from "../../../typescript/index.cjs";
import { type Compiler, propertyType } from "../compiler.js";
import type { Types } from "./find-type-misfit.js";
import { MOST_CASES } from "./literal-versions.js";
import { isUnit } from "./type-kinds.js";

/** For some members of a value, by their names, the one type of theirs that it is taken to have. */
export type Choice = ReadonlyMap<string, ts.Type>;

/**
 * Every choice among the types of those members that decide which part of a union the value is: whose types are all single values, and do not all fit each
 * part. `undefined` where nothing decides, or where there are more than the compiler itself tries (`typeRelatedToDiscriminatedType`).
 */
export function choicesOf(compiler: Compiler, members: Types, parts: readonly ts.Type[]): readonly Choice[] | undefined {
  const deciding = [...members].filter(
    ([name, types]) => types.length > 1 && types.every(isUnit) && decides(compiler, name, types, parts),
  );
  const count = deciding.reduce((product, [, types]) => product * types.length, 1);
  if (deciding.length === 0 || count > MOST_CASES) return undefined;
  return deciding.reduce<readonly Choice[]>(
    (choices, [name, types]) => choices.flatMap((choice) => types.map((type) => new Map([...choice, [name, type]]))),
    [new Map()],
  );
}

function decides(compiler: Compiler, name: string, types: readonly ts.Type[], parts: readonly ts.Type[]): boolean {
  return parts.some((part) => {
    const taken = propertyType(compiler, part, name);
    return taken !== undefined && !types.every((type) => compiler.checker.isTypeAssignableTo(type, taken));
  });
}
