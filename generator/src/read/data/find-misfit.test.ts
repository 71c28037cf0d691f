/** Where what is handed over does not fit what takes it. */

import { expect, test } from "vitest";
import { createReader } from "../testing/read-program.js";

const read = createReader({ flags: { exactOptionalPropertyTypes: true } });

const head = `
import { type Context, type To, to, workflow } from "cano";
export enum S { A = "a", B = "b", C = "c" }
declare const cond: boolean;
`;

/** State A sends with `send`, in a method declared as `run`; state B takes `taken`. */
function fitOf(send: string, taken: string, around = "", run = "async run()"): string {
  const source = `${head}${around}
class Send { ${run} { ${send} } }
class Take { async run(_: {}, { input }: Context<${taken}>) { void input; return S.C; } }
export const flow = workflow({ states: S, initial: S.A, exits: [S.C], tasks: { [S.A]: Send, [S.B]: Take } });`;
  const { readings, diagnostics, at } = read({ "flow.ts": source });
  expect(diagnostics.map(({ message }) => message)).toEqual([]);
  const [binding] = readings[0]?.bindings ?? [];
  const targets = binding?.kind === "task" ? (binding.task.method?.targets ?? []) : [];
  const carried = targets
    .map(({ carries }) => carries)
    .find((carries) => carries.kind === "input" && carries.fit.kind === "misfit");
  if (carried?.kind !== "input" || carried.fit.kind !== "misfit")
    return targets.some(({ carries }) => carries.kind === "input") ? "fits" : "bare";
  return `${carried.fit.path}: ${carried.fit.sent} -> ${carried.fit.taken} at ${at(carried.span)}`;
}

test.each<[send: string, taken: string, expected: string, around?: string, run?: string]>([
  [`return to(S.B, { kind: "full" });`, `{ kind: "full" }`, "fits"],
  [`return to(S.B, { kind: "other" });`, `{ kind: "full" }`, `.kind: "other" -> "full" at { kind: "other" }`],
  [`return to(S.B, ["a"]);`, `string[]`, "fits"],
  [`return to(S.B, []);`, `string[]`, "fits"],
  [`return to(S.B, list);`, `string[]`, ": readonly string[] -> string[] at list", `declare const list: readonly string[];`],
  [`return to(S.B, ["a", 1]);`, `string[]`, `[]: 1 -> string at ["a", 1]`],
  [`return to(S.B, ["a", 1]);`, `[string, number]`, "fits"],
  [`return to(S.B, ["a"]);`, `[string, number]`, `: string[] -> [string, number] at ["a"]`],
  [
    `return to(S.B, { lines: [{ due: new Date(0) }] });`,
    `{ lines: { due: string }[] }`,
    ".lines[].due: Date -> string at { lines: [{ due: new Date(0) }] }",
  ],
  [
    `return to(S.B, order);`,
    `{ lines: { due: string }[] }`,
    ".lines[].due: Date -> string at order",
    `declare const order: { lines: { due: Date }[] };`,
  ],
  [`return to(S.B, { a: 1, extra: 2 });`, `{ a: number }`, "fits"],
  [`return to(S.B, { ...order, b: "x" });`, `{ a: number; b: "x" }`, "fits", `declare const order: { a: number };`],
  [
    `return to(S.B, { ...order });`,
    `{ a: string }`,
    ".a: number -> string at { ...order }",
    `declare const order: { a: number };`,
  ],
  [`return to(S.B, {});`, `{ a: number }`, ".a: undefined -> number at {}"],
  [`return to(S.B, {});`, `{ a?: number }`, "fits"],
  [`return to(S.B, { kind: "b", n: 1 });`, `{ kind: "a" } | { kind: "b"; n: number }`, "fits"],
  [
    `return to(S.B, cond ? { kind: "a" } : { kind: "b" });`,
    `{ kind: "a" }`,
    `.kind: "b" -> "a" at cond ? { kind: "a" } : { kind: "b" }`,
  ],
  [`return to(S.B, 1);`, `string | undefined`, ": 1 -> string | undefined at 1"],
  [`return to(S.B, { f: { g: [1] } });`, `{ f: { g: string[] } }`, ".f.g[]: 1 -> string at { f: { g: [1] } }"],
  [`return to(S.B, { x: "y" });`, `Record<string, number>`, `.x: "y" -> number at { x: "y" }`],
  [
    `return to(S.B, node);`,
    `Node2`,
    ".next.value: number -> string at node",
    `interface Node1 { value: string; next: { value: number } } interface Node2 { value: string; next: { value: string } } declare const node: Node1;`,
  ],
  [`return next(1);`, `string`, ": number -> string at n", `const next = (n: number) => to(S.B, n);`],
  [`return to(S.B, { a: "x" });`, `{ a: string }`, "fits", "", "async run(): Promise<To<S.B, { a: string }>>"],
  [
    `return to(S.B, { a: "x" });`,
    `{ a: number }`,
    `.a: "x" -> number at { a: "x" }`,
    "",
    "async run(): Promise<To<S.B, { a: string }>>",
  ],
  [
    `return to(S.B, { a: 1 });`,
    `{ a: number }`,
    ": unknown -> { a: number; } at To<S.B, unknown>",
    "",
    "async run(): Promise<To<S.B, unknown>>",
  ],
  // An optional member may be missing, which is not to be undefined.
  [
    `return to(S.B, { name: "x", age });`,
    `{ name: string; age?: number }`,
    `.age: number | undefined -> number at { name: "x", age }`,
    `declare const age: number | undefined;`,
  ],
  [
    `return to(S.B, { age: cond ? 1 : undefined });`,
    `{ age?: number | null }`,
    `.age: 1 | undefined -> number at { age: cond ? 1 : undefined }`,
  ],
  [`return to(S.B, { age: cond ? 1 : undefined });`, `{ age?: number | undefined }`, "fits"],
  [
    `return to(S.B, { age: person.age });`,
    `{ age?: number }`,
    ".age: number | undefined -> number at { age: person.age }",
    `declare const person: { age?: number };`,
  ],
  [
    `return to(S.B, { ...person, age: null });`,
    `{ age?: number | null; name?: string }`,
    "fits",
    `declare const person: { name?: string };`,
  ],
  [
    `return to(S.B, { ...person, age: null });`,
    `{ age: null; name?: string }`,
    ".name: string | undefined -> string at { ...person, age: null }",
    `declare const person: { name: string | undefined };`,
  ],
  [
    `return to(S.B, person);`,
    `{ name?: string }`,
    ".name: string | undefined -> string at person",
    `declare const person: { name: string | undefined };`,
  ],
  [`return to(S.B, ["a", undefined]);`, `[string, number?]`, `[]: undefined -> number at ["a", undefined]`],
  [`return to(S.B, ["a", 1]);`, `[string, number?]`, "fits"],
  // What is inside a library's type, or only inside a class, is not where people would look.
  [
    `return to(S.B, { tags });`,
    `{ tags: Set<"a"> }`,
    `.tags: Set<string> -> Set<"a"> at { tags }`,
    `declare const tags: Set<string>;`,
  ],
  [
    `return to(S.B, box);`,
    `Box<"p">`,
    `: Box<string> -> Box<"p"> at box`,
    `class Box<T> { #v: T; constructor(v: T) { this.#v = v; } get() { return this.#v; } } const box = new Box("p" as string);`,
  ],
  [`return to(S.B, a);`, `Partial<{ a: string }>`, `.a: number -> string | undefined at a`, `declare const a: { a: number };`],
  [`return to(S.B, {});`, `Box`, `: {} -> Box at {}`, `class Box { #v = 1; get() { return this.#v; } }`],
  [`return { state: S.B, input: "x" } as const;`, `number`, `: "x" -> number at "x"`],
])("%s into %s", (send, taken, expected, around, run) => {
  expect(fitOf(send, taken, around, run)).toBe(expected);
});
