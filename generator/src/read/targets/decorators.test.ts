/** Where a method goes next when a decorator may have put something else in the place of what is written down. */

import { describe, expect, test } from "vitest";
import { createReader } from "../testing/read-program.js";
import { createTargetReader } from "../testing/targets-of.js";

const DECORATED = "?it is decorated";
const AROUND = "declare function d(...parameters: unknown[]): void;";

const cases: readonly [name: string, expected: string, members: string, around?: string][] = [
  ["method", DECORATED, "@d async run() { return cond ? S.B : S.C; }"],
  ["method with a declared type", "B, C", "@d async run(): Promise<S.B | S.C> { return S.B; }"],
  ["method with overloads", "B, C", "run(): S.B | S.C; run(r: {}): S.B | S.C; @d run(_r?: {}): S.B | S.C { return S.B; }"],
  ["field with a function", DECORATED, "@d run = async () => S.B;"],
  ["field with a function that declares its type", "B", "@d run = async (): Promise<S.B> => S.B;"],
  ["other method", "B", "@d other() { return S.C; } async run() { return S.B; }"],
  ["helper", DECORATED, "@d pick() { return cond ? S.B : S.C; } async run() { return this.pick(); }"],
  [
    "helper in a constant",
    DECORATED,
    "@d pick() { return cond ? S.B : S.C; } async run() { const next = this.pick(); return next; }",
  ],
  ["helper with a declared type", "B, C", "@d pick(): S.B | S.C { return S.B; } async run() { return this.pick(); }"],
  ["callback", DECORATED, "@d pick() { return cond ? S.B : S.C; } async run() { return Promise.resolve(1).then(this.pick); }"],
  ["static helper", DECORATED, "@d static pick() { return cond ? S.B : S.C; } async run() { return Work.pick(); }"],
  ["field", DECORATED, "@d next = S.B; async run() { return this.next; }"],
  ["readonly field", DECORATED, "@d readonly next = S.B; async run() { return this.next; }"],
  ["field with a declared type", "B, C", "@d next: S.B | S.C = S.B; async run() { return this.next; }"],
  ["destructured field", DECORATED, "@d next = S.B; async run() { const { next } = this; return next; }"],
  ["getter", DECORATED, "@d get next() { return S.B; } async run() { return this.next; }"],
  ["getter with a declared type", "B", "@d get next(): S.B { return S.B; } async run() { return this.next; }"],
  ["object in a field", "B, C", "@d table = { x: S.B as S.B | S.C }; async run() { return this.table.x; }"],
  [
    "helper in a field",
    "?the compiler widens its type to the whole of `S`",
    "@d readonly h = new Help(); async run() { return this.h.pick(); }",
    "class Help { pick() { return S.B; } }",
  ],
  [
    "method of a base",
    DECORATED,
    "h = new Sub(); async run() { return new Sub().pick(); }",
    "class Base { @d pick() { return S.B; } } class Sub extends Base {}",
  ],
  ["class", DECORATED, "async run() { return new Help().pick(); }", "@d class Help { pick() { return S.B; } }"],
  [
    "class with a declared type",
    "B",
    "async run() { return new Help().pick(); }",
    "@d class Help { pick(): S.B { return S.B; } }",
  ],
  ["field of a class", DECORATED, "async run() { return new Help().next; }", "@d class Help { next = S.B; }"],
  [
    "class of a base",
    DECORATED,
    "async run() { return new Sub().pick(); }",
    "@d class Base { pick() { return S.B; } } class Sub extends Base {}",
  ],
  [
    "class that extends",
    DECORATED,
    "async run() { return new Sub().pick(); }",
    "class Base { pick() { return S.B; } } @d class Sub extends Base {}",
  ],
  [
    "base of an own method",
    "B",
    "async run() { return new Sub().pick(); }",
    "@d class Base {} class Sub extends Base { pick() { return S.B; } }",
  ],
  [
    "super",
    DECORATED,
    "async run() { return new Sub().pick(); }",
    "class Base { @d go() { return S.B; } } class Sub extends Base { pick() { return super.go(); } }",
  ],
];

const onlyStandard: typeof cases = [
  ["private method", DECORATED, "@d #pick() { return S.B; } async run() { return this.#pick(); }"],
  ["private field", DECORATED, "@d #next = S.B; async run() { return this.#next; }"],
  ["stored accessor", DECORATED, "@d accessor next = S.B; async run() { return this.next; }"],
];

describe.each([
  ["standard", createTargetReader(createReader()), [...cases, ...onlyStandard]],
  ["experimental", createTargetReader(createReader({ flags: { experimentalDecorators: true } })), cases],
] as const)("%s decorators", (_, targetsOf, all) => {
  test.each(all)("%s", (_name, expected, members, around = "") => {
    const { targets, errors } = targetsOf(members, `${AROUND} ${around}`);
    expect(targets.join(", ")).toBe(expected);
    expect(errors).toEqual([]);
  });

  test("of the task's own class", () => {
    const { targets } = targetsOf("async run() { return S.B; }", `${AROUND} @d`);
    expect(targets).toEqual([DECORATED]);
  });
});
