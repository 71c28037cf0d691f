/** Which values of an earlier shape are values of a later one. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findShapeMisfit, fits, type ShapeMisfit } from "./find-shape-misfit.js";
import { shapeText } from "./shape-text.js";
import { objectOf, type Shape, simple } from "./shape.js";
import { parseShape } from "./testing/parse-shape.js";
import { anyShape, isOf, valueOf } from "./testing/shapes-and-values.js";
import { unionOf } from "./union-of.js";

function shown(misfit: ShapeMisfit | undefined): string {
  const text = (shape: Shape | undefined): string => (shape === undefined ? "nothing" : shapeText(shape));
  return misfit === undefined ? "fits" : `${misfit.path}: ${text(misfit.was)} -> ${text(misfit.is)}`;
}

const same = [
  "string",
  '"a" | 1 | null',
  "{ a?: string; [key: string]: string }",
  "[string, ...number[], boolean]",
  "#0 = { next?: #0 | null }",
  'Codec<"date", string>',
  "(`order-${number}` | null)[]",
];

test.each(same)("%s is what it is", (text) => {
  expect(shapeText(parseShape(text))).toBe(text);
  expect(fits(parseShape(text), parseShape(text), "exact")).toBe(true);
});

describe("what fits", () => {
  test.each<[was: string, is: string]>([
    ["string", "unknown"],
    ["undefined", "string | undefined"],
    ['"a"', "string"],
    ["true", "boolean"],
    ["`a-${number}`", "string"],
    ["`a-${number}`", "`a-${number}` | null"],
    ['"a" | 1', '"a" | "b" | number'],
    ["never", "string"],
    ["{ a: string }", "{ a: string; b?: number }"],
    ["{ a: string }", "{ a?: string | number }"],
    ["{ a: string; b: number }", "{ a: string }"],
    ["{ a: { b: 1 }[] }", "{ a: { b: number }[] }"],
    ["{ a: string; b: string }", "{ [key: string]: string }"],
    ["{ [key: string]: number }", "{ a?: number | string }"],
    ["[string, string]", "string[]"],
    ["[string]", "[string, number?]"],
    ["[string, ...number[]]", "[string, ...number[]]"],
    ["[1, 2, 3]", "[number, ...number[]]"],
    ['{ k: "a" | "b"; x: string }', '{ k: "a"; x: string } | { k: "b"; x: string; y?: number }'],
    ["{ ok: boolean }", "{ ok: true } | { ok: false; why?: string }"],
    ['{ k?: "a" | "b" }', '{ k?: "a"; x?: string } | { k: "b"; y?: number }'],
    ["{ why?: string }", "{ why?: never } | { why: string; at?: number }"],
    ['["a" | "b", number]', '["a", number] | ["b", number, string?]'],
    ["#0 = { next?: #0 }", "#0 = { next?: #0; name?: string }"],
    ["#0 = { next?: #0 }", "{ next?: { next?: #2 = { next?: #2 | null } } }"],
    ["{ next?: { next?: #2 = { next?: #2 } } }", "#0 = { next?: #0 }"],
    ["#0 = { a?: #1 = { b?: #0; c?: #1 } }", "#0 = { a?: #0; b?: #0; c?: #0 }"],
  ])("%s as %s", (was, is) => {
    expect(shown(findShapeMisfit(parseShape(was), parseShape(is)))).toBe("fits");
  });
});

describe("what does not", () => {
  test.each<[was: string, is: string, misfit: string]>([
    ["string", "number", ": string -> number"],
    ["string", '"a"', ': string -> "a"'],
    ["boolean", "true", ": boolean -> true"],
    ["string", "`a-${number}`", ": string -> `a-${number}`"],
    ["`a-${number}`", "`b-${number}`", ": `a-${number}` -> `b-${number}`"],
    ['"a-1"', "`a-${number}`", ': "a-1" -> `a-${number}`'],
    ["unknown", "string", ": unknown -> string"],
    ["string | null", "string", ": null | string -> string"],
    ["{ a: string }", "string", ": { a: string } -> string"],
    ["{ a: string }", "{ a: string; b: number }", ".b: nothing -> number"],
    ["{ a?: string }", "{ a: string }", ".a: string | undefined -> string"],
    ["{ a: string }", "{ a: number | null }", ".a: string -> null | number"],
    ["{ lines: { due: string }[] }", "{ lines: { due: number }[] }", ".lines[].due: string -> number"],
    ["{ a: { b: 1 } | null }", "{ a: { b: 2 } | null }", ".a.b: 1 -> 2"],
    ["{ a: { b: 1 } | null }", "{ a: { b: 1 } }", ".a: null | { b: 1 } -> { b: 1 }"],
    ["{ a: string; b: number }", "{ [key: string]: string }", ".b: number -> string"],
    ["{ [key: string]: string }", "{ a: string }", ".a: string | undefined -> string"],
    ["{ [key: string]: string }", "{ a?: number }", ".a: string -> number"],
    ["{ [key: string]: string }", "{ [key: string]: number }", ".*: string -> number"],
    ["[string, number]", "string[]", "[]: number -> string"],
    ["string[]", "[string]", ": string[] -> [string]"],
    ["[string]", "[string, number]", ": [string] -> [string, number]"],
    ["[string, string]", "[string]", ": [string, string] -> [string]"],
    ["[1, 2]", "[1, 3]", "[1]: 2 -> 3"],
    ['Codec<"date", string>', "string", ': Codec<"date", string> -> string'],
    ['Codec<"date", string>', 'Codec<"day", string>', ': Codec<"date", string> -> Codec<"day", string>'],
    ['{ a: Codec<"m", [string]> }', '{ a: Codec<"m", [number]> }', '.a: Codec<"m", [string]> -> Codec<"m", [number]>'],
    ['{ k: "a" | "b" }', '{ k: "a" } | { k: "c" }', ': { k: "a" | "b" } -> { k: "a" } | { k: "c" }'],
    ["#0 = { next?: #0 | null }", "#0 = { next?: #0 }", ".next: #0 | null -> { next?: #0 }"],
    ["#0 = { next?: #0; n: 1 }", "{ next?: { next?: { n: 2 }; n: 1 }; n: 1 }", ".next.next.n: 1 -> 2"],
  ])("%s as %s", (was, is, misfit) => {
    expect(shown(findShapeMisfit(parseShape(was), parseShape(is)))).toBe(misfit);
  });
});

test("exactly: what is stored and not read is a misfit, too", () => {
  const misfit = (was: string, is: string): string => shown(findShapeMisfit(parseShape(was), parseShape(is), "exact"));
  expect(misfit("{ a: 1; b: { c: 1; d: 2 } }", "{ a: 1; b: { d: 2 } }")).toBe(".b.c: 1 -> nothing");
  expect(misfit("{ [key: string]: 1 }", "{ a?: 1 }")).toBe(".*: 1 -> nothing");
  expect(misfit("{ a: 1 } | { a: 1; b: 2 }", "{ a: number; b?: number }")).toBe("fits");
  expect(misfit("{ a?: 1 }", "{ a: 1 } | {}")).toBe("fits");
});

/** Ways to choose, as random as `numbers`. */
function chooser(numbers: readonly number[]): (ways: number) => number {
  let place = 0;
  return (ways) => (numbers[place++ % numbers.length] ?? 0) % ways;
}

/** The shape with some of its parts made wider; each change is decided by `choose`. */
function widened(shape: Shape, choose: (ways: number) => number): Shape {
  const inner = (part: Shape): Shape => widened(part, choose);
  if (choose(6) === 0 && shape.kind !== "reference") return unionOf([shape, simple("null"), { kind: "literal", value: "c" }]);
  switch (shape.kind) {
    case "literal":
      return choose(2) === 0 ? simple(typeof shape.value as "string") : shape;
    case "pattern":
      return choose(2) === 0 ? simple("string") : shape;
    case "array":
      return { ...shape, element: inner(shape.element) };
    case "tuple":
      return { ...shape, elements: shape.elements.map((element) => ({ ...element, shape: inner(element.shape) })) };
    case "object": {
      // What is dropped may be stored still: it comes under what other members are.
      const kept = shape.others === undefined ? shape.members.filter(() => choose(4) > 0) : shape.members;
      const members = kept.map((member) => ({
        ...member,
        optional: member.optional || choose(3) === 0,
        shape: inner(member.shape),
      }));
      const isNew = shape.others === undefined && choose(3) === 0;
      return objectOf(
        isNew ? [...members, { name: "new", optional: true, shape: simple("number") }] : members,
        shape.others && inner(shape.others),
      );
    }
    case "union":
      return unionOf(shape.parts.map(inner));
    case "codec":
      return { ...shape, value: inner(shape.value) };
    case "recursive": {
      const body = inner(shape.shape);
      return { ...shape, shape: body };
    }
    default:
      return shape;
  }
}

const numbers = fc.array(fc.nat({ max: 1_000 }), { minLength: 50, maxLength: 50 });

describe("for all shapes", () => {
  test("each fits itself", () => {
    fc.assert(fc.property(anyShape(), (shape) => fits(shape, shape, "exact")));
  });

  test("each fits what is wider", () => {
    fc.assert(
      fc.property(anyShape(), numbers, (shape, random) => {
        expect(shown(findShapeMisfit(shape, widened(shape, chooser(random))))).toBe("fits");
      }),
    );
  });

  test.each(["read", "exact"] as const)("what fits is a value of both (%s)", (reading) => {
    let compared = 0;
    const other = fc.oneof(anyShape(), numbers);
    fc.assert(
      fc.property(anyShape(), other, numbers, (was, change, random) => {
        const is = Array.isArray(change) ? widened(was, chooser(change)) : change;
        const value = valueOf(was, chooser(random));
        if (value === undefined || !fits(was, is, reading)) return;
        compared += 1;
        expect(isOf(was, value, true), "it is what it was made of").toBe(true);
        expect(isOf(is, value, reading === "exact")).toBe(true);
      }),
      { numRuns: 2_000 },
    );
    expect(compared).toBeGreaterThan(200);
  });
});
