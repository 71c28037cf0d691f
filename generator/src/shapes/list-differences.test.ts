/** Where two shapes differ. */

import fc from "fast-check";
import { expect, test } from "vitest";
import { fits } from "./find-shape-misfit.js";
import { differenceWords, listDifferences } from "./list-differences.js";
import { parseShape } from "./testing/parse-shape.js";
import { anyShape } from "./testing/shapes-and-values.js";

test.each<[was: string, is: string, differences: readonly string[]]>([
  ["{ a: string }", "{ a: string }", []],
  ["#0 = { next?: #0 }", "{ next?: #1 = { next?: #1 } }", []],
  ["string", "string | null", ["was `string`, is `null | string`"]],
  ["string", "number", ["! was `string`, is `number`"]],
  [
    "{ a: string; b: number; c?: 1; d: { e: 1 }[] }",
    "{ a: number; c: 1; d: { e: 1 | 2; f?: null }[]; g: 1; h?: 2 }",
    [
      "! `.a` was `string`, is `number`",
      "`.b` was `number`, is not read any more",
      "! `.c` was `1 | undefined`, is `1`",
      "`.d[].e` was `1`, is `1 | 2`",
      "`.d[].f` was missing, is `null | undefined`",
      "! `.g` was missing, is `1`",
      "`.h` was missing, is `2 | undefined`",
    ],
  ],
  ["{ a: 1 }", "{ a?: 2 }", ["! `.a` was `1`, is `2 | undefined`"]],
  ["{ a: { b: 1 } | null }", "{ a: { b: 2 } | null }", ["! `.a.b` was `1`, is `2`"]],
  ["{ a: { b: 1 } | null }", "{ a: { b: 1 } }", ["! `.a` was `null | { b: 1 }`, is `{ b: 1 }`"]],
  ["{ [key: string]: 1 }", "{ a?: 1; [key: string]: 2 }", ["! `.*` was `1`, is `2`"]],
  [
    "{ a: string; b: 1 }",
    "{ [key: string]: number }",
    ["! `.a` was `string`, is `number`", "`.b` was `1`, is `number`", "`.*` was missing, is `number`"],
  ],
  ['{ k: "a" | "b" }', '{ k: "a" } | { k: "b" }', []],
  ["#0 = { n: 1; next?: #0 }", "#0 = { n: 2; next?: #0 }", ["! `.n` was `1`, is `2`"]],
  ["{ [key: string]: 1 }", "{ a: 1; [key: string]: 1 }", ["! `.a` was `1 | undefined`, is `1`"]],
  ["[1, 2]", "[1, 3]", ["! `[1]` was `2`, is `3`"]],
  ["{ a: 1; b: 1 } | { b: 1 }", "{ a?: 2; b: 1 }", ["! `.a` was `1`, is `2`"]],
])("%s, then %s", (was, is, differences) => {
  const found = listDifferences(parseShape(was), parseShape(is));
  expect(found.map((difference) => `${difference.fits ? "" : "! "}${differenceWords(difference)}`)).toEqual(differences);
});

test("a text that is too long is cut", () => {
  const [difference] = listDifferences(parseShape("string"), parseShape(`{ ${"a: string; ".repeat(50)} }`));
  expect(difference && differenceWords(difference)).toMatch(/^was `string`, is `\{ a: .{95}…`$/);
});

test("something does harm if the whole does not fit, and only then", () => {
  fc.assert(
    fc.property(anyShape(), anyShape(), (was, is) => {
      expect(listDifferences(was, is).every((difference) => difference.fits)).toBe(fits(was, is));
    }),
    { numRuns: 1_000 },
  );
});

test("nothing differs from itself", () => {
  fc.assert(
    fc.property(anyShape(), (shape) => {
      expect(listDifferences(shape, shape)).toEqual([]);
    }),
  );
});
