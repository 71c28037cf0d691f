/** Takes an object or a tuple apart by the places that tell the parts of a union from each other. */

import { isSimple, type Shape, type ShapeMember } from "./shape.js";
import type { Unfolded } from "./unfold.js";
import { partsOf } from "./union-of.js";

type ObjectShape = Extract<Shape, { readonly kind: "object" }>;
type TupleShape = Extract<Shape, { readonly kind: "tuple" }>;

// As many as the compiler tries.
const MOST = 25;

/**
 * Pieces that together are `whole`, each with one literal for every place by which `parts` are told apart, or without it where it may be missing;
 * none where there is nothing to take apart, or too much. `{ kind: "a" | "b" }` is no part of `{ kind: "a" } | { kind: "b" }`, but its pieces are.
 */
export function byDiscriminant(
  whole: ObjectShape | TupleShape,
  parts: readonly Unfolded[],
): readonly (ObjectShape | TupleShape)[] {
  const alike = parts.flatMap((part) => (part.kind === whole.kind ? membersOf(part) : []));
  const telling = new Set(alike.filter(isTold).map(({ name }) => name));
  let pieces: readonly (ObjectShape | TupleShape)[] = [whole];
  for (const member of membersOf(whole)) {
    const versions = telling.has(member.name) ? versionsOf(member) : [];
    if (versions.length < 2) continue;
    pieces = pieces.flatMap((piece) => versions.map((version) => withMember(piece, member.name, version)));
    if (pieces.length > MOST) return [];
  }
  return pieces.length > 1 ? pieces : [];
}

/** The elements of a tuple that are always there are like members with numbers for names. */
function membersOf(shape: Unfolded): readonly ShapeMember[] {
  if (shape.kind === "object") return shape.members;
  if (shape.kind !== "tuple") return [];
  return shape.elements.flatMap((element, index) =>
    element.place === "one" ? [{ name: String(index), optional: false, shape: element.shape }] : [],
  );
}

function isTold({ optional, shape }: ShapeMember): boolean {
  // What may only be missing tells as much as a literal.
  return (
    (optional && isSimple(shape, "never")) || partsOf(shape).some((part) => part.kind === "literal" || isSimple(part, "null"))
  );
}

/** The member with each of its values; undefined where it is missing. */
function versionsOf({ name, optional, shape }: ShapeMember): readonly (ShapeMember | undefined)[] {
  const values = partsOf(shape).flatMap((part): readonly Shape[] => (isSimple(part, "boolean") ? BOTH : [part]));
  const there = values.map((value): ShapeMember => ({ name, optional: false, shape: value }));
  return optional ? [...there, undefined] : there;
}

const BOTH: readonly Shape[] = [
  { kind: "literal", value: false },
  { kind: "literal", value: true },
];

function withMember(whole: ObjectShape | TupleShape, name: string, version: ShapeMember | undefined): ObjectShape | TupleShape {
  if (whole.kind === "object")
    return { ...whole, members: whole.members.flatMap((member) => (member.name === name ? (version ?? []) : member)) };
  const elements = whole.elements.map((element, index) =>
    version !== undefined && String(index) === name ? { ...element, shape: version.shape } : element,
  );
  return { ...whole, elements };
}
