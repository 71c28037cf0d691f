/** Where a method goes next when what it returns is changed after it was made, or may be another thing than the one that is declared. */

import { expect, test } from "vitest";
import { createReader } from "../testing/read-program.js";
import { createTargetReader, without } from "../testing/targets-of.js";

const targetsOf = createTargetReader(createReader());

const WIDENED = "?the compiler widens its type to the whole of `S`";
const ASSIGNED = "?it is assigned in a way that cannot be followed";
const TABLE = `const table = { x: S.B, y: S.B }; const k = cond ? "x" : "y";`;

function handedOn(name: string): string {
  return `B, ?\`${name}\` may be changed by whatever else it is handed to`;
}

// What the compiler saw last, or what stands at the declaration, need not be what is there when it is returned.
const changed: readonly [name: string, expected: string, members: string, around?: string][] = [
  [
    "declared local that a nested function writes",
    `B, ${without("A", "C", "D")}`,
    `async run() { let next: S = S.B; [1].forEach(() => { next = S.C; }); return next; }`,
  ],
  [
    "declared local that a nested function writes, of some states",
    `B, ${without("C")}`,
    `async run() { let next: S.B | S.C = S.B; [1].forEach(() => { next = S.C; }); return next; }`,
  ],
  [
    "parameter that a nested function writes",
    `B, ${without("A", "C", "D")}`,
    `async run(_: {}, { input }: Context<S>) { if (input === S.B) { [1].forEach(() => { input = S.C; }); return input; } throw new Error(); }`,
  ],
  ["redeclared variable", "C", `async run() { var next = S.B; { var next = S.C; } return next; }`],
  ["written loop variable", "C, C", `async run() { for (let s of [S.B]) { s = S.C; return s; } throw new Error(); }`],
  ["parameter of a callback that it writes", "C", `run() { return Promise.resolve(S.B).then((s) => { s = S.C; return s; }); }`],
  ["function in a variable", WIDENED, `async run() { let f = () => S.B; if (cond) f = () => S.C; return f(); }`],
  ["function of a condition", WIDENED, `async run() { const f = cond ? () => S.B : () => S.C; return f(); }`],
  [
    "function that is a default",
    WIDENED,
    `async run() { return call(() => S.C); }`,
    `function call(f = () => S.B) { return f(); }`,
  ],
  [
    "overridden method of a field",
    "C",
    `private readonly s: Base = new Sub(); async run() { return this.s.pick(); }`,
    `class Base { pick() { return S.B; } } class Sub extends Base { override pick() { return S.C; } }`,
  ],
  [
    "method of an injected field",
    WIDENED,
    `constructor(private readonly s: Base = new Sub()) {} async run() { return this.s.pick(); }`,
    `class Base { pick() { return S.B; } } class Sub extends Base { override pick() { return S.C; } }`,
  ],
  [
    "method of a resource",
    WIDENED,
    `async run({ h }: { h: Help }) { return h.pick(); }`,
    `class Help { pick() { return S.B; } }`,
  ],
  [
    "annotated method of a resource",
    "B, C",
    `async run({ h }: { h: Help }) { return h.pick(); }`,
    `class Help { pick(): S.B | S.C { return S.B; } }`,
  ],
  ["field of a resource", WIDENED, `async run({ h }: { h: Help }) { return h.next; }`, `class Help { next = S.B; }`],
  [
    "getter of a resource",
    WIDENED,
    `async run({ h }: { h: Help }) { return h.next; }`,
    `class Help { get next() { return S.B; } }`,
  ],
  ["method of a new object", "B", `async run() { return new Help().pick(); }`, `class Help { pick() { return S.B; } }`],
  [
    "method of a constant object",
    "B",
    `async run() { return help.pick(); }`,
    `class Help { pick() { return S.B; } } const help = new Help();`,
  ],
  ["static method", "B", `async run() { return Help.pick(); }`, `class Help { static pick() { return S.B; } }`],
  [
    "assigned method",
    WIDENED,
    `constructor() { this.pick = () => S.C; } pick() { return S.B; } async run() { return this.pick(); }`,
  ],
  ["assigned run", WIDENED, `run = async () => S.B; constructor() { this.run = async () => S.C; }`],
  ["table that is written by name", "B, B, C", `async run() { table.x = S.C; return table[k]; }`, TABLE],
  ["table that is written by key", "B, C", `async run() { table[k] = S.C; return table.x; }`, TABLE],
  ["table that is written elsewhere by name", "B", `async run() { table.y = S.C; return table.x; }`, TABLE],
  [
    "list that is written",
    "B, C",
    `async run() { const list = [S.B]; list[0] = S.C; for (const s of list) return s; throw new Error(); }`,
  ],
  ["list that is added to", "B, C", `async run() { const list = [S.B]; list.unshift(S.C); return list[0]!; }`],
  [
    "list that is turned around",
    "B, C",
    `i = 0; async run() { return list[this.i++]!; }`,
    `const list = [S.B, S.C]; list.reverse();`,
  ],
  [
    "list that is handed on",
    handedOn("list"),
    `async run() { const list = [S.B]; fill(list); return list[0]!; }`,
    `declare function fill(list: S[]): void;`,
  ],
  [
    "assigned function of a table",
    "B, C",
    `async run() { return api.pick(); }`,
    `const api = { pick: () => S.B }; api.pick = () => S.C;`,
  ],
  [
    "method of a table that has a field like the class",
    "C",
    `readonly s = S.B; async run() { return w.now(); }`,
    `const w = { s: S.C, now() { return this.s; } };`,
  ],
  ["function of a table", "B", `async run() { return api.pick(); }`, `const api = { pick: () => S.B, other: () => S.C };`],
  [
    "declared field that a call writes",
    `B, ${without("A", "C", "D")}`,
    `private next: S = S.D; private flip() { this.next = S.C; } async run() { this.next = S.B; this.flip(); return this.next; }`,
  ],
  [
    "field that a call writes",
    `B, ${without("D", "C")}`,
    `private next = S.D; private flip() { this.next = S.C; } async run() { this.next = S.B; this.flip(); return this.next; }`,
  ],
  [
    "field that only the constructor writes",
    "B",
    `private next: S; constructor() { this.next = S.B; } async run() { if (this.next === S.B) return this.next; throw new Error(); }`,
  ],
  [
    "field written by a key",
    "B, C",
    `next = S.B; set(k: "next" | "run") { this[k as "next"] = S.C; } run() { return this.next; }`,
  ],
  [
    "object that is handed on",
    handedOn("o"),
    `async run() { const o = { next: S.B }; set(o); return o.next; }`,
    `function set(o: { next: S }) { o.next = S.C; }`,
  ],
  [
    "fixed object that is handed on",
    "B",
    `async run() { const o = { next: S.B } as const; show(o); return o.next; }`,
    `function show(o: { readonly next: S }) { return o; }`,
  ],
  [
    "object with another name",
    "B, C",
    `async run() { const o = { next: S.B }; const p: { next: S } = o; p.next = S.C; return o.next; }`,
  ],
  [
    "object written by a pattern",
    `${ASSIGNED}, ${without("B")}`,
    `async run() { const o = { next: S.B }; [o.next] = [S.C]; return o.next; }`,
  ],
  [
    "object written by Object.assign",
    `B, ${ASSIGNED}`,
    `async run() { const o = { next: S.B }; Object.assign(o, { next: S.C }); return o.next; }`,
  ],
  ["object of a condition", "B, C", `async run() { const o = cond ? { next: S.B } : { next: S.C }; return o.next; }`],
  [
    "list of objects",
    "B, C",
    `async run() { for (const o of [{ next: S.B }, { next: S.C }]) if (cond) return o.next; throw new Error(); }`,
  ],
  [
    "object of a helper",
    "B, C",
    `async run() { const o = await decide(); return o.next; }`,
    `async function decide() { if (cond) return { next: S.B, why: 1 }; return { next: S.C, why: 2 }; }`,
  ],
  [
    "object in a field",
    "B, C",
    `private readonly table = { ok: S.B, bad: S.C }; async run() { return this.table[cond ? "ok" : "bad"]; }`,
  ],
  [
    "field of a static table",
    `D, ${without("B")}`,
    `static table = { ok: S.B, bad: S.C }; async run() { Work.table.ok = S.D; return Work.table.ok; }`,
  ],
  [
    "object that hands itself on",
    handedOn("this"),
    `next = S.B; async run() { change(this); return this.next; }`,
    `function change(o: { next: S }) { o.next = S.C; }`,
  ],
  [
    "object that hands itself on with what is private",
    "B",
    `private next = S.B; async run() { show(this); return this.next; }`,
    `function show(o: object) { return o; }`,
  ],
  [
    "list of objects that a callback writes",
    "B, C",
    `async run() { return list[0]!.next; }`,
    `const list = [{ next: S.B }]; list.forEach((o) => { o.next = S.C; });`,
  ],
  [
    "narrowed property of an object with another name",
    `B, ${without("A", "C", "D")}`,
    `async run() { if (t.x === S.B) { same.y.x = S.C; return t.x; } throw new Error(); }`,
    `const t: Record<"x", S> = { x: S.B }; const same = { y: t };`,
  ],
  [
    "narrowed property",
    "B",
    `async run(_: {}, { input }: Context<{ s: S }>) { if (input.s === S.B) return input.s; throw new Error(); }`,
  ],
  [
    "settled promise",
    `${WIDENED}, D`,
    `async run() { const [r] = await Promise.allSettled([Promise.resolve(S.D)]); return r.status === "fulfilled" ? r.value : S.D; }`,
  ],
];

test.each(changed)("%s", (_, expected, members, around) => {
  const { targets } = targetsOf(members, around);
  expect(targets.join(", ")).toBe(expected);
});

test("what another file writes to a table counts", () => {
  const other = `import { S, table } from "./flow.js"; table.x = S.C; export {};`;
  const around = `export const table = { x: S.B };`;
  expect(targetsOf(`async run() { return table.x; }`, around, { "other.ts": other }).targets).toEqual(["B", "C"]);
});
