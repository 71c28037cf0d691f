/** Members that may be missing, and those that may be undefined, of values whose types are known and of literals that they are spread into. */

import { expect, test } from "vitest";
import { createFitReader } from "../testing/fit-of.js";

const exact = createFitReader({ exactOptionalPropertyTypes: true });
const loose = createFitReader({ exactOptionalPropertyTypes: false });

test.each<[sent: string, taken: string, exactly: string, loosely?: string]>([
  ["{ a?: 1 }", "{ a: 1 }", ".a: 1 | undefined -> 1"],
  ["{ a?: 1 }", "{ a: 1 | undefined }", ".a: 1 | undefined -> 1 | undefined"],
  ["{ a?: 1 }", "{ a?: 1 }", "fits"],
  ["{ a?: 1 }", "{ a?: 1 | undefined }", "fits"],
  ["{ a?: 1 | undefined }", "{ a?: 1 }", ".a: 1 | undefined -> 1", "fits"],
  ["{ a: 1 | undefined }", "{ a?: 1 }", ".a: 1 | undefined -> 1", "fits"],
  ["{ a: 1 | undefined }", "{ a?: 1 | undefined }", "fits"],
  ["{ a?: 1 }", "{ [name: string]: 1 }", "fits"],
  ["{ o: { a?: 1; b: 1 } }", "{ o: { a: 1; b: 1 } }", ".o.a: 1 | undefined -> 1"],
  ["{ list: { a?: 1 }[] }", "{ list: { a: 1 }[] }", ".list[].a: 1 | undefined -> 1"],
  ["{ list: string }", "{ list: string[] }", ".list: string -> string[]"],
  ["{ list: { length: 1 } }", "{ list: string[] }", ".list: { length: 1; } -> string[]"],
  ["{ list: string[] }", "{ list: { size: 1 } }", ".list: string[] -> { size: 1; }"],
])("%s for %s", (sent, taken, exactly, loosely = exactly) => {
  const [send, around] = ["return to(S.B, sent);", `declare const sent: ${sent};`];
  const expected = (fit: string): string => (fit === "fits" ? fit : `${fit} at sent`);
  expect([exact.fitOf(send, taken, around), loose.fitOf(send, taken, around)]).toEqual([expected(exactly), expected(loosely)]);
});

test.each<[spread: string, taken: string, exactly: string, loosely?: string]>([
  ["{ a?: 1 }", "{ a: 1; b: 2 }", ".a: 1 | undefined -> 1"],
  ["{ a?: 1 }", "{ a?: 1; b: 2 }", "fits"],
  ["{ a?: 1 | undefined }", "{ a?: 1; b: 2 }", ".a: 1 | undefined -> 1", "fits"],
  ["{ a?: 1 }", "{ [name: string]: 1 | 2 }", "fits"],
  ["{ a?: 1 | undefined }", "{ [name: string]: 1 | 2 }", ".a: undefined -> 1 | 2", "fits"],
  ["{ a: 1 | undefined }", "{ [name: string]: 1 | 2 }", ".a: 1 | undefined -> 1 | 2"],
])("what %s is spread into for %s", (spread, taken, exactly, loosely = exactly) => {
  const [send, around] = ["return to(S.B, { ...sent, b: 2 });", `declare const sent: ${spread};`];
  const expected = (fit: string): string => (fit === "fits" ? fit : `${fit} at sent`);
  expect([exact.fitOf(send, taken, around), loose.fitOf(send, taken, around)]).toEqual([expected(exactly), expected(loosely)]);
});
