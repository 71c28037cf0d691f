/** What comes though the compiler leaves it out of a type, on all ways from there to where it is returned. */

import { expect, test } from "vitest";
import { createReader } from "../testing/read-program.js";
import { createTargetReader, without } from "../testing/targets-of.js";

const targetsOf = createTargetReader(createReader());

const TABLE = `const table: Record<string, S.B> = {};`;
const NEXT = `table["x"] ?? S.C`;
const BOX = `const box: { s: S.B | S.C } = { s: S.B }; function move() { box.s = S.C; }`;

test.each<[name: string, expected: string, members: string, around: string]>([
  ["constant", `B, ${without("C")}`, `run() { const s = ${NEXT}; return s; }`, TABLE],
  ["variable", `B, ${without("C")}`, `run() { let s; s = ${NEXT}; return s; }`, TABLE],
  ["field", `B, ${without("C")}`, `readonly s = ${NEXT}; run() { return this.s; }`, TABLE],
  ["getter", `B, ${without("C")}`, `get s() { return ${NEXT}; } run() { return this.s; }`, TABLE],
  ["helper", `B, ${without("C")}`, `run() { return this.s(); } s() { return ${NEXT}; }`, TABLE],
  ["function", `B, ${without("C")}`, `run() { return next(); }`, `${TABLE} const next = () => ${NEXT};`],
  ["part of an object", `B, ${without("C")}`, `run() { const { s } = next; return s; }`, `${TABLE} const next = { s: ${NEXT} };`],
  ["loop", `B, D, ${without("C")}`, `run() { for (const s of [${NEXT}]) return s; return S.D; }`, TABLE],
  ["callback", `B, ${without("C")}`, `run() { return Promise.resolve(${NEXT}).then((s) => s); }`, TABLE],
  ["awaited", `B, ${without("C")}`, `async run() { const s = await Promise.resolve(${NEXT}); return s; }`, TABLE],
  ["with an input", `to B, ${without("C")}`, `run() { const s = to(${NEXT}, 1); return s; }`, TABLE],
  [
    "hand-written",
    `hand-written B, ${without("C")}`,
    `run() { const s = { state: ${NEXT}, input: 1 } as const; return s; }`,
    TABLE,
  ],
  ["property that a call has written", `B, ${without("C")}`, `run() { box.s = S.B; move(); const s = box.s; return s; }`, BOX],
  ["the same with an input", `to B, ${without("C")}`, `run() { box.s = S.B; move(); return to(box.s, 1); }`, BOX],
  [
    "field that a call has written",
    `B, ${without("C")}`,
    `s: S.B | S.C = S.B; move() { this.s = S.C; } run() { this.s = S.B; this.move(); const s = this.s; return s; }`,
    "",
  ],
  [
    "variable that a call has written",
    `B, ${without("C")}`,
    `run() { let s: S.B | S.C = S.B; [1].forEach(() => { s = S.C; }); const next = s; return next; }`,
    "",
  ],
  [
    "ruled out where it is read",
    "D, B",
    `run() { const s = cond ? S.B : S.C; if (s === S.C) return S.D; const t = s; return t; }`,
    "",
  ],
  ["what may be missing", "B, C", `run() { const s = new Map<string, S.B>().get("x") ?? S.C; return s; }`, ""],
])("%s", (_, expected, members, around) => {
  expect(targetsOf(members, around).targets.join(", ")).toBe(expected);
});
