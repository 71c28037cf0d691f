/**
 * What is recorded of a type whose values are stored: plain data, the same for the same type however and wherever it is declared. Made from the
 * compiler's types by `read/data/shape-of.ts`, compared by `find-shape-misfit.ts` and `list-differences.ts`, written to the lock by `lock/`.
 */

/** A description of values as they are stored. Only objects, arrays, tuples and codecs may be recursive. */
export type Shape =
  | { readonly kind: "simple"; readonly name: SimpleName }
  | { readonly kind: "literal"; readonly value: string | number | boolean }
  /** Texts that follow a pattern, as the type says it: `` `order-${number}` ``. What another says of them is not told, so that only the same one fits. */
  | { readonly kind: "pattern"; readonly text: string }
  | { readonly kind: "array"; readonly element: Shape }
  | { readonly kind: "tuple"; readonly elements: readonly TupleElement[] }
  /** `others`: what members with any other name are. Members are sorted by name. */
  | { readonly kind: "object"; readonly members: readonly ShapeMember[]; readonly others: Shape | undefined }
  /** At least two parts, none of them a union, each once, sorted by their text. Made by `unionOf`. */
  | { readonly kind: "union"; readonly parts: readonly Shape[] }
  /** What the codec of this name encodes to `value`. */
  | { readonly kind: "codec"; readonly name: string; readonly value: Shape }
  /** A shape that refers to itself: to the nearest one around it with the same number. */
  | { readonly kind: "recursive"; readonly id: number; readonly shape: Shape }
  | { readonly kind: "reference"; readonly id: number }
  /** A type of which too much would have to be recorded: what it is, is told by a hash only. */
  | { readonly kind: "large"; readonly hash: string };

/** `undefined` is what is not stored at all, `never` what there is no value of. */
export type SimpleName = (typeof SIMPLE_NAMES)[number];

/** Every simple shape. */
export const SIMPLE_NAMES = ["string", "number", "boolean", "null", "undefined", "unknown", "never"] as const;

/** A member of an object. One that may be undefined is optional: JSON leaves it out. */
export interface ShapeMember {
  readonly name: string;
  readonly optional: boolean;
  readonly shape: Shape;
}

/** An element of a tuple, or any number of them. */
export interface TupleElement {
  readonly place: "one" | "optional" | "rest";
  readonly shape: Shape;
}

/** A simple shape. */
export function simple(name: SimpleName): Shape {
  return { kind: "simple", name };
}

/** An object of these members, whatever their order. */
export function objectOf(members: readonly ShapeMember[], others?: Shape): Shape {
  return { kind: "object", members: [...members].sort((a, b) => (a.name < b.name ? -1 : 1)), others };
}

/** Whether a shape is this simple one. */
export function isSimple(shape: Shape, name: SimpleName): boolean {
  return shape.kind === "simple" && shape.name === name;
}

/** What a literal is one of. */
export function baseOf(value: string | number | boolean): "string" | "number" | "boolean" {
  if (typeof value === "string") return "string";
  return typeof value === "number" ? "number" : "boolean";
}
