/** Finds in what a method returns what it leaves behind: what undoes it, and where it has come to. */

import { ts } from "../../../typescript/index.cjs";
import { canoTypeName } from "../cano-export.js";
import { type Compiler, propertyType } from "../compiler.js";
import { unionParts } from "./find-type-misfit.js";

/** The types that `undoable()` leaves behind in what `run` returns. */
export function undoOutputs(compiler: Compiler, returned: ts.Type): readonly ts.Type[] {
  return madeBy(compiler, returned, "Undoable").flatMap((part) => propertyType(compiler, part, "output") ?? []);
}

/** The types of the cursors that `more()` leaves behind in what `step` returns. */
export function stepCursors(compiler: Compiler, returned: ts.Type): readonly ts.Type[] {
  return madeBy(compiler, returned, "More").flatMap((part) => propertyType(compiler, part, "cursor") ?? []);
}

/** What `processItem` of a stream returns: pairs of an output and a cursor; undefined for each part that is none. */
export function itemPairs(compiler: Compiler, returned: ts.Type): readonly (readonly [ts.Type, ts.Type] | undefined)[] {
  // What always throws returns nothing.
  const parts = awaitedParts(compiler, returned).filter(({ flags }) => !(flags & ts.TypeFlags.Never));
  return parts.map((part) => {
    if (!compiler.checker.isTupleType(part)) return undefined;
    const output = propertyType(compiler, part, "0");
    const cursor = propertyType(compiler, part, "1");
    return output && cursor && [output, cursor];
  });
}

function madeBy(compiler: Compiler, returned: ts.Type, name: "Undoable" | "More"): readonly ts.Type[] {
  return awaitedParts(compiler, returned).filter((part) => canoTypeName(compiler, part) === name);
}

function awaitedParts({ checker }: Compiler, type: ts.Type): readonly ts.Type[] {
  return unionParts(checker.getAwaitedType(type) ?? type);
}
