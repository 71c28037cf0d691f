/** Where literals do not fit what takes them: they are looked at as the compiler does where a value of that type must stand. */

import { expect, test } from "vitest";
import { createFitReader } from "../testing/fit-of.js";

const { fitOf } = createFitReader({ exactOptionalPropertyTypes: true });

const TWO = `{ kind: "x"; size: 1 } | { kind: "y"; size?: 1 | 2 }`;

test.each<[send: string, taken: string, expected: string, around?: string]>([
  // The member is `string`, the variable is not.
  [`const kind = "full"; return to(S.B, { kind });`, `{ kind: "full" }`, "fits"],
  [`let kind: "x" | "y" = "x"; return to(S.B, { kind });`, `{ kind: "x" }`, "fits"],
  [`let kind; kind = "x" as string; return to(S.B, { kind });`, `{ kind: "x" }`, `.kind: string -> "x" at kind`],
  [`const kind = "other"; return to(S.B, { kind });`, `{ kind: "full" }`, `.kind: "other" -> "full" at kind`],
  // What is one part of a union or another is taken for each.
  [`return to(S.B, { kind: cond ? "x" : "y" });`, `{ kind: "x" } | { kind: "y" }`, "fits"],
  [`const kind = cond ? "x" : "y"; return to(S.B, { kind, size: 1 });`, TWO, "fits"],
  [`return to(S.B, { ok: cond, size: 1 });`, `{ ok: true; size: 1 | 2 } | { ok: false; size: 1 }`, "fits"],
  [`return to(S.B, { in: { kind: cond ? "x" : "y" } });`, `{ in: { kind: "x" } | { kind: "y" } }`, "fits"],
  [
    `return to(S.B, { kind: cond ? "x" : "y", size: 2 });`,
    TWO,
    `: { kind: string; size: number; } -> { kind: "x"; size: 1; } | { kind: "y"; size?: 2 | 1; } at { kind: cond ? "x" : "y", size: 2 }`,
  ],
  [
    `return to(S.B, { kind: cond ? "x" : "z" });`,
    `{ kind: "x" } | { kind: "y" }`,
    `: { kind: string; } -> { kind: "x"; } | { kind: "y"; } at { kind: cond ? "x" : "z" }`,
  ],
  // What is meant is told by its kind, and only what is wrong with that is shown.
  [`return to(S.B, { kind: "x", size: "2" });`, `{ kind: "x"; size: number } | { kind: "y" }`, `.size: "2" -> number at "2"`],
  [
    `return to(S.B, { kind: "y", sise: 1 });`,
    `{ kind: "x" } | { kind: "y"; size: 1 }`,
    `.size: undefined -> 1 at { kind: "y", sise: 1 }`,
  ],
  [
    `return to(S.B, { size: 2 });`,
    `{ size: 1 } | { size: 3 }`,
    `: { size: number; } -> { size: 1; } | { size: 3; } at { size: 2 }`,
  ],
  [
    `return to(S.B, sent);`,
    `{ kind: "x"; size: number } | { kind: "y" }`,
    `.size: string -> number at sent`,
    `declare const sent: { kind: "x"; size: string };`,
  ],
  // Literals that are spread are parts of the literal, in each case of their own.
  [`return to(S.B, { ...(cond && { mode: "on" }) });`, `{ mode?: "on" | "off" }`, "fits"],
  [`return to(S.B, { ...(cond ? { mode: "on" } : {}) });`, `{ mode?: "on" | "off" }`, "fits"],
  [
    `return to(S.B, { ...(cond && { mode: "on" }) });`,
    `{ mode: "on" | "off" }`,
    `.mode: undefined -> "on" | "off" at { ...(cond && { mode: "on" }) }`,
  ],
  [
    `return to(S.B, { ...(cond ? { mode: "on" } : { mode: "of" }) });`,
    `{ mode?: "on" | "off" }`,
    `.mode: "of" -> "on" | "off" | undefined at "of"`,
  ],
  [`return to(S.B, { ...(cond ? { kind: "x", size: 1 } : { kind: "y" }) });`, TWO, "fits"],
  [`return to(S.B, { mode: "on", ...(cond && { mode: "of" }) });`, `{ mode: "on" }`, `.mode: "of" -> "on" at "of"`],
  // What one of several types has that are spread counts, and what each of them has decides for itself.
  [
    `return to(S.B, { ...two, mode: "on" });`,
    `{ kind: "x"; mode: "on" } | { kind: "y"; mode: "on" | "off" }`,
    "fits",
    `declare const two: ${TWO};`,
  ],
  [
    `return to(S.B, { ...two, mode: "off" });`,
    `{ kind: "y"; mode: "off" } | { kind: "x"; mode: "on" }`,
    expect.stringContaining("at { ...two") as string,
    `declare const two: ${TWO};`,
  ],
  [
    `return to(S.B, { ...either });`,
    `{ list?: number[]; size: number }`,
    `.list[]: string -> number at either`,
    `declare const either: { size: number } | { list: string[] };`,
  ],
  [`return to(S.B, { mode: "on", ...maybe });`, `{ mode: "on" | "off" }`, "fits", `declare const maybe: { mode?: "off" };`],
  [
    `return to(S.B, { mode: "of", ...maybe });`,
    `{ mode: "on" | "off" }`,
    `.mode: "of" -> "off" | "on" at "of"`,
    `declare const maybe: { mode?: "off" };`,
  ],
  [
    `return to(S.B, { ...maybe });`,
    `{ mode: "off" }`,
    `.mode: "off" | undefined -> "off" at maybe`,
    `declare const maybe: { mode?: "off" };`,
  ],
  [
    `return to(S.B, { size: 1, ...(order ?? {}) });`,
    `{ size: 1; id?: number }`,
    "fits",
    `declare const order: { id: number } | undefined;`,
  ],
  [
    `return to(S.B, { ...new Box() });`,
    `{ size: number; area(): number }`,
    `.area: undefined -> () => number at { ...new Box() }`,
    `class Box { size = 1; area() { return 1; } }`,
  ],
  // What stands behind `??`, `||` and `&&` stands where it would without them; what is before them gives what decides.
  [`return to(S.B, order ?? { kind: "x", size: 1 });`, TWO, "fits", `declare const order: { kind: "y" } | undefined;`],
  [
    `return to(S.B, { list: list ?? ["a", 1] });`,
    `{ list: [string, 1 | 2] }`,
    "fits",
    `declare const list: ["b", 2] | undefined;`,
  ],
  [`return to(S.B, text || (cond && { mode: "on" }));`, `"a" | false | { mode: "on" }`, "fits", `declare const text: "" | "a";`],
  [
    `return to(S.B, { size: 1, ...(order ?? { mode: "on" }) });`,
    `{ mode: "on" }`,
    "fits",
    `declare const order: { mode: "on" } | null;`,
  ],
  [
    `return to(S.B, order ?? { kind: "of" });`,
    `{ kind: "on" }`,
    `.kind: "of" -> "on" at "of"`,
    `declare const order: { kind: "on" } | undefined;`,
  ],
  [
    `return to(S.B, order ?? { kind: "on" });`,
    `{ kind: "on" }`,
    `.kind: string -> "on" at order`,
    `declare const order: { kind: string } | undefined;`,
  ],
  [`return to(S.B, size && { kind: "on" });`, `{ kind: "on" }`, `: 0 -> { kind: "on"; } at size`, "declare const size: number;"],
  [`return to(S.B, it && { kind: "on" });`, `{ kind: "on" }`, `: unknown -> { kind: "on"; } at it`, "declare const it: unknown;"],
  // Under an index signature is all that there is.
  [`const a = "x"; return to(S.B, { a, b: "y" });`, `Record<string, "x" | "y">`, "fits"],
  [`const a = "z"; return to(S.B, { a, b: "y" });`, `Record<string, "x" | "y">`, `.a: "z" -> "y" | "x" at a`],
  [
    `return to(S.B, { ...order, total: 1 });`,
    `Record<string, number>`,
    `.id: string -> number at order`,
    `declare const order: { id: string };`,
  ],
  [`return to(S.B, { ...sizes, total: 1 });`, `Record<string, number>`, "fits", `declare const sizes: { a?: number };`],
  [
    `return to(S.B, { ...sizes });`,
    `Record<string, number>`,
    `.*: string -> number at sizes`,
    `declare const sizes: Record<string, string>;`,
  ],
  [`return to(S.B, { 1: "x", two: 2 });`, `Record<number, "x">`, "fits"],
  [`return to(S.B, { 1: "y" });`, `Record<number, "x">`, `.1: "y" -> "x" at "y"`],
  [`return to(S.B, { ["k" + String(cond)]: "y" });`, `Record<string, "x">`, `.*: "y" -> "x" at "y"`],
  // Any number of places may be filled from where something is spread of which nobody knows the length.
  [`return to(S.B, [1, ...list]);`, `[1 | 2, ...string[]]`, "fits", "declare const list: string[];"],
  [
    `return to(S.B, [1, ...list]);`,
    `[number, number, ...string[]]`,
    expect.stringContaining("at [1, ...list]") as string,
    "declare const list: string[];",
  ],
  [
    `return to(S.B, [1, ...list]);`,
    `[number, number?, ...string[]]`,
    `[]: string -> number | undefined at ...list`,
    "declare const list: string[];",
  ],
  // What is no array can be spread as well.
  [`return to(S.B, [...set]);`, `number[]`, "fits", "declare const set: Set<number>;"],
  [`return to(S.B, [...set]);`, `number[]`, `[]: string -> number at ...set`, "declare const set: Set<string>;"],
  [
    `return to(S.B, [1, ...either]);`,
    `number[]`,
    `[]: string -> number at ...either`,
    "declare const either: number[] | Set<string>;",
  ],
  [`return to(S.B, [1, ..."it"]);`, `number[]`, `[]: string -> number at ..."it"`],
  [`return to(S.B, ["a" as const, ...set]);`, `["a", ...number[]]`, "fits", "declare const set: Set<number>;"],
  [`return to(S.B, ["a", ...it]);`, `["a", ...number[]]`, "fits", "declare const it: any;"],
  [`return to(S.B, [1, ...list, 2]);`, `[number, ...string[]]`, `[]: 2 -> string at 2`, "declare const list: string[];"],
])("%s into %s", (send, taken, expected, around) => {
  expect(fitOf(send, taken, around)).toEqual(expected);
});
