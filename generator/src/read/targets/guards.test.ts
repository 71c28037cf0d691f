/** Where a method goes next when a condition has told what a variable holds: the rest of what was put into it does not come. */

import { expect, test } from "vitest";
import { createReader } from "../testing/read-program.js";
import { createTargetReader } from "../testing/targets-of.js";

const targetsOf = createTargetReader(createReader());

const GUARD = `declare function isState(text: unknown): text is S; declare function isNext(text: unknown): text is S.B | S.C; declare const api: { next(): string; peek(): unknown; any(): any };`;
const DECIDED = `private decide() { if (cond) return S.B; return cond ? S.C : { error: "none" }; }`;

test.each<[name: string, expected: string, members: string]>([
  ["a text", "B, C", `run() { const next = api.next(); if (!isNext(next)) throw new Error(); return next; }`],
  ["a text in a condition", "B, C, D", `run() { const next = api.next(); return isNext(next) ? next : S.D; }`],
  ["a text that is assigned", "B, C, D", `run() { let next = ""; next = api.next(); return isNext(next) ? next : S.D; }`],
  ["a text of a promise", "B, C, D", `async run() { return Promise.resolve(api.next()).then((s) => (isNext(s) ? s : S.D)); }`],
  [
    "a text that may be any state",
    "A, B, C, D",
    `run() { const next = api.next(); if (!isState(next)) throw new Error(); return next; }`,
  ],
  ["what is unknown", "B, C", `run() { const next = api.peek(); if (!isNext(next)) throw new Error(); return next; }`],
  ["a text that is compared", "B", `run() { const next = api.next(); if (next !== S.B) throw new Error(); return next; }`],
  [
    "an object beside states",
    "D, B, C",
    `run() { const next = this.decide(); if (typeof next === "object") return S.D; return next; } ${DECIDED}`,
  ],
  [
    "an object in a condition",
    "D, B, C",
    `run() { const next = this.decide(); return typeof next === "object" ? S.D : next; } ${DECIDED}`,
  ],
  ["no guard", "?its type is `string`", `run() { const next = api.next(); if (next === "") throw new Error(); return next; }`],
  // As the compiler has it, a variable of states takes it without a look.
  ["what is any", "?its type is `any`", `run() { const next = api.any(); if (!isNext(next)) throw new Error(); return next; }`],
  [
    "a variable that a call has written since",
    "?`next` may have changed since the compiler narrowed it",
    `run() { let next = api.next(); const f = () => { next = "a"; }; if (!isNext(next)) throw new Error(); f(); const it = next; return it; }`,
  ],
  [
    "a field that a call has written since",
    "?`this.next` may have changed since the compiler narrowed it",
    `next = api.next(); run() { if (!isNext(this.next)) throw new Error(); this.load(); const it = this.next; return it; } load() { this.next = api.next(); }`,
  ],
  [
    "a field that a call has written since, with an input",
    "?`this.next` may have changed since the compiler narrowed it",
    `next = api.next(); run() { if (!isNext(this.next)) throw new Error(); this.load(); return to(this.next, 1); } load() { this.next = api.next(); }`,
  ],
])("behind a guard: %s", (_name, expected, members) => {
  const { targets, errors } = targetsOf(members, GUARD);
  expect(errors).toEqual([]);
  expect(targets.join(", ")).toBe(expected);
});
