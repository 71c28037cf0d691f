/** Where a method goes next when it returns a part of an object or a list: destructured, spread, chosen, or held by several names. */

import { expect, test } from "vitest";
import { createReader } from "../testing/read-program.js";
import { createTargetReader, without } from "../testing/targets-of.js";

const targetsOf = createTargetReader(createReader());

const WIDENED = "?the compiler widens its type to the whole of `S`";

test.each<
  [name: string, expected: string, members: string, around?: string, binding?: string, others?: Readonly<Record<string, string>>]
>([
  [
    "variable of a pattern that is not a constant",
    WIDENED,
    "async run() { let { ok } = table; return ok; }",
    "const table = { ok: S.C };",
  ],
  [
    "variable of a pattern with a default",
    WIDENED,
    "async run() { const { ok = S.B } = table; return ok; }",
    "const table = { ok: cond ? S.C : undefined };",
  ],
  ["first of a list", "B", "async run() { const [first] = [S.B, S.C]; return first!; }"],
  ["first of a call", "B", "async run() { const [first] = make(); return first; }", "declare function make(): [S.B, S.C];"],
  [
    "property by another name",
    "C",
    "async run() { const { ok: next } = table; return next; }",
    "const table = { ok: S.C, next: S.D };",
  ],
  ["property by a string", "C", `async run() { const { "ok": next } = table; return next; }`, "const table = { ok: S.C };"],
  [
    "property by a computed name",
    WIDENED,
    `async run() { const { ["ok"]: next } = table; return next; }`,
    "const table = { ok: S.C };",
  ],
  [
    "field that a class below overrides",
    "C",
    "",
    "class Base { next: S = S.B; async run() { const { next } = this; return next; } } class Sub extends Base { override readonly next = S.C; }",
    "Sub",
  ],
  ["rest of a list", WIDENED, "async run() { const [x, ...rest] = list; return rest[0]!; }", "const list = [S.B, S.C];"],
  [
    "field that another class assigns from its own",
    `D, ${WIDENED}`,
    "x = S.B; next = S.D; async run() { return this.next; }",
    "class Other2 { x = S.C; constructor(w: Work) { w.next = this.x; } }",
  ],
  [
    "property that another class assigns from its own",
    `D, ${WIDENED}`,
    "x = S.B; async run() { return o.next; }",
    "const o = { next: S.D }; class Other2 { x = S.C; constructor() { o.next = this.x; } }",
  ],
  ["property that one of two objects has", "B, C", "async run() { const o = cond ? { x: S.B } : {}; return o.x ?? S.C; }"],
  [
    "annotated getter of one of two objects",
    "A, B, C, D",
    "async run() { const o = cond ? { next: S.B } : { get next(): S.C | S.D { return S.C; } }; return o.next; }",
  ],
  [
    "getter of one of two objects, beside a setter",
    `D, ${without("B", "C")}`,
    "async run() { const o = cond ? { next: S.B } : { get next() { return S.C; }, set next(_: S) {} }; o.next = S.D; return o.next; }",
  ],
  [
    "property that is written with what it has",
    "B, B, C",
    "async run() { const o = { next: S.B }; o.next = cond ? o.next : S.C; return o.next; }",
  ],
  [
    "narrowed property of an object that is handed on",
    `B, ${without("C")}`,
    "async run() { const o = { next: S.B as S.B | S.C }; if (o.next === S.B) { set(o); return o.next; } throw new Error(); }",
    "function set(o: { next: S.B | S.C }) { o.next = S.C; }",
  ],
  [
    "one of two objects is fixed",
    "B, C, ?`o` may be changed by whatever else it is handed to",
    "async run() { const o = cond ? ({ next: S.B } as const) : { next: S.C }; set(o); return o.next; }",
    "declare function set(o: { readonly next: S }): void;",
  ],
  [
    "one object or another",
    "B, C",
    "async run() { const o = a || b; return o.next; }",
    "const a = { next: S.B }; const b = { next: S.C };",
  ],
  [
    "one object and another",
    WIDENED,
    "async run() { const o = a && b; return o.next; }",
    "const a = { next: S.B }; const b = { next: S.C };",
  ],
  ["object that is cast", "A, B, C, D", "async run() { const o = { next: S.B } as { next: S }; return o.next; }"],
  [
    "list with a spread of a condition",
    WIDENED,
    "async run() { return list[k]!; }",
    "declare const k: number; const list = [S.D, ...(cond ? [S.B] : [S.C])];",
  ],
  [
    "object with a computed key",
    WIDENED,
    "async run() { return o.x; }",
    "declare const k: string; const o = { x: S.C, [k]: S.B };",
  ],
  [
    "spread of an object that is handed on",
    "B, ?`o` may be changed by whatever else it is handed to",
    "async run() { const base = { x: S.B }; fill(base); const o = { ...base }; return o.x; }",
    "declare function fill(o: { x: S }): void;",
  ],
  [
    "spread of a list that is handed on",
    "B, ?`o` may be changed by whatever else it is handed to",
    "async run() { const base = [S.B]; fill(base); const o = [...base]; return o[0]!; }",
    "declare function fill(o: S[]): void;",
  ],
  [
    "object of a literal or of a call",
    WIDENED,
    "async run() { const o = cond ? { next: S.B } : make(); return o.next; }",
    "declare function make(): { next: S.C | S.D };",
  ],
  ["object that is declared twice", WIDENED, "async run() { var o = { next: S.B }; { var o = { next: S.C }; } return o.next; }"],
  [
    "object that is written by its first name",
    "B, C",
    "async run() { const o = { next: S.B }; const p = o; o.next = S.C; return p.next; }",
  ],
  [
    "object of a pattern that is declared",
    "A, B, C, D",
    "async run() { const { t }: { t: { next: S } } = all; return t.next; }",
    "const all = { t: { next: S.B } };",
  ],
  [
    "object of a pattern with a default",
    WIDENED,
    "async run() { const { t = { next: S.C } } = all; return t.next; }",
    "const all = cond ? { t: { next: S.B } } : {};",
  ],
  [
    "object of a parameter with a default",
    WIDENED,
    "async run() { return f({ t: { next: S.C } }); }",
    "function f({ t } = { t: { next: S.B } }) { return t.next; }",
  ],
  ["object in a list, by a pattern", "C", "async run() { const [, o] = [{ next: S.B }, { next: S.C }]; return o.next; }"],
  [
    "object by another name",
    "B",
    "async run() { const { a: o } = all; return o.next; }",
    "const all = { a: { next: S.B }, o: { next: S.C } };",
  ],
  [
    "object by a string",
    "B",
    `async run() { const { "a": o } = all; return o.next; }`,
    "const all = { a: { next: S.B }, o: { next: S.C } };",
  ],
  [
    "object by a computed name",
    WIDENED,
    "async run() { const { [k]: o } = all; return o.next; }",
    `const k = cond ? "a" : "o"; const all = { a: { next: S.B }, o: { next: S.C } };`,
  ],
  [
    "rest of an object",
    WIDENED,
    "async run() { const { a, ...o } = all; return o.next; }",
    "const all = { a: { next: S.B }, o: { next: S.D }, next: S.C };",
  ],
  [
    "declared object in a field",
    "A, B, C, D",
    "private readonly table: { ok: S } = { ok: S.B }; async run() { return this.table.ok; }",
  ],
  [
    "object in a field that is written by another name",
    "B, C",
    "static shared = { ok: S.B }; private readonly table = Work.shared; flip() { Work.shared.ok = S.C; } async run() { return this.table.ok; }",
  ],
  [
    "object in a decorated field",
    WIDENED,
    "@swap private readonly table = { ok: S.B }; async run() { return this.table.ok; }",
    "declare function swap(target: undefined, context: ClassFieldDecoratorContext): any;",
  ],
  [
    "object by the name of its module",
    "B",
    "async run() { return t.table.ok; }",
    `import * as t from "./t.js";`,
    "",
    { "t.ts": `import { S } from "./flow.js"; export const table = { ok: S.B, bad: S.C };` },
  ],
  ["object of an object", "B", "async run() { return tables.x.next; }", "const tables = { x: { next: S.B }, y: { next: S.C } };"],
  [
    "object of an object, by a key",
    "B, C",
    "async run() { return tables[k].next; }",
    `const tables = { x: { next: S.B }, y: { next: S.C }, z: { next: S.D } }; const k = cond ? "x" : "y";`,
  ],
  [
    "part of an object that is written by its own name",
    "B, C, ?`all.x` may be changed by whatever else it is handed to",
    "async run() { return all.x.next; }",
    "const inner = { next: S.B }; const all = { x: inner }; inner.next = S.C;",
  ],
  ["object that is frozen", "B", "async run() { return t.ok; }", "const t = Object.freeze({ ok: S.B, bad: S.C });"],
  [
    "object that a freeze of one's own makes",
    WIDENED,
    "async run() { return t.ok; }",
    "const Object = { freeze: (_: object) => ({ ok: S.C }) }; const t = Object.freeze({ ok: S.B });",
  ],
  [
    "object that a function makes of another",
    WIDENED,
    "async run() { return t.ok; }",
    "declare function copy<T>(t: T): T; const t = copy({ ok: S.B });",
  ],
  [
    "object of a method, of what a class below overrides",
    "C",
    "",
    "class Base { readonly n: S = S.B; async run() { return this.make().next; } make() { return { next: this.n }; } } class Sub extends Base { override readonly n = S.C; }",
    "Sub",
  ],
])("%s", (_, expected, members, around, binding, others) => {
  const { targets, errors } = targetsOf(members, around, others, binding === "" ? undefined : binding);
  expect(targets.join(", ")).toBe(expected);
  expect(errors).toEqual([]);
});
