/** Where a method goes next when type parameters tell: of its class, by whose key a table is looked up, or of the function that makes the class. */

import { expect, test } from "vitest";
import { createReader } from "../testing/read-program.js";
import { createTargetReader } from "../testing/targets-of.js";

const targetsOf = createTargetReader(createReader());

const TABLE = "const table = { x: S.B, y: S.C } as const;";
const KEYED = "class Keyed<K extends keyof typeof table> { constructor(private readonly k: K) {}";

const MAKES = "const goes = <N extends S>(next: N) => class { run() { return next; } };";
const MAKES_TO = "const goes = <N extends S>(next: N) => class { async run() { return to(next, 1); } };";
const LOOKED_UP =
  "class Keyed<const M extends Record<string, S>> { constructor(private readonly table: M) {} key(): keyof M { throw new Error(); }";

test.each<[name: string, expected: string, binding: string, around: string]>([
  ["an instance", "B", `new Keyed("x")`, `${TABLE} ${KEYED} run() { return table[this.k]; } }`],
  ["type arguments", "B, C", `new Keyed<"x" | "y">("x")`, `${TABLE} ${KEYED} run() { return table[this.k]; } }`],
  ["a base", "C", `new Y("y")`, `${TABLE} ${KEYED} run() { return table[this.k]; } } class Y extends Keyed<"y"> {}`],
  [
    "a part of a part",
    "C",
    `new Keyed("y")`,
    `const table = { x: { next: S.B }, y: { next: S.C } } as const; ${KEYED} run() { return table[this.k].next; } }`,
  ],
  [
    "nothing but the constraint",
    "B, C",
    "Open",
    `${TABLE} class Open<K extends keyof typeof table> { k!: K; run() { return table[this.k]; } }`,
  ],
  ["a function that makes the class", "B", "Made", `${MAKES} class Made extends goes(S.B) {}`],
  ["such a function with an input", "to C", "Made", `${MAKES_TO} class Made extends goes(S.C) {}`],
  ["its type argument", "B, C", "Made", `${MAKES} class Made extends goes<S.B | S.C>(S.B) {}`],
  [
    "what is looked up in one",
    "B, C",
    "new Keyed({ x: S.B, y: S.C })",
    `${LOOKED_UP} run() { return this.table[this.key()]!; } }`,
  ],
  [
    "what is looked up and passed through a constant",
    "B, C",
    "new Keyed({ x: S.B, y: S.C })",
    `${LOOKED_UP} run() { const next = this.table[this.key()]; if (!next) throw new Error(); return next; } }`,
  ],
  [
    "what is looked up, with an input",
    "to B, to C",
    "new Keyed({ x: S.B, y: S.C })",
    `${LOOKED_UP} run() { return to(this.table[this.key()]!, 1); } }`,
  ],
  [
    "what is looked up beside another state",
    "C, B, C",
    "new Keyed({ x: S.B })",
    `${LOOKED_UP} run() { if (cond) return S.C; return this.table[this.key()]!; } }`,
  ],
  [
    "what is looked up where that may be any state",
    "?its type depends on a type parameter",
    "new Keyed({ x: S.B } as Record<string, S>)",
    `${LOOKED_UP} run() { return this.table[this.key()]!; } }`,
  ],
  [
    "a parameter without a constraint",
    "B",
    "Made",
    "const goes = <const N>(next: N) => class { run() { return next; } }; class Made extends goes(S.B) {}",
  ],
])("%s", (_, expected, binding, around) => {
  expect(targetsOf("", around, {}, binding).targets.join(", ")).toBe(expected);
});
