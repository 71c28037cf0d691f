/** Takes an object apart by the members that tell the parts of a union from each other. */

import type { Shape } from "./shape.js";
import type { Unfolded } from "./unfold.js";
import { partsOf } from "./union-of.js";

type ObjectShape = Extract<Shape, { readonly kind: "object" }>;

// As many as the compiler tries.
const MOST = 25;

/**
 * Pieces that together are `object`, each with one literal for every member by which `parts` are told apart; none where there is nothing to
 * take apart, or too much. `{ kind: "a" | "b" }` is no part of `{ kind: "a" } | { kind: "b" }`, but its pieces are.
 */
export function byDiscriminant(object: ObjectShape, parts: readonly Unfolded[]): readonly ObjectShape[] {
  const telling = new Set(
    parts
      .flatMap((part) => (part.kind === "object" ? part.members : []))
      .flatMap(({ name, shape }) => (isTold(shape) ? [name] : [])),
  );
  let pieces: readonly ObjectShape[] = [object];
  for (const { name, shape } of object.members) {
    const values = telling.has(name) ? literalsOf(shape) : [];
    if (values.length < 2) continue;
    pieces = pieces.flatMap((piece) => values.map((value) => withMember(piece, name, value)));
    if (pieces.length > MOST) return [];
  }
  return pieces.length > 1 ? pieces : [];
}

function isTold(shape: Shape): boolean {
  return partsOf(shape).some((part) => part.kind === "literal" || (part.kind === "simple" && part.name === "null"));
}

function literalsOf(shape: Shape): readonly Shape[] {
  return partsOf(shape).flatMap((part): readonly Shape[] => (part.kind === "simple" && part.name === "boolean" ? BOTH : [part]));
}

const BOTH: readonly Shape[] = [
  { kind: "literal", value: false },
  { kind: "literal", value: true },
];

function withMember(object: ObjectShape, name: string, shape: Shape): ObjectShape {
  return { ...object, members: object.members.map((member) => (member.name === name ? { ...member, shape } : member)) };
}
