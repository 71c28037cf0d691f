/** Where a method goes next when it returns what a function returns: a callback of a promise, a method, a function of an object. */

import { expect, test } from "vitest";
import { createReader } from "../testing/read-program.js";
import { createTargetReader } from "../testing/targets-of.js";

const targetsOf = createTargetReader(createReader());

const WIDENED = "?the compiler widens its type to the whole of `S`";

test.each<
  [name: string, expected: string, members: string, around?: string, binding?: string, others?: Readonly<Record<string, string>>]
>([
  ["to() of a spread", "to B", "async run() { return to(...args); }", "const args = [S.B, 1] as const;"],
  [
    "undoable() of a spread",
    "B",
    "async run() { return undoable(...args); } async compensate() {}",
    `import { undoable } from "cano"; const args = [S.B, 1] as const;`,
  ],
  [
    "a promise that is rejected, whatever its type",
    "C",
    "async run() { if (cond) return S.C; return Promise.reject<S.B>(new Error()); }",
  ],
  [
    "another method of what has `then`",
    "C",
    "async run() { return later.pick(() => S.D); }",
    "declare const later: Promise<S.B> & { pick(f: () => S): S.C };",
  ],
  [
    "`finally` of what is no promise",
    "C",
    "async run() { return box.finally(() => {}); }",
    "declare const box: { finally(f: () => void): S.C };",
  ],
  ["a `Promise` of one's own", "C", "run() { return Promise.resolve(S.B); }", "const Promise = { resolve: (_: S) => S.C };"],
  ["then() without a callback", "B", "run() { return Promise.resolve(S.B).then(); }"],
  ["then() with `undefined`", "B, C", "run() { return Promise.resolve(S.B).then(undefined, () => S.C); }"],
  ["then() with `null`", "B, C", "run() { return Promise.resolve(S.B).then(null, () => S.C); }"],
  ["catch() with `undefined`", "B", "run() { return Promise.resolve(S.B).catch(undefined); }"],
  ["callback that is declared", "C", "run() { return load().then(pick); }", "declare function pick(): S.C;"],
  [
    "callback that is declared with the whole set",
    "A, B, C, D",
    "run() { return load().then(pick); }",
    "declare function pick(): S;",
  ],
  ["callback of a condition", WIDENED, "run() { const f = cond ? () => S.B : () => S.C; return load().then(f); }"],
  [
    "callback that a generic function makes",
    WIDENED,
    "run() { return load().then(make([S.B])); }",
    "declare function make<T>(l: T[]): () => T;",
  ],
  ["callback of any type", "?its callback is not at hand", "run() { return load().then(f); }", "declare const f: any;"],
  [
    "parameter of a callback that may be written",
    "A, B, C, D",
    "run() { return Promise.resolve(S.B).then((s: S) => { if (cond) s = S.C; return s; }); }",
  ],
  [
    "parameter of a callback that is narrowed",
    "B",
    "run() { return this.go().then((s) => { if (s === S.B) return s; throw new Error(); }); } async go() { return cond ? S.B : S.C; }",
  ],
  [
    "function of an object that is handed on",
    WIDENED,
    "async run() { return api.pick(); }",
    "const api = { pick: () => S.B }; declare function fill(o: { pick: () => S }): void; fill(api);",
  ],
  [
    "annotated function of an object",
    "B, C",
    "async run() { return api.pick(); }",
    "const api = { pick: (): S.B | S.C => S.B };",
  ],
  [
    "annotated function of an object that is assigned",
    "B, C",
    "async run() { return api.pick(); }",
    "let api = { pick: (): S.B | S.C => S.B }; api.pick = () => S.B;",
  ],
  [
    "getter of an object that gives a function",
    WIDENED,
    "async run() { return api.pick(); }",
    "const api = { get pick() { return () => S.B; } };",
  ],
  [
    "function of an object that is assigned from elsewhere",
    WIDENED,
    "async run() { return api.pick(); }",
    "const api = { pick: () => S.B }; declare function other(): () => S.C; api.pick = other();",
  ],
  [
    "arrow function of an object in a field",
    "B",
    "readonly s = S.B; readonly api = { s: S.C, pick: () => this.s }; async run() { return this.api.pick(); }",
  ],
  [
    "method of an object in a field",
    "C",
    "readonly s = S.B; readonly api = { s: S.C, pick() { return this.s; } }; async run() { return this.api.pick(); }",
  ],
  [
    "method in parentheses",
    "C",
    "",
    "class Base { async run() { return (this.pick)(); } pick() { return S.B; } } class Sub extends Base { override pick() { return S.C; } }",
    "Sub",
  ],
  ["method of `this` in parentheses", "B", "pick() { return S.B; } async run() { return (this!).pick(); }"],
  [
    "method above that is assigned",
    WIDENED,
    "",
    "class Base { async run() { return S.B as S; } pick() { return S.B; } } Base.prototype.pick = () => S.C; class Sub extends Base { override async run() { return super.pick(); } }",
    "Sub",
  ],
  [
    "function by the name of its module",
    "B",
    "async run() { return help.pick(); }",
    `import * as help from "./help.js";`,
    "",
    { "help.ts": `import { S } from "./flow.js"; export function pick() { return S.B; }` },
  ],
  [
    "function in a constant by the name of its module",
    "B",
    "async run() { return help.pick(); }",
    `import * as help from "./help.js";`,
    "",
    { "help.ts": `import { S } from "./flow.js"; export const pick = () => S.B;` },
  ],
  [
    "function in a variable by the name of its module",
    WIDENED,
    "async run() { return help.pick(); }",
    `import * as help from "./help.js";`,
    "",
    { "help.ts": `import { S } from "./flow.js"; export let pick = () => S.B; export function set() { pick = () => S.C; }` },
  ],
  [
    "private function that is assigned",
    WIDENED,
    "#pick = () => S.B; constructor() { this.#pick = () => S.C; } async run() { return this.#pick(); }",
  ],
  [
    "private method of another object",
    WIDENED,
    "next = S.B; constructor(next = S.C) { this.next = next; } #pick() { return this.next; } async run() { return new Work(S.D).#pick(); }",
  ],
  [
    "method of a field that is never assigned",
    "C",
    "private s: Base = new Sub(); async run() { return this.s.pick(); }",
    "class Base { pick() { return S.B; } } class Sub extends Base { override pick() { return S.C; } }",
  ],
  [
    "method of a field that is assigned",
    WIDENED,
    "private s = new Base(); swap() { this.s = new Sub(); } async run() { return this.s.pick(); }",
    "class Base { pick() { return S.B; } } class Sub extends Base { override pick() { return S.C; } }",
  ],
  [
    "method of one of two classes",
    WIDENED,
    "async run() { return new Either().pick(); }",
    "class One { pick() { return S.B; } } class Two { pick() { return S.C; } } const Either = cond ? One : Two;",
  ],
  [
    "method of what a function makes",
    WIDENED,
    "async run() { return help.pick(); }",
    "class Help { pick() { return S.B; } } class Sub extends Help { override pick() { return S.C; } } function make(): Help { return new Sub(); } const help = make();",
  ],
  [
    "method of an object of a generic class",
    "B, C",
    "async run() { return new Outer(S.C).get(); }",
    "class Box<N extends S> { constructor(readonly n: N) {} get() { return this.n; } } class Outer<N extends S> { readonly box = new Box(S.B); constructor(readonly n: N) {} get() { return cond ? this.box.get() : this.n; } }",
  ],
  ["method that a list has", "B", "async run() { return list.find((s) => s === S.B)!; }", "const list = [S.B, S.C];"],
  [
    "elements of a generator",
    WIDENED,
    "async run() { for (const s of make()) return s; throw new Error(); }",
    "function* make() { yield S.C; return [S.B]; }",
  ],
  [
    "run that is bound to another object",
    WIDENED,
    "",
    "class W { next = S.B; run = this.go.bind({ next: S.C } as W); async go() { return this.next; } }",
    "W",
  ],
  [
    "run that is a bound method of another object",
    WIDENED,
    "",
    "const help = { go: async () => S.C }; class W { run = help.go.bind(this); async go() { return S.B; } }",
    "W",
  ],
  ["run that is declared as a function", "B, C", "run: () => Promise<S.B | S.C> = async () => S.B;"],
  ["run that is declared by a name", "B, C", "run: Go = async () => S.B;", "type Go = () => Promise<S.B | S.C>;"],
  ["run that a declared getter gives", "B, C", "get run(): () => Promise<S.B | S.C> { return async () => S.B; }"],
])("%s", (_, expected, members, around, binding, others) => {
  const { targets, errors } = targetsOf(members, around, others, binding === "" ? undefined : binding);
  expect(targets.join(", ")).toBe(expected);
  expect(errors).toEqual([]);
});
