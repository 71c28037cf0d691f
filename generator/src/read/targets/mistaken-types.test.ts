/** What goes through a type alone that the compiler is wrong about: a call has written to what it was narrowed from. */

import { expect, test } from "vitest";
import { createReader } from "../testing/read-program.js";
import { createTargetReader, without } from "../testing/targets-of.js";

const targetsOf = createTargetReader(createReader());

const CHANGED = "?`it` may have changed since the compiler narrowed it";
const IT = "let it: S.B | S.C = S.B; const move = () => { it = S.C; }; move();";
const KEY = `let key: "x" | "y" = "x"; const move = () => { key = "y"; }; move();`;
const CHANGED_KEY = CHANGED.replace("it", "key");
const MODE = 'mode: "fast" | "slow" = "fast"; move() { this.mode = "slow"; }';
const MODES = "const table = { fast: S.B, slow: S.C } as const;";
const WRAP = "function wrap<Value>(value: Value) { return value; }";

test.each<[name: string, expected: string, members: string, around?: string]>([
  ["generic function", CHANGED, `run() { ${IT} return wrap(it); }`, WRAP],
  ["generic function by way of a constant", CHANGED, `run() { ${IT} const next = wrap(it); return next; }`, WRAP],
  ["constant in a generic function", CHANGED, `run() { ${IT} const next = it; return wrap(next); }`, WRAP],
  ["condition in a generic function", CHANGED, `run() { ${IT} return wrap(cond ? S.D : it); }`, WRAP],
  ["method of a list", CHANGED, `run() { ${IT} return [it].map((each) => each)[0]!; }`],
  ["callback, which the compiler does not narrow in", "B, C", `run() { ${IT} return [1].map(() => it)[0]!; }`],
  ["map", `${CHANGED}, B`, `run() { ${IT} return new Map([["x", it]]).get("x") ?? S.B; }`],
  ["Promise.race", CHANGED, `async run() { ${IT} return await Promise.race([Promise.resolve(it)]); }`],
  ["Promise.all", CHANGED, `async run() { ${IT} const [next] = await Promise.all([it]); return next; }`],
  ["loop", `${CHANGED}, B`, `run() { ${IT} for (const each of new Set([it])) return each; return S.B; }`],
  ["assigned to a variable", CHANGED, `run() { ${IT} let next: S = it; if (cond) next = S.D; return next; }`],
  ["copy", CHANGED, `run() { ${IT} const held = { ...(cond ? { it } : { it: S.D }) } as const; return held.it; }`],
  ["key of a table", `B, ${without("C")}`, `run() { ${KEY} return table[key]; }`, "const table = { x: S.B, y: S.C } as const;"],
  ["key of a table that may be changed", "B, C", `run() { ${KEY} return table[key]; }`, "const table = { x: S.B, y: S.C };"],
  [
    "key of a table of functions",
    `B, ${without("C")}`,
    `run() { ${KEY} return table[key](); }`,
    "const table = { x: () => S.B as const, y: () => S.C as const };",
  ],
  ["key of a declared table", CHANGED_KEY, `run() { ${KEY} return table[key]; }`, "declare const table: { x: S.B; y: S.C };"],
  [
    "place in a tuple",
    `B, ${without("C")}`,
    "run() { let at: 0 | 1 = 0; const move = () => { at = 1; }; move(); return ([S.B, S.C] as const)[at]; }",
  ],
  [
    "union of objects",
    "?`held` may have changed since the compiler narrowed it",
    "run() { let held: { s: S.B } | { s: S.C } = { s: S.B }; const move = () => { held = { s: S.C }; }; move(); return held.s; }",
  ],
  [
    "property of an object in a generic function",
    "?`box.s` may have changed since the compiler narrowed it",
    "run() { box.s = S.B; move(); return wrap(box.s); }",
    `${WRAP} const box: { s: S.B | S.C } = { s: S.B }; function move() { box.s = S.C; }`,
  ],
  [
    "what may be missing, in a generic function",
    "?the compiler leaves `S.C` out of the type of `table.x ?? S.C`",
    "run() { return wrap(table.x ?? S.C); }",
    `${WRAP} declare const table: Record<string, S.B>;`,
  ],
  [
    "what may be missing, in a list",
    "?the compiler leaves `S.C` out of the type of `table.x ?? S.C`",
    "run() { return [table.x ?? S.C].at(0)!; }",
    `declare const table: Record<string, S.B>;`,
  ],
  [
    "what has been seen to be there",
    "B, B",
    `run() { if (!it) return S.B; return wrap(it); }`,
    `${WRAP} let it: S.B | undefined; export function move() { it = undefined; }`,
  ],
  [
    "argument of a function with a declared type",
    "B, D",
    `run() { ${IT} return next(it); }`,
    "declare function next(it: S): S.B | S.D;",
  ],
  ["compared", "B, D, B", `run() { ${IT} return ([S.B, S.D] as const).find((each) => each === it) ?? S.B; }`],
  ["never written to by a function", "B", `run() { let it: S.B | S.C = S.C; it = S.B; return wrap(it); }`, WRAP],
  [
    "key that a condition has just looked at",
    "B, D",
    `${MODE} run() { if (this.mode === "fast") return table[this.mode]; return S.D; }`,
    MODES,
  ],
  [
    "key that a switch is about",
    "B, D",
    `${MODE} run() { switch (this.mode) { case "fast": return wrap(table[this.mode]); default: return S.D; } }`,
    `${MODES} ${WRAP}`,
  ],
  [
    "call since the condition",
    `B, D, ${without("C")}`,
    `${MODE} run() { if (this.mode === "fast") { this.move(); return table[this.mode]; } return S.D; }`,
    MODES,
  ],
  [
    "call before the condition, which rules nothing out",
    `B, D, ${without("C")}`,
    `${MODE} run() { this.mode = "fast"; this.move(); if (this.mode) return table[this.mode]; return S.D; }`,
    MODES,
  ],
  [
    "key that an early return has looked at",
    "D, B",
    `${MODE} run() { if (this.mode === "slow") return S.D; return table[this.mode]; }`,
    MODES,
  ],
  [
    "call that leads away before",
    "D, B",
    `${MODE} run() { if (this.mode === "slow") { this.move(); return S.D; } const count = 1; return table[this.mode]; }`,
    MODES,
  ],
  [
    "call since an early return",
    `D, B, ${without("C")}`,
    `${MODE} run() { if (this.mode === "slow") return S.D; this.move(); return table[this.mode]; }`,
    MODES,
  ],
  [
    "call in the condition of an early return since",
    `D, D, B, ${without("C")}`,
    `${MODE} run() { if (this.mode === "slow") return S.D; if (wrap(this.move()) === undefined) return S.D; return table[this.mode]; }`,
    `${MODES} ${WRAP}`,
  ],
  [
    "call in a condition that leads on since",
    `D, B, ${without("C")}`,
    `${MODE} run() { if (this.mode === "slow") return S.D; if (cond) { this.move(); } return table[this.mode]; }`,
    MODES,
  ],
  [
    "call in a loop",
    `B, D, ${without("C")}`,
    `${MODE} run() { if (this.mode === "fast") while (true) { if (cond) return table[this.mode]; this.move(); } return S.D; }`,
    MODES,
  ],
])("%s", (_, expected, members, around) => {
  expect(targetsOf(members, around).targets.join(", ")).toBe(expected);
});
