/** Random shapes, random values of a shape, and whether a value is one: for properties of what compares shapes. */

import fc from "fast-check";
import { objectOf, type Shape, type ShapeMember, simple, type TupleElement } from "../shape.js";
import { type Unfold, unfolder } from "../unfold.js";
import { unionOf } from "../union-of.js";

const LEAVES: readonly Shape[] = [
  simple("string"),
  simple("number"),
  simple("boolean"),
  simple("null"),
  simple("unknown"),
  { kind: "literal", value: "a" },
  { kind: "literal", value: "b" },
  { kind: "literal", value: 1 },
  { kind: "literal", value: true },
  { kind: "pattern", text: "`p${number}`" },
  { kind: "pattern", text: "`q${number}`" },
  { kind: "large", hash: "Zm9v" },
];

const NAMES = ["a", "b", "c"] as const;

/** A shape; `around` are the numbers of the recursive shapes that it may refer to. */
export function anyShape(depth = 3, around: readonly number[] = []): fc.Arbitrary<Shape> {
  // A new one each time: every part of a shape stands at one place.
  const leaf = fc
    .constantFrom(...LEAVES, ...around)
    .map((part): Shape => (typeof part === "number" ? { kind: "reference", id: part } : part));
  if (depth === 0) return leaf;
  const inner = anyShape(depth - 1, around);
  const object = anyObject(inner);
  const recursive = anyObject(anyShape(depth - 1, [...around, around.length])).map((shape): Shape => ({
    kind: "recursive",
    id: around.length,
    shape,
  }));
  return fc.oneof(
    { weight: 2, arbitrary: leaf },
    { weight: 4, arbitrary: object },
    { weight: 2, arbitrary: recursive },
    { weight: 2, arbitrary: inner.map((element): Shape => ({ kind: "array", element })) },
    { weight: 1, arbitrary: anyTuple(inner) },
    { weight: 3, arbitrary: fc.array(inner, { minLength: 1, maxLength: 3 }).map(unionOf) },
    { weight: 1, arbitrary: inner.map((value): Shape => ({ kind: "codec", name: "k", value })) },
  );
}

function anyObject(inner: fc.Arbitrary<Shape>): fc.Arbitrary<Shape> {
  const member = (name: string): fc.Arbitrary<ShapeMember | undefined> =>
    fc.option(fc.record({ name: fc.constant(name), optional: fc.boolean(), shape: inner }), { nil: undefined });
  const others = fc.option(inner, { nil: undefined, freq: 5 });
  return fc.tuple(fc.tuple(...NAMES.map(member)), others).map(([members, index]) =>
    objectOf(
      members.filter((found) => found !== undefined),
      index,
    ),
  );
}

function anyTuple(inner: fc.Arbitrary<Shape>): fc.Arbitrary<Shape> {
  const several = (place: TupleElement["place"], maxLength: number): fc.Arbitrary<TupleElement[]> =>
    fc.array(
      inner.map((shape) => ({ place, shape })),
      { maxLength },
    );
  return fc
    .tuple(several("one", 2), several("optional", 1), several("rest", 1), several("one", 1))
    .map(([ones, optional, rest, last]): Shape => ({
      kind: "tuple",
      elements: [...ones, ...optional, ...rest, ...(optional.length === 0 ? last : [])],
    }));
}

/** A value of a shape, decided by `choose`, which is given how many ways there are; undefined when none was found. */
export function valueOf(shape: Shape, choose: (ways: number) => number): unknown {
  try {
    return make(shape, unfolder(shape), choose, 8);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

// Only a `RangeError` says that this way leads to no value.
function make(given: Shape, unfold: Unfold, choose: (ways: number) => number, fuel: number): unknown {
  if (fuel < 0) throw new RangeError("too deep");
  const shape = unfold(given);
  const inner = (part: Shape): unknown => make(part, unfold, choose, fuel - 1);
  const many = (part: Shape): unknown[] => Array.from({ length: fuel > 1 ? choose(3) : 0 }, () => inner(part));
  switch (shape.kind) {
    case "simple":
      return {
        string: "z",
        number: 7,
        boolean: choose(2) === 0,
        null: null,
        unknown: { z: [] },
        undefined: undefined,
        never: undefined,
      }[shape.name];
    case "literal":
      return shape.value;
    // Nobody follows a pattern here: its text stands for all texts of it.
    case "pattern":
      return shape.text;
    case "array":
      return many(shape.element);
    case "tuple": {
      // What may be missing is missing with all that follows.
      const isWhole = choose(2) === 0 || shape.elements.every(({ place }) => place !== "optional");
      const elements = isWhole ? shape.elements : shape.elements.filter(({ place }) => place === "one");
      return elements.flatMap(({ place, shape: part }) => (place === "rest" ? many(part) : [inner(part)]));
    }
    case "object": {
      const members = shape.members.filter(({ optional }) => !optional || (fuel > 1 && choose(2) === 0));
      const { others } = shape;
      const more = others === undefined ? [] : many(others).map((value, place) => [`other${place}`, value] as const);
      return Object.fromEntries([...members.map(({ name, shape: part }) => [name, inner(part)] as const), ...more]);
    }
    case "union":
      return inner(shape.parts[choose(shape.parts.length)] ?? simple("never"));
    case "codec":
      return { $codec: shape.name, value: inner(shape.value) };
    case "large":
      return { $large: shape.hash };
  }
}

/** Whether a value is one of a shape; `exact`: without any member that the shape does not have. */
export function isOf(shape: Shape, value: unknown, exact: boolean): boolean {
  const unfold = unfolder(shape);
  const is = (given: Shape, part: unknown): boolean => {
    const known = unfold(given);
    switch (known.kind) {
      case "simple":
        return known.name === "unknown" || known.name === (part === null ? "null" : typeof part);
      case "literal":
        return part === known.value;
      case "pattern":
        return part === known.text;
      case "array":
        return Array.isArray(part) && part.every((item) => is(known.element, item));
      case "tuple":
        return Array.isArray(part) && isList(known.elements, part);
      case "object":
        return (
          isRecord(part) &&
          !("$codec" in part) &&
          known.members.every((member) => hasMember(member, part)) &&
          hasOthers(known, part)
        );
      case "union":
        return known.parts.some((one) => is(one, part));
      case "codec":
        return isRecord(part) && part["$codec"] === known.name && is(known.value, part["value"]);
      case "large":
        return isRecord(part) && part["$large"] === known.hash;
    }
  };
  const hasMember = ({ name, optional, shape: part }: ShapeMember, record: Record<string, unknown>): boolean =>
    Object.hasOwn(record, name) ? is(part, record[name]) : optional;
  const hasOthers = ({ members, others }: Extract<Shape, { kind: "object" }>, record: Record<string, unknown>): boolean =>
    Object.entries(record)
      .filter(([name]) => members.every((member) => member.name !== name))
      .every(([, part]) => (others === undefined ? !exact : is(others, part)));
  const isList = ([element, ...rest]: readonly TupleElement[], list: readonly unknown[]): boolean => {
    if (element === undefined) return list.length === 0;
    if (element.place === "rest")
      return isList(rest, list) || (list.length > 0 && is(element.shape, list[0]) && isList([element, ...rest], list.slice(1)));
    if (list.length === 0) return element.place === "optional" && isList(rest, list);
    return is(element.shape, list[0]) && isList(rest, list.slice(1));
  };
  return is(shape, value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
