/** Follows the references of recursive shapes to what they stand for. */

import type { Shape } from "./shape.js";

/** A shape that says by itself what it is. */
export type Unfolded = Exclude<Shape, { readonly kind: "recursive" | "reference" }>;

/** Gives each part of some shapes as {@link Unfolded}: the same one whenever it is asked for the same part. */
export type Unfold = (part: Shape) => Unfolded;

/** Prepares the parts of `root`, each of which stands at one place in it, for being unfolded. */
export function unfolder(root: Shape): Unfold {
  const meant = new Map<Shape, Shape>();
  bind(root, [], meant);
  const unfold = (part: Shape): Unfolded => {
    if (part.kind === "recursive") return unfold(part.shape);
    if (part.kind !== "reference") return part;
    const found = meant.get(part);
    if (found === undefined) throw new Error(`no shape around it has the number ${part.id}`);
    return unfold(found);
  };
  return unfold;
}

type Around = readonly Extract<Shape, { readonly kind: "recursive" }>[];

function bind(shape: Shape, around: Around, meant: Map<Shape, Shape>): void {
  if (shape.kind === "recursive") {
    bind(shape.shape, [...around, shape], meant);
  } else if (shape.kind === "reference") {
    const found = around.findLast(({ id }) => id === shape.id);
    if (found !== undefined) meant.set(shape, found.shape);
  } else {
    for (const part of innerShapes(shape)) bind(part, around, meant);
  }
}

/** The shapes that a shape is made of. */
function innerShapes(shape: Shape): readonly Shape[] {
  switch (shape.kind) {
    case "array":
      return [shape.element];
    case "tuple":
      return shape.elements.map((element) => element.shape);
    case "object":
      return [...shape.members.map((member) => member.shape), ...(shape.others === undefined ? [] : [shape.others])];
    case "union":
      return shape.parts;
    case "codec":
      return [shape.value];
    case "recursive":
      return [shape.shape];
    default:
      return [];
  }
}
