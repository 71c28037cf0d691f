/** The shapes of primitive types, and what is of several of them at once. Everything that has members is `shape-of.ts`. */

import { ts } from "../../../typescript/index.cjs";
import { shapeText } from "../../shapes/shape-text.js";
import { baseOf, isSimple, type Shape, type SimpleName, simple } from "../../shapes/shape.js";
import { type Compiler, typeText } from "../compiler.js";
import { patternText } from "./pattern-text.js";

// What JSON does not know is refused where it is stored, and may be anything here.
const BY_FLAGS: readonly (readonly [flags: ts.TypeFlags, name: SimpleName])[] = [
  [ts.TypeFlags.Never, "never"],
  [ts.TypeFlags.Null, "null"],
  [ts.TypeFlags.Undefined | ts.TypeFlags.Void, "undefined"],
  [ts.TypeFlags.StringLike, "string"],
  [ts.TypeFlags.NumberLike, "number"],
  [ts.TypeFlags.BigIntLike | ts.TypeFlags.ESSymbolLike | ts.TypeFlags.NonPrimitive, "unknown"],
];

/** The shape of a type without members, members of enums as their values; undefined for any other. */
export function primitiveShape(compiler: Compiler, type: ts.Type): Shape | undefined {
  if (type.isStringLiteral()) return { kind: "literal", value: type.value };
  if (type.isNumberLiteral()) return Number.isFinite(type.value) ? { kind: "literal", value: type.value } : simple("number");
  if (type.flags & ts.TypeFlags.BooleanLiteral) return { kind: "literal", value: typeText(compiler, type) === "true" };
  const pattern = patternText(compiler, type);
  if (pattern !== undefined) return { kind: "pattern", text: pattern };
  const name = BY_FLAGS.find(([flags]) => type.flags & flags)?.[1];
  return name === undefined ? undefined : simple(name);
}

/** What is all of these at once; `branded`: and an object, too. */
export function meetPrimitives(shapes: readonly Shape[], branded: boolean): Shape {
  // In an order of their own, so that patterns of which a text follows several are written alike.
  const known = shapes.filter((shape) => !isSimple(shape, "unknown")).sort((a, b) => (shapeText(a) < shapeText(b) ? -1 : 1));
  const met = known.reduce((a, b) => meet(a, b), known[0] ?? simple("unknown"));
  return branded && (isSimple(met, "null") || isSimple(met, "undefined")) ? simple("never") : met;
}

function meet(a: Shape, b: Shape): Shape {
  if (shapeText(a) === shapeText(b) || isPartOf(a, b)) return a;
  if (isPartOf(b, a)) return b;
  return a.kind === "pattern" && b.kind === "pattern" ? { kind: "pattern", text: `${a.text} & ${b.text}` } : simple("never");
}

// A literal that does not follow a pattern would be refused where it is handed over.
function isPartOf(part: Shape, other: Shape): boolean {
  if (part.kind === "pattern") return isSimple(other, "string");
  if (part.kind !== "literal") return false;
  return isSimple(other, baseOf(part.value)) || (other.kind === "pattern" && typeof part.value === "string");
}
