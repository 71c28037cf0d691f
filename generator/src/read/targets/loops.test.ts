/** Where a method goes next when it returns what a loop takes from the parts of a list. */

import { expect, test } from "vitest";
import { createReader } from "../testing/read-program.js";
import { createTargetReader } from "../testing/targets-of.js";

const targetsOf = createTargetReader(createReader());

const WIDENED = "?the compiler widens its type to the whole of `S`";
const ESCAPED = "B, C, ?`rules` may be changed by whatever else it is handed to";
const RULES = "const rules = [{ max: 1, next: S.B }, { max: 2, next: S.C }];";

function looped(pattern: string, before = ""): string {
  return `run() { ${before} for (const ${pattern} of rules) if (cond) return next; throw new Error(); }`;
}

test.each<[name: string, expected: string, members: string, around: string]>([
  ["a property", "B, C", looped("{ max, next }"), RULES],
  [
    "a property by another name",
    "C, D",
    looped("{ then: next }"),
    "const rules = [{ then: S.C, next: S.B }, { then: S.D, next: S.B }];",
  ],
  ["an element", "B, C", looped("[, next]"), "const rules = [[S.D, S.B], [S.D, S.C]];"],
  ["a property that was written before", "B, C, D", looped("{ next }", "for (const rule of rules) rule.next = S.D;"), RULES],
  ["a property of what was added", ESCAPED, looped("{ next }", "rules.push({ max: 3, next: S.D });"), RULES],
  [
    "a list that is handed on",
    ESCAPED,
    looped("{ next }", "take(rules);"),
    `${RULES} declare function take(list: object): void;`,
  ],
  ["a default", WIDENED, looped("{ next = S.D }"), RULES],
  [
    "a list that is not at hand",
    WIDENED,
    looped("{ next }"),
    "const rules = make(); declare function make<T = S>(): { next: T }[];",
  ],
])("%s", (_, expected, members, around) => {
  const { targets, errors } = targetsOf(members, around);
  expect(targets.join(", ")).toBe(expected);
  expect(errors).toEqual([]);
});
