/** Which part of what is handed over is told where it does not fit: types with brands, types that refer to themselves, keys that are symbols. */

import { expect, test } from "vitest";
import { createFitReader } from "../testing/fit-of.js";

const { fitOf } = createFitReader({});

const IDS = `type Id = string & { readonly brand: "id" }; type Key = string & { readonly brand: "key" };
declare const id: Id; declare const order: { id: Id };`;

test.each<[value: string, taken: string, expected: string]>([
  ["order", "Id", ": { id: Id; } -> Id at order"],
  ["{ id: {} }", "{ id: Id }", ".id: {} -> Id at {}"],
  ["id", "{ id: Id }", ": Id -> { id: Id; } at id"],
  ["order", "{ id: Key }", ".id: Id -> Key at order"],
  ["{ id, n: 1 }", "{ id: Key; n: 1 }", ".id: Id -> Key at id"],
  ["{ n: 'x' }", "Id | { n: number }", `.n: "x" -> number at 'x'`],
  ["{ n: 1 }", "{ n: number } & { readonly brand: 'id' }", `.brand: undefined -> "id" at { n: 1 }`],
  ["{ id, n: 1 }", "{ id: string; n: 1 }", "fits"],
])("%s for %s: a text with a brand has no members to be told of", (value, taken, expected) => {
  expect(fitOf(`return to(S.B, ${value});`, taken, IDS)).toBe(expected);
});

test.each<[own: string, other: string, expected: string]>([
  ["next?: Own; size: number", "next?: Other; size: number; title: string", ".title: undefined -> string"],
  ["next?: Own; size: number", "next?: Other; size: string", ".size: number -> string"],
  ["below: Own[]; size: number", "below: Other[]; size: string", ".size: number -> string"],
  ["kids: { of: Own; at: 1 }[]", "kids: { of: Other; at: 2 }[]", ".kids[].at: 1 -> 2"],
  ["left: { of: Own[] }; size: 1", "left: { of: Other[] }; size: 2", ".size: 1 -> 2"],
  ["next: Own | null; size(): number", "next: Other | null; size(): string", ": Own -> Other"],
])("of types that refer to themselves, { %s } and { %s }, the member that makes them differ", (own, other, expected) => {
  const types = `interface Own { ${own} } interface Other { ${other} } declare const own: Own;`;
  expect(fitOf("return to(S.B, own);", "Other", types)).toBe(`${expected} at own`);
});

test.each<[value: string, expected: string]>([
  ["{ [key]: 1, kind: 'full' }", "fits"],
  ["{ [key]: 'x', kind: 'full' }", `[key]: "x" -> number at 'x'`],
  ["{ kind: 'full' }", "[key]: undefined -> number at { kind: 'full' }"],
])("%s for something with a member that is named by a symbol", (value, expected) => {
  expect(fitOf(`return to(S.B, ${value});`, "{ [key]: number; kind: 'full' }", "declare const key: unique symbol;")).toBe(
    expected,
  );
});
