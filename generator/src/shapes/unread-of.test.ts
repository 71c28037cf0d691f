/** What is stored beyond what is taken. */

import { expect, test } from "vitest";
import { shapeText } from "./shape-text.js";
import { parseShape } from "./testing/parse-shape.js";
import { unreadOf } from "./unread-of.js";

test.each<[stored: string, taken: string, unread: string]>([
  ["{ a: 1; b: 2 }", "{ a: 1; b?: 2 }", "nothing"],
  ["{ a: 1; b: 2 } | { a: 1 }", "{ a: number }", "{ a: 1; b: 2 }"],
])("of %s where %s is taken", (stored, taken, unread) => {
  expect(textOf(stored, taken)).toBe(unread);
});

test.each<[stored: string, taken: string, unread: string]>([
  ['{ a: "x-1"; b: 2 }', "{ a: `x-${number}` }", "{ a: `x-${number}`; b: 2 }"],
  ['{ a: "x-1" }', "{ a: `x-${number}` }", "nothing"],
  ["{ a: number; b: 2 }", "{ a: 0 | 1 }", "{ a: 0 | 1; b: 2 }"],
  ["{ a: string[]; b: 2 }", "{ a: { length: number } }", "{ a: { length: number }; b: 2 }"],
  ["{ a: number; b: 2 }[]", "{ a: 0 | 1 }[]", "{ a: 0 | 1; b: 2 }[]"],
  ["[{ a: number; b: 2 }]", "[{ a: 0 | 1 }]", "[{ a: 0 | 1; b: 2 }]"],
  ["{ [key: string]: { a: number; b: 2 } }", "{ [key: string]: { a: 0 | 1 } }", "{ [key: string]: { a: 0 | 1; b: 2 } }"],
  ["{ in: { a: number; b: 2 } | null }", "{ in: { a: 0 | 1 } | null }", "{ in: null | { a: 0 | 1; b: 2 } }"],
  ['{ a: Codec<"late", number>; b: 2 }', '{ a: Codec<"date", string> }', '{ a: Codec<"date", string>; b: 2 }'],
])("also where only the compiler can tell that it fits: of %s where %s is taken", (stored, taken, unread) => {
  expect(textOf(stored, taken)).toBe(unread);
});

function textOf(stored: string, taken: string): string {
  const unread = unreadOf([parseShape(stored)], parseShape(taken));
  return unread === undefined ? "nothing" : shapeText(unread);
}
