/** Where a method goes next when something else may take the place of what is written down: a default, or what is assigned later. */

import { expect, test } from "vitest";
import { createReader } from "../testing/read-program.js";
import { createTargetReader } from "../testing/targets-of.js";

const targetsOf = createTargetReader(createReader());

const WIDENED = "?the compiler widens its type to the whole of `S`";

const SWITCH = `let k: "x" | "y" = "x"; const f = () => { k = "y"; }; f(); switch (k) { case "x": return S.B; }`;
const HANDED = "?`held` may be changed by whatever else it is handed to";
const MOVE = "function move(moved: { s: S }) { moved.s = S.C; }";

test.each<[name: string, expected: string, members: string, around?: string]>([
  [
    "state of an object that is assigned",
    "hand-written B, hand-written C",
    "run() { const next = { state: S.B, input: 1 }; if (cond) next.state = S.C; return next; }",
  ],
  [
    "state of an object that a field holds",
    "hand-written B, hand-written C",
    "next = { state: S.B, input: 1 }; move() { this.next.state = S.C; } run() { return this.next; }",
  ],
  [
    "state of an object that is handed to a callback",
    "hand-written B, hand-written C",
    "run() { return Promise.resolve({ state: S.B, input: 1 }).then((next) => { next.state = S.C; return next; }); }",
  ],
  [
    "state of an object that is assigned by a pattern",
    "hand-written B, hand-written ?it is assigned in a way that cannot be followed",
    "run() { const next = { state: S.B, input: 1 }; [next.state] = [S.C]; return next; }",
  ],
  [
    "default of a parameter of a constructor, besides what is assigned",
    WIDENED,
    "constructor(public next = S.B) {} move() { this.next = S.C; } run() { return this.next; }",
  ],
  [
    "default of a parameter of a callback",
    "B, C",
    "run() { return Promise.resolve(cond ? S.B : undefined).then((next = S.C) => next); }",
  ],
  [
    "default of a parameter of a function that is handed over",
    "B, C",
    "run() { return Promise.resolve(cond ? S.B : undefined).then(or); }",
    "const or = (next = S.C) => next;",
  ],
  [
    "then of something else than a promise",
    "C",
    "run() { return new Later().then(() => S.B); }",
    "class Later { #s = S.C; then(_: () => S) { return this.#s; } }",
  ],
  ["behind a switch over a variable that a function writes to", "B, C", `run() { ${SWITCH} return S.C; }`],
  [
    "behind a switch over a field that a method writes to",
    "B, C",
    `k: "x" | "y" = "x"; f() { this.k = "y"; } run() { this.k = "x"; this.f(); switch (this.k) { case "x": return S.B; } return S.C; }`,
  ],
  [
    "behind a switch over a part of a variable that a function writes to",
    "B, C",
    `run() { let k: { is: "x" } | { is: "y" } = { is: "x" }; const f = () => { k = { is: "y" }; }; f(); switch (k.is) { case "x": return S.B; } return S.C; }`,
  ],
  [
    "behind a switch over a type that has changed",
    "B, C",
    `run() { let k: string | number = ""; const f = () => { k = 1; }; f(); switch (typeof k) { case "string": return S.B; } return S.C; }`,
  ],
  [
    "in a function that is made behind a switch over a variable that a function writes to",
    "B, C",
    `run() { ${SWITCH} return (() => { return S.C; })(); }`,
  ],
  [
    "in a loop behind a switch over a variable that a function writes to",
    "B, D, C",
    `run() { ${SWITCH} let next = S.D; for (const each of [S.C]) if (cond) next = each; return next; }`,
  ],
  [
    "in a loop behind such a switch, of what cannot be told",
    `B, ${WIDENED}, C`,
    `run() { ${SWITCH} let next = given(); for (const each of [S.C]) if (cond) next = each; return next; }`,
    "function given(state = S.D) { return state; }",
  ],
  [
    "in a loop behind such a switch, of a declared type",
    "B, ?the compiler takes this code for unreachable",
    `run() { ${SWITCH} let next: S.C | S.D = S.D; for (const each of [S.C] as const) if (cond) next = each; return next; }`,
  ],
  [
    "behind a switch over all that there may be",
    "B, C",
    `k: "x" | "y" = "x"; f() { this.k = "y"; } run() { switch (this.k) { case "x": return S.B; case "y": return S.C; } return S.D; }`,
  ],
  [
    "property that a method of the object writes to",
    "B, C",
    "run() { const table = { s: S.B, move() { this.s = S.C; } }; table.move(); return table.s; }",
  ],
  [
    "property that a function of the object writes to",
    "B, C",
    "run() { const table = { s: S.B, move: function () { this.s = S.C; } }; table.move(); return table.s; }",
  ],
  [
    "property of an object that hands itself out",
    "B, ?`table` may be changed by whatever else it is handed to",
    "run() { const table = { s: S.B, get self() { return this; } }; table.self.s = S.C; return table.s; }",
  ],
  [
    "property of an object whose methods only read",
    "B",
    "run() { const table = { s: S.B, other: 1, show() { return `${this.s} ${this.other}`; } }; table.show(); return table.s; }",
  ],
  [
    "property beside an arrow function, which has no object",
    "B",
    "s = S.C; run() { const table = { s: S.B, move: () => { this.s = S.D; } }; table.move(); return table.s; }",
  ],
  ["element of a list that is turned", "B, C", "run() { const list = [S.B, S.C]; if (cond) list.reverse(); return list[0]!; }"],
  ["element of a list that has lost one", "B, C", "run() { const list = [S.B, S.C]; list.shift(); return list[0]!; }"],
  ["element that is taken apart", "B, C", "run() { const list = [S.B, S.C]; list.sort(); const [first] = list; return first!; }"],
  [
    "field of an instance that is handed on",
    `B, ${HANDED}`,
    "run() { const held = new Held(); move(held); return held.s; }",
    `class Held { s = S.B; } ${MOVE}`,
  ],
  [
    "field of an instance that a field holds",
    "B, ?`this.held` may be changed by whatever else it is handed to",
    "held = new Held(); move() { move(this.held); } run() { return this.held.s; }",
    `class Held { s = S.B; } ${MOVE}`,
  ],
  [
    "field of an instance that hands itself on",
    `B, ${HANDED}`,
    "run() { const held = new Held(); return held.s; }",
    `class Held { s = S.B; constructor() { move(this); } } ${MOVE}`,
  ],
  [
    "field of an instance, which nobody else may write to",
    "B",
    "run() { const held = new Held(); String(held); console.log(held); return held.s; }",
    "class Held { s = S.B; }",
  ],
  [
    "readonly field of an instance that is handed on",
    "B",
    "run() { const held = new Held(); move(held); return held.s; }",
    "class Held { readonly s = S.B; } function move(_: Held) {}",
  ],
])("%s", (_, expected, members, around) => {
  expect(targetsOf(members, around).targets.join(", ")).toBe(expected);
});
