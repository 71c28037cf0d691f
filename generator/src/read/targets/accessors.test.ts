/** Where a method goes next when it returns what a getter gives, also where a setter stands beside it. */

import { expect, test } from "vitest";
import { createReader } from "../testing/read-program.js";
import { createTargetReader, without } from "../testing/targets-of.js";

const targetsOf = createTargetReader(createReader());

const WIDENED = "?the compiler widens its type to the whole of `S`";
const N = "#n = 0;";
const SET = "{ this.#n = v === S.C ? 1 : 0; }";
const RUN = "async run() { if (cond) this.next = S.D; return this.next; }";

const accessors: readonly [name: string, expected: string, members: string, around?: string][] = [
  ["getter", "B", `get next() { return S.B; } async run() { return this.next; }`],
  ["getter and setter", "C, B", `${N} get next() { return this.#n ? S.C : S.B; } set next(v: S) ${SET} ${RUN}`],
  ["setter and getter", "C, B", `${N} set next(v: S) ${SET} get next() { return this.#n ? S.C : S.B; } ${RUN}`],
  [
    "annotated getter and setter",
    "B, C",
    `${N} get next(): S.B | S.C { return this.#n ? S.C : S.B; } set next(v: S) ${SET} ${RUN}`,
  ],
  [
    "setter and annotated getter",
    "B, C",
    `${N} set next(v: S) ${SET} get next(): S.B | S.C { return this.#n ? S.C : S.B; } ${RUN}`,
  ],
  [
    "annotated with the whole set",
    "A, B, C, D",
    `${N} set next(v: S) ${SET} get next(): S { return this.#n ? S.C : S.B; } ${RUN}`,
  ],
  [
    "setter that tells the type",
    "C, B",
    `${N} get next() { return this.#n ? S.C : S.B; } set next(v) ${SET} async run() { if (cond) this.next = S.C; return this.next; }`,
  ],
  [
    "getter that is not written",
    "B",
    `get next() { return cond ? S.B : S.C; } async run() { if (this.next === S.B) return this.next; throw new Error(); }`,
  ],
  [
    "getter after an assignment",
    `C, ${without("B")}`,
    `${N} get next() { return this.#n ? S.C : S.B; } set next(v: S) ${SET} async run() { this.next = S.C; return this.next; }`,
  ],
  [
    "annotated getter after an assignment",
    `C, ${without("B")}`,
    `${N} get next(): S.B | S.C { return this.#n ? S.C : S.B; } set next(v: S) ${SET} async run() { this.next = S.C; return this.next; }`,
  ],
  [
    "setter and annotated getter after an assignment",
    `C, ${without("B")}`,
    `${N} set next(v: S.B | S.C) ${SET} get next(): S.B | S.C { return this.#n ? S.C : S.B; } async run() { this.next = S.C; return this.next; }`,
  ],
  [
    "private",
    without("C", "B"),
    `${N} set #next(v: S) ${SET} get #next() { return this.#n ? S.C : S.B; } async run() { this.#next = S.D; return this.#next; }`,
  ],
  [
    "private annotated",
    `C, ${without("B")}`,
    `${N} set #next(v: S) ${SET} get #next(): S.B | S.C { return this.#n ? S.C : S.B; } async run() { this.#next = S.C; return this.#next; }`,
  ],
  [
    "static",
    `C, ${without("B")}`,
    `static #n = 0; static set next(v: S) { Work.#n = v === S.C ? 1 : 0; } static get next() { return Work.#n ? S.C : S.B; } async run() { Work.next = S.C; return Work.next; }`,
  ],
  [
    "static annotated",
    `C, ${without("B")}`,
    `static #n = 0; static set next(v: S) { Work.#n = v === S.C ? 1 : 0; } static get next(): S.B | S.C { return Work.#n ? S.C : S.B; } async run() { Work.next = S.C; return Work.next; }`,
  ],
  [
    "destructured",
    `C, ${without("B")}`,
    `${N} set next(v: S) ${SET} get next() { return this.#n ? S.C : S.B; } async run() { this.next = S.C; const { next } = this; return next; }`,
  ],
  ["setter alone", `C, ${without("B")}`, `set next(v: S.B | S.C) {} async run() { this.next = S.C; return this.next; }`],
  [
    "helper object, getter first",
    `C, ${without("B")}`,
    `async run() { help.next = S.C; return help.next; }`,
    `const help = { n: 0, get next() { return this.n ? S.C : S.B; }, set next(v: S) { this.n = v === S.C ? 1 : 0; } };`,
  ],
  [
    "helper object, setter first",
    `C, ${without("B")}`,
    `async run() { help.next = S.C; return help.next; }`,
    `const help = { n: 0, set next(v: S) { this.n = v === S.C ? 1 : 0; }, get next() { return this.n ? S.C : S.B; } };`,
  ],
  [
    "helper object, annotated",
    `C, ${without("B")}`,
    `async run() { help.next = S.C; return help.next; }`,
    `const help = { n: 0, get next(): S.B | S.C { return this.n ? S.C : S.B; }, set next(v: S) { this.n = v === S.C ? 1 : 0; } };`,
  ],
  [
    "helper object, setter first, annotated",
    `C, ${without("B")}`,
    `async run() { help.next = S.C; return help.next; }`,
    `const help = { n: 0, set next(v: S) { this.n = v === S.C ? 1 : 0; }, get next(): S.B | S.C { return this.n ? S.C : S.B; } };`,
  ],
  [
    "helper instance",
    `C, ${without("B")}`,
    `readonly #h = new Help(); async run() { this.#h.next = S.C; return this.#h.next; }`,
    `class Help { #n = 0; set next(v: S) ${SET} get next() { return this.#n ? S.C : S.B; } }`,
  ],
  [
    "inherited",
    `C, ${without("B")}`,
    `readonly #h = new Sub(); async run() { this.#h.next = S.C; return this.#h["next"]; }`,
    `class Help { #n = 0; set next(v: S) ${SET} get next() { return this.#n ? S.C : S.B; } } class Sub extends Help {}`,
  ],
  [
    "injected helper",
    WIDENED,
    `constructor(readonly h = new Help()) {} async run() { this.h.next = S.C; return this.h.next; }`,
    `class Help { #n = 0; set next(v: S) ${SET} get next() { return this.#n ? S.C : S.B; } }`,
  ],
  [
    "resource",
    WIDENED,
    `async run({ h }: { h: Help }) { return h.next; }`,
    `class Help { #n = 0; set next(v: S) ${SET} get next() { return this.#n ? S.C : S.B; } }`,
  ],
  [
    "annotated resource",
    "A, B, C, D",
    `async run({ h }: { h: Help }) { return h.next; }`,
    `class Help { #n = 0; set next(v: S) ${SET} get next(): S { return this.#n ? S.C : S.B; } }`,
  ],
];

test.each(accessors)("%s", (_, expected, members, around) => {
  const { targets, errors } = targetsOf(members, around);
  expect(targets.join(", ")).toBe(expected);
  expect(errors).toEqual([]);
});
