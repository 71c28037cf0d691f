/** Makes unions of shapes: the same one for the same parts, in whatever order and however often they are given. */

import { shapeText } from "./shape-text.js";
import { baseOf, isSimple, type Shape, simple } from "./shape.js";

/** What is any of `shapes`: `never` for none, the shape itself for one. */
export function unionOf(shapes: readonly Shape[]): Shape {
  const flat = shapes.flatMap((shape) => (shape.kind === "union" ? shape.parts : [shape]));
  const distinct = new Map(flat.map((shape) => [shapeText(shape), shape]));
  if (distinct.has("unknown")) return simple("unknown");
  if (distinct.has("true") && distinct.has("false")) distinct.set("boolean", simple("boolean"));
  const parts = [...distinct]
    .filter(([, shape]) => !isSimple(shape, "never") && !distinct.has(widerOf(shape) ?? ""))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, shape]) => shape);
  const [first, second] = parts;
  if (first === undefined) return simple("never");
  return second === undefined ? first : { kind: "union", parts };
}

function widerOf(shape: Shape): string | undefined {
  if (shape.kind === "pattern") return "string";
  return shape.kind === "literal" ? baseOf(shape.value) : undefined;
}

/** The parts of a union; any other shape alone. */
export function partsOf(shape: Shape): readonly Shape[] {
  return shape.kind === "union" ? shape.parts : [shape];
}

/** What is left of a shape for a value that is there. */
export function withoutUndefined(shape: Shape): Shape {
  return unionOf(partsOf(shape).filter((part) => !isSimple(part, "undefined")));
}
