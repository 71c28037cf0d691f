/** Lists that are written down, for tuples with a rest: which type each place has depends on how many there are. */

import { expect, test } from "vitest";
import { createFitReader } from "../testing/fit-of.js";

const { fitOf } = createFitReader({});

const LISTS = "declare const numbers: number[]; declare const pair: [number, boolean];";

test.each<[value: string, taken: string, expected: string]>([
  ["['a']", "[string, ...string[]]", "fits"],
  ["[]", "[string, ...string[]]", ": never[] -> [string, ...string[]] at []"],
  ["['a', 1, 2]", "[string, ...number[]]", "fits"],
  ["['a', 1, 'x']", "[string, ...number[]]", "[]: \"x\" -> number at 'x'"],
  ["['a', ...numbers, 3]", "[string, ...number[]]", "fits"],
  ["['a', ...numbers, 'x']", "[string, ...number[]]", "[]: \"x\" -> number at 'x'"],
  ["['a', 1, 2, 'x']", "[string, ...number[], string]", "fits"],
  ["['a', 'x']", "[string, ...number[], string]", "fits"],
  ["['a', 'x', 1]", "[string, ...number[], string]", "[]: \"x\" -> number at 'x'"],
  ["['a']", "[string, ...number[], string]", ": string[] -> [string, ...number[], string] at ['a']"],
  ["[1, 2, 'x', true]", "[...number[], string, boolean]", "fits"],
  ["[1, 2, true, 'x']", "[...number[], string, boolean]", "[]: true -> string at true"],
  ["[...pair, 'x']", "[number, ...boolean[], string]", "fits"],
  ["[1, ...pair, 'x']", "[number, ...boolean[], string]", "[]: number -> boolean at ...pair"],
  ["['a', 1, true]", "[string, number?, ...boolean[]]", "fits"],
  ["['a']", "[string, number?, ...boolean[]]", "fits"],
  ["['a', 1, 2]", "[string, number?, ...boolean[]]", "[]: 2 -> boolean at 2"],
  ["['a', 'b']", "[string, number?]", "[]: \"b\" -> number | undefined at 'b'"],
])("%s for %s", (value, taken, expected) => {
  expect(fitOf(`return to(S.B, ${value});`, taken, LISTS)).toBe(expected);
});
