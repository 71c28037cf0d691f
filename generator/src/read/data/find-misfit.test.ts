/** Where what is handed over does not fit what takes it. */

import { expect, test } from "vitest";
import { createFitReader, HEAD } from "../testing/fit-of.js";

const { read, readFit, fitOf } = createFitReader({ exactOptionalPropertyTypes: true });

test.each<[send: string, taken: string, expected: string, around?: string, run?: string]>([
  [`return to(S.B, { kind: "full" });`, `{ kind: "full" }`, "fits"],
  [`return to(S.B, { kind: "other" });`, `{ kind: "full" }`, `.kind: "other" -> "full" at "other"`],
  [`return to(S.B, ["a"]);`, `string[]`, "fits"],
  [`return to(S.B, []);`, `string[]`, "fits"],
  [`return to(S.B, list);`, `string[]`, ": readonly string[] -> string[] at list", `declare const list: readonly string[];`],
  [`return to(S.B, ["a", 1]);`, `string[]`, `[]: 1 -> string at 1`],
  [`return to(S.B, ["a", 1]);`, `[string, number]`, "fits"],
  [`return to(S.B, ["a"]);`, `[string, number]`, `: string[] -> [string, number] at ["a"]`],
  [`return to(S.B, [...pair, true]);`, `[string, number, boolean]`, "fits", `declare const pair: readonly [string, number];`],
  [
    `return to(S.B, [true, ...pair]);`,
    `[boolean, string, string]`,
    "[]: number -> string at ...pair",
    `declare const pair: [string, number];`,
  ],
  [
    `return to(S.B, [...pair]);`,
    `[string, number, boolean]`,
    ": (string | number)[] -> [string, number, boolean] at [...pair]",
    `declare const pair: [string, number];`,
  ],
  [
    `return to(S.B, [...list]);`,
    `[string, string?]`,
    ": string[] -> [string, string?] at [...list]",
    `declare const list: [string, ...string[]];`,
  ],
  [
    `return to(S.B, { lines: [{ due: new Date(0) }] });`,
    `{ lines: { due: string }[] }`,
    ".lines[].due: Date -> string at new Date(0)",
  ],
  [
    `return to(S.B, order);`,
    `{ lines: { due: string }[] }`,
    ".lines[].due: Date -> string at order",
    `declare const order: { lines: { due: Date }[] };`,
  ],
  [`return to(S.B, { a: 1, extra: 2 });`, `{ a: number }`, "fits"],
  [`return to(S.B, { ...order, b: "x" });`, `{ a: number; b: "x" }`, "fits", `declare const order: { a: number };`],
  [`return to(S.B, { ...order });`, `{ a: string }`, ".a: number -> string at order", `declare const order: { a: number };`],
  // As the compiler has it, nothing of what is asked for is not less of it.
  [`return to(S.B, { b: 1 });`, `{ a?: number }`, ": { b: number; } -> { a?: number; } at { b: 1 }"],
  [`return to(S.B, { o: { b: 1 } });`, `{ o: { a?: number } }`, ".o: { b: number; } -> { a?: number; } at { b: 1 }"],
  [`return to(S.B, { a: 1, b: 1 });`, `{ a?: number }`, "fits"],
  [`return to(S.B, {});`, `{ a?: number }`, "fits"],
  [`return to(S.B, { b: 1 });`, `{ a?: number; [key: string]: number | undefined }`, "fits"],
  [`return to(S.B, {});`, `{ a: number }`, ".a: undefined -> number at {}"],
  [`return to(S.B, {});`, `{ a?: number }`, "fits"],
  [`return to(S.B, { kind: "b", n: 1 });`, `{ kind: "a" } | { kind: "b"; n: number }`, "fits"],
  [`return to(S.B, cond ? { kind: "a" } : { kind: "b" });`, `{ kind: "a" }`, `.kind: "b" -> "a" at "b"`],
  [`return to(S.B, 1);`, `string | undefined`, ": 1 -> string | undefined at 1"],
  [`return to(S.B, { f: { g: [1] } });`, `{ f: { g: string[] } }`, ".f.g[]: 1 -> string at 1"],
  [`return to(S.B, { x: "y" });`, `Record<string, number>`, `.x: "y" -> number at "y"`],
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
    `.a: "x" -> number at "x"`,
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
    `.age: number | undefined -> number at age`,
    `declare const age: number | undefined;`,
  ],
  [
    `return to(S.B, { age: cond ? 1 : undefined });`,
    `{ age?: number | null }`,
    `.age: 1 | undefined -> number at cond ? 1 : undefined`,
  ],
  [`return to(S.B, { age: cond ? 1 : undefined });`, `{ age?: number | undefined }`, "fits"],
  [
    `return to(S.B, { age: person.age });`,
    `{ age?: number }`,
    ".age: number | undefined -> number at person.age",
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
    ".name: string | undefined -> string at person",
    `declare const person: { name: string | undefined };`,
  ],
  [
    `return to(S.B, person);`,
    `{ name?: string }`,
    ".name: string | undefined -> string at person",
    `declare const person: { name: string | undefined };`,
  ],
  [`return to(S.B, ["a", undefined]);`, `[string, number?]`, `[]: undefined -> number at undefined`],
  [`return to(S.B, ["a", 1]);`, `[string, number?]`, "fits"],
  // What is inside a library's type, or only inside a class, is not where people would look.
  [
    `return to(S.B, { tags });`,
    `{ tags: Set<"a"> }`,
    `.tags: Set<string> -> Set<"a"> at tags`,
    `declare const tags: Set<string>;`,
  ],
  [
    `return to(S.B, box);`,
    `Box<"p">`,
    `: Box<string> -> Box<"p"> at box`,
    `class Box<T> { #v: T; constructor(v: T) { this.#v = v; } get() { return this.#v; } } const box = new Box("p" as string);`,
  ],
  [`return to(S.B, p);`, "{ id: string }", ": Promise<string> -> { id: string; } at p", "declare const p: Promise<string>;"],
  [`return to(S.B, a);`, `Partial<{ a: string }>`, `.a: number -> string | undefined at a`, `declare const a: { a: number };`],
  [`return to(S.B, {});`, `Box`, `: {} -> Box at {}`, `class Box { #v = 1; get() { return this.#v; } }`],
  [`return { state: S.B, input: "x" } as const;`, `number`, `: "x" -> number at "x"`],
])("%s into %s", (send, taken, expected, around, run) => {
  expect(fitOf(send, taken, around, run)).toBe(expected);
});

test.each<[send: string, taken: string, cure: string | undefined, around?: string]>([
  ["return to(S.B, { id: `n-${size}` });", "{ id: `n-${string}` }", "as const", "declare const size: number;"],
  [`return to(S.B, { id });`, "{ id: `n-${string}` }", undefined, "declare const id: string;"],
  [`return to(S.B, { ...mode });`, `{ mode?: "on" | "off" }`, undefined, "declare const mode: { mode: string };"],
  [`return to(S.B, { tags: new Set(["a"]) });`, `{ tags: Set<"a"> }`, "as const"],
  [`return to(S.B, { sizes: new Map([["a", 1]]) });`, `{ sizes: Map<string, 1 | 2> }`, "as const"],
  [`return to(S.B, { tags: new Set(["a"]) });`, `{ tags: Set<number> }`, undefined],
  [`return to(S.B, { list: ["a", ...(cond ? ["b"] : [])] });`, `{ list: ("a" | "b")[] }`, "as const"],
  [`return to(S.B, load());`, "{ id: string }", "await", "declare function load(): Promise<{ id: string }>;"],
  [`return to(S.B, { item: load() });`, "{ item: { id: string } }", "await", "declare function load(): Promise<{ id: string }>;"],
  [`return to(S.B, load());`, "{ id: number }", undefined, "declare function load(): Promise<{ id: string }>;"],
  [`return to(S.B, { mode: "other" });`, `{ mode: "on" | "off" }`, undefined],
  [`return to(S.B, { mode: pick("on") });`, `{ mode: "on" | "off" }`, undefined, "declare function pick(mode: string): string;"],
])("%s into %s may be made to fit by: %s", (send, taken, cure, around = "") => {
  expect(readFit(send, taken, around, "async run()").misfit?.cure).toBe(cure);
});

test.each<[send: string, taken: string, missing: boolean, around?: string]>([
  [`return to(S.B, {});`, `{ a: string | undefined }`, true],
  [`return to(S.B, { o: {} });`, `{ o: { a: number } }`, true],
  [`return to(S.B, rest);`, `{ a: number }`, true, "declare const rest: { b: string };"],
  [`return to(S.B, { a: undefined });`, `{ a: number }`, false],
])("%s into %s lacks a member: %s", (send, taken, missing, around = "") => {
  expect(readFit(send, taken, around, "async run()").misfit?.missing ?? false).toBe(missing);
});

test("a generic class that is bound as it is takes nobody knows what", () => {
  const source = `${HEAD}
class Send { async run() { return to(S.B, { n: 1 }); } }
class Take<T> { async run(_: {}, { input }: Context<T>) { void input; return S.C; } }
const spec = { states: S, initial: S.A, exits: [S.C] } as const;
export const one = workflow({ ...spec, tasks: { [S.A]: Send, [S.B]: Take } });
export const two = workflow({ ...spec, tasks: { [S.A]: Send, [S.B]: new Take<{ n: number }>() } });`;
  const { readings } = read({ "flow.ts": source });
  const fits = readings.map(({ bindings: [binding] }) => {
    const carries = binding?.kind === "task" ? binding.task.method?.targets[0]?.carries : undefined;
    return carries?.kind === "input" ? carries.fit : undefined;
  });
  expect(fits).toMatchObject([{ kind: "misfit", taken: "T", cure: "instance" }, { kind: "fits" }]);
});

test.each([
  ["{ n: number }", undefined],
  ["{ n: string }", { path: ".n", sent: "string", taken: "number" }],
])("what a generic class hands on that a mixin is made of is what it stands for where it is bound: %s", (bound, misfit) => {
  const source = `${HEAD}
type Class = abstract new (...parameters: any[]) => object;
function Noted<B extends Class>(Base: B) { abstract class Mixed extends Base { note() {} } return Mixed; }
class Send<I> { async run(_: {}, { input }: Context<I>) { return to(S.B, input); } }
class Bound extends Noted(Send<${bound}>) {}
class Take { async run(_: {}, { input }: Context<{ n: number }>) { void input; return S.C; } }
export const flow = workflow({ states: S, initial: S.A, exits: [S.C], tasks: { [S.A]: Bound, [S.B]: Take } });`;
  const [binding] = read({ "flow.ts": source }).readings[0]?.bindings ?? [];
  const carries = binding?.kind === "task" ? binding.task.method?.targets[0]?.carries : undefined;
  expect(carries?.kind === "input" && carries.fit).toMatchObject(misfit ? { kind: "misfit", ...misfit } : { kind: "fits" });
});

test.each<[send: string, method: string, misfit: object | undefined]>([
  ["{ n: 1 }", "run<T>(_: unknown, { input }: Context<T>)", undefined],
  ["{ n: 1 }", "run<T extends { n: number }>(_: unknown, { input }: Context<T>)", undefined],
  ["{ n: 'a' }", "run<T extends { n: number }>(_: unknown, { input }: Context<T>)", { path: ".n", taken: "number" }],
  // No instance makes it another.
  ["[1]", "run<T>(_: unknown, { input }: Context<T[]>)", { taken: "T", cure: undefined }],
])("%s for a generic method %s", (send, method, misfit) => {
  const source = `${HEAD}
class Send { async run() { return to(S.B, ${send}); } }
class Take { async ${method} { return to(S.C, input); } }
export const flow = workflow({ states: S, initial: S.A, exits: [S.C], tasks: { [S.A]: Send, [S.B]: Take } });`;
  const { readings } = read({ "flow.ts": source });
  const [binding] = readings[0]?.bindings ?? [];
  const carries = binding?.kind === "task" ? binding.task.method?.targets[0]?.carries : undefined;
  expect({ cure: undefined, ...(carries?.kind === "input" && carries.fit) }).toMatchObject(misfit ?? { kind: "fits" });
});
