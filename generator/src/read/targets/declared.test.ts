/** Where a method goes next when what it returns has a type that somebody wrote down, and when it has one that the compiler inferred. */

import { expect, test } from "vitest";
import { createReader } from "../testing/read-program.js";
import { createTargetReader, without } from "../testing/targets-of.js";

const targetsOf = createTargetReader(createReader());

const WIDENED = "?the compiler widens its type to the whole of `S`";

test.each<
  [name: string, expected: string, members: string, around?: string, binding?: string, others?: Readonly<Record<string, string>>]
>([
  [
    "member of a declared record, awaited",
    "A, B, C, D",
    "async run() { return (await rec()).x; }",
    `declare function rec(): Promise<Record<"x", S>>;`,
  ],
  [
    "member of a declared record that may be missing",
    "A, B, C, D",
    "async run() { return rec()!.x; }",
    `declare function rec(): Record<"x", S> | undefined;`,
  ],
  [
    "member of an object that is cast",
    "A, B, C, D",
    `async run(_: {}, { input }: Context<unknown>) { return (input as Record<"x", S>).x; }`,
  ],
  ["value of a map with type arguments", "A, B, C, D", `async run() { return new Map<string, S>().get("x")!; }`],
  ["value of a map without", WIDENED, `async run() { return new Map([["x", S.B]]).get("x")!; }`],
  ["member of an element", "A, B, C, D", "async run() { return l[0]!.x; }", `declare const l: Record<"x", S>[];`],
  [
    "member that was inferred, of a declared object",
    WIDENED,
    "async run() { return o.next; }",
    "const table = { next: S.B }; declare const o: typeof table;",
  ],
  [
    "shorthand that was inferred, of a declared object",
    WIDENED,
    "async run() { return o.next; }",
    "const next = S.B as S; const table = { next }; declare const o: typeof table;",
  ],
  [
    "type parameter of a declared object",
    "A, B, C, D",
    "async run() { return box.next; }",
    "interface Box<T> { next: T } declare const box: Box<S>;",
  ],
  [
    "variable of a pattern that is declared",
    "A, B, C, D",
    "async run() { const { next }: { next: S } = table; return next; }",
    "const table = { next: S.B };",
  ],
  [
    "variable of a pattern, from a declared object",
    "A, B, C, D",
    "async run() { const { next } = box; return next; }",
    "interface Box<T> { next: T } declare const box: Box<S>;",
  ],
  [
    "variable of a pattern, from a class that declares nothing",
    WIDENED,
    "async run({ h }: { h: Help }) { const { next } = h; return next; }",
    "class Help { next = S.B; }",
  ],
  ["parameter's pattern", "A, B, C, D", "async run({ h: { next } }: { h: { next: S } }) { return next; }"],
  [
    "parameter's pattern, from a class that declares nothing",
    WIDENED,
    "async run({ h: { next } }: { h: Help }) { return next; }",
    "class Help { next = S.B; }",
  ],
  [
    "loop over a declared list",
    "A, B, C, D",
    "async run() { for (const s of list) return s; throw new Error(); }",
    "declare const list: S[];",
  ],
  [
    "loop over a declared list, by a pattern",
    "A, B, C, D",
    "async run() { for (const { next } of boxes) return next; throw new Error(); }",
    "declare const boxes: { next: S }[];",
  ],
  [
    "loop over a list that is not declared, by a pattern",
    WIDENED,
    "async run() { for (const { next } of [help]) return next; throw new Error(); }",
    "class Help { next = S.B; } declare const help: Help;",
  ],
  [
    "variable that begins with what is declared, and that a nested function writes",
    "A, B, C, D",
    "async run(_: {}, { input }: Context<S>) { let next = input; [1].forEach(() => { next = S.C; }); return next; }",
  ],
  ["call with type arguments", "A, B, C, D", "async run() { return pick<S>([S.B]); }", "declare function pick<T>(l: T[]): T;"],
  ["call without", WIDENED, "async run() { return pick([S.B]); }", "declare function pick<T>(l: T[]): T;"],
  [
    "constant that is declared to be of some states",
    "B, C",
    "async run() { const next: S.B | S.C = (await load()).anything; return next; }",
  ],
  [
    "variable that is declared to be of some states",
    "B, C",
    "async run() { let next: S.B | S.C = (await load()).anything; return next; }",
  ],
  [
    "field that is narrowed",
    "C",
    "private next = S.B; constructor() { if (cond) this.next = S.C; } async run() { if (this.next === S.C) return this.next; throw new Error(); }",
  ],
  [
    "field that a class below overrides",
    "C",
    "",
    "class Base { readonly next: S = S.B; async run() { return this.next; } } class Sub extends Base { override readonly next = S.C; }",
    "Sub",
  ],
  [
    "field that a class below overrides, read while the class above is constructed",
    "C, B",
    "",
    "class Base { s: S.B | S.C = S.B; first = this.s; async run() { return this.first; } } class Sub extends Base { override s = S.C as const; }",
    "Sub",
  ],
  [
    "readonly field that is narrowed",
    "B",
    "async run({ h }: { h: Help }) { if (h.next === S.B) { touch(h); return h.next; } throw new Error(); }",
    "class Help { readonly next: S.B | S.C = S.B; } declare function touch(h: Help): void;",
  ],
  [
    "field of an object that is handed on, narrowed",
    `B, ${without("C")}`,
    "async run({ h }: { h: Help }) { if (h.next === S.B) { touch(h); return h.next; } throw new Error(); }",
    "class Help { next: S.B | S.C = S.B; } declare function touch(h: Help): void;",
  ],
  [
    "field of a part that is handed on, narrowed",
    `B, ${without("C")}`,
    "async run({ h }: { h: { a: Help } }) { if (h.a.next === S.B) { touch(h.a); return h.a.next; } throw new Error(); }",
    "interface Help { next: S.B | S.C } declare function touch(h: Help): void;",
  ],
  [
    "the same by a string",
    `B, ${without("C")}`,
    `async run({ h }: { h: { a: Help } }) { if (h["a"].next === S.B) { touch(h.a); return h["a"].next; } throw new Error(); }`,
    "interface Help { next: S.B | S.C } declare function touch(h: Help): void;",
  ],
  [
    "the same of a part that may be missing",
    `B, ${without("C")}`,
    "async run({ h }: { h: { a?: Help } }) { if (h.a!.next === S.B) { touch(h.a!); return (h.a!).next; } throw new Error(); }",
    "interface Help { next: S.B | S.C } declare function touch(h: Help): void;",
  ],
  ["variable that a pattern writes", "C", "async run() { let n = S.B; [n] = [S.C]; return n; }"],
  [
    "variable that a loop writes",
    "B, ?`n` is computed",
    "async run() { let n = S.B; for (n of [S.C, S.D]) if (cond) break; return n; }",
  ],
  ["condition that is true", "B", "async run() { return true ? S.B : S.C; }"],
  ["condition and state", "B", "async run() { return cond && S.B; }"],
  [
    "export that is a default",
    "B, C",
    "async run() { return next; }",
    `import next from "./next.js";`,
    "",
    { "next.ts": `import { S } from "./flow.js"; declare const cond: boolean; export default cond ? S.B : S.C;` },
  ],
  [
    "constant by the name of its module",
    "B",
    "async run() { return t.next; }",
    `import * as t from "./t.js";`,
    "",
    { "t.ts": `import { S } from "./flow.js"; export const next = S.B;` },
  ],
  [
    "variable by the name of its module",
    "?`t.next` is written inside a nested function",
    "async run() { return t.next; }",
    `import * as t from "./t.js";`,
    "",
    { "t.ts": `import { S } from "./flow.js"; export let next = S.B; export function set() { next = S.C; }` },
  ],
])("%s", (_, expected, members, around, binding, others) => {
  const { targets, errors } = targetsOf(members, around, others, binding === "" ? undefined : binding);
  expect(targets.join(", ")).toBe(expected);
  expect(errors).toEqual([]);
});
