/** Where a method goes next when it calls a function out of a table of them, by a key that is computed. */

import { expect, test } from "vitest";
import { createReader } from "../testing/read-program.js";
import { createTargetReader } from "../testing/targets-of.js";

const targetsOf = createTargetReader(createReader());

const WIDENED = "?the compiler widens its type to the whole of `S`";
const TABLE = "const table = { x: () => S.B, y: async () => S.C, z: (n: number) => (n > 1 ? S.D : S.A) };";

test.each<[name: string, expected: string, method: string, around: string]>([
  [
    "any function of a table",
    "B, C, D, A",
    "async run() { return table[key](1); }",
    `${TABLE} declare const key: keyof typeof table;`,
  ],
  ["those that the key may mean", "B, C", "async run() { return table[key](); }", `${TABLE} declare const key: "x" | "y";`],
  [
    "in parentheses",
    "B, C",
    "run() { return (table[key]!)(); }",
    "const table = { x: () => S.B, y: () => S.C }; declare const key: keyof typeof table;",
  ],
  ["one that the binding has", "B, C", "run() { return this.table[key](); }", "declare const key: 'x' | 'y';"],
  [
    "a function that is put in later",
    "B, C, D",
    "run() { return table[key](); } swap() { table.x = () => S.D; }",
    "const table = { x: () => S.B, y: () => S.C }; declare const key: keyof typeof table;",
  ],
  [
    "a table that is handed on",
    WIDENED,
    "run() { return table[key](); }",
    "const table = { x: () => S.B, y: () => S.C }; declare const key: keyof typeof table; declare function take(it: object): void; take(table);",
  ],
  [
    "a function that is not at hand",
    WIDENED,
    "run() { return table[key](); }",
    "declare function make<T>(l: T[]): () => T; const table = { x: () => S.B, y: make([S.B]) }; declare const key: keyof typeof table;",
  ],
])("%s", (_, expected, method, around) => {
  const field = "readonly table = { x: () => S.B, y: () => S.C };";
  expect(targetsOf(method.includes("this.table") ? `${field} ${method}` : method, around).targets.join(", ")).toBe(expected);
});
