/**
 * Writes shapes as JSON that people can read: `{ "text": "string", "due?": ["number"] }`. A simple type is its name, a text literal stands in single
 * quotes, a list has one element; everything else has members that begin with `$`. Reading it is `decode-shape.ts`.
 */

import type { Shape, ShapeMember, TupleElement } from "../shapes/shape.js";

/** What JSON can hold. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

/** The JSON of a shape. */
export function encodeShape(shape: Shape): Json {
  switch (shape.kind) {
    case "simple":
      return shape.name;
    case "literal":
      return typeof shape.value === "string" ? quoted(shape.value) : shape.value;
    case "pattern":
      return { $pattern: shape.text };
    case "array":
      return [encodeShape(shape.element)];
    case "tuple":
      return { $tuple: shape.elements.map(encodeElement) };
    case "object": {
      const others = shape.others === undefined ? {} : { $others: encodeShape(shape.others) };
      return { ...Object.fromEntries(shape.members.map(encodeMember)), ...others };
    }
    case "union":
      return { $union: shape.parts.map(encodeShape) };
    case "codec":
      return { $codec: shape.name, $value: encodeShape(shape.value) };
    case "recursive":
      return { $id: shape.id, $is: encodeShape(shape.shape) };
    case "reference":
      return { $ref: shape.id };
    case "large":
      return { $large: shape.hash };
  }
}

function encodeElement({ place, shape }: TupleElement): Json {
  return place === "one" ? encodeShape(shape) : { [`$${place}`]: encodeShape(shape) };
}

function encodeMember({ name, optional, shape }: ShapeMember): [string, Json] {
  // What could be taken for something else is quoted.
  const written = /^[$']|\?$/.test(name) ? quoted(name) : name;
  return [`${written}${optional ? "?" : ""}`, encodeShape(shape)];
}

function quoted(text: string): string {
  return `'${text.replaceAll(/[\\']/g, "\\$&")}'`;
}
