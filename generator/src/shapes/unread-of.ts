/** Tells what is stored beyond what is taken of it. */

import { fits } from "./find-shape-misfit.js";
import { isSimple, objectOf, type Shape, type TupleElement } from "./shape.js";
import { partsOf, unionOf } from "./union-of.js";

/**
 * What of `stored` has more than is taken: `{ a: 1, b: 2 }` where that is `{ a: 1 }`. Undefined where nothing has. Nobody may have read `b`, but it must
 * not be forgotten: it may be taken later, as something else.
 */
export function unreadOf(stored: readonly (Shape | undefined)[], taken: Shape | undefined): Shape | undefined {
  const parts = stored.flatMap((shape) => (shape === undefined ? [] : partsOf(shape)));
  const unread = parts.flatMap((part) => {
    if (taken === undefined) return isSimple(part, "undefined") ? [] : [part];
    return partsOf(asTaken(part, taken)).filter((known) => fits(known, taken) && !fits(known, taken, "exact"));
  });
  return unread.length === 0 ? undefined : unionOf(unread);
}

/**
 * What is stored, where it fits; where only the compiler can tell why it does, what is taken: of `{ a: "x-1"; b: 2 }` it lets `a` be a pattern or an
 * enum, but `b` is stored all the same. What refers to itself stays as a whole, since its parts mean something only there.
 */
function asTaken(stored: Shape, taken: Shape): Shape {
  if (fits(stored, taken)) return stored;
  if (stored.kind === "union") return unionOf(stored.parts.map((part) => asTaken(part, taken)));
  if (taken.kind === "union") {
    const alike = taken.parts.filter(({ kind }) => kind === stored.kind);
    return alike.length === 0 ? taken : unionOf(alike.map((part) => asTaken(stored, part)));
  }
  if (stored.kind === "array" && taken.kind === "array")
    return { kind: "array", element: asTaken(stored.element, taken.element) };
  if (stored.kind === "tuple" && taken.kind === "tuple" && stored.elements.length === taken.elements.length)
    return {
      kind: "tuple",
      elements: stored.elements.map(({ place, shape }, index): TupleElement => ({
        place,
        shape: asTaken(shape, taken.elements[index]?.shape ?? shape),
      })),
    };
  if (stored.kind !== "object" || taken.kind !== "object") return taken;
  const takenAs = (name: string): Shape | undefined =>
    taken.members.find((member) => member.name === name)?.shape ?? taken.others;
  return objectOf(
    stored.members.map((member) => ({ ...member, shape: asTaken(member.shape, takenAs(member.name) ?? member.shape) })),
    stored.others && asTaken(stored.others, taken.others ?? stored.others),
  );
}
