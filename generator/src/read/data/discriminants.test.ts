/** Which members tell the parts of a union from each other: those that the compiler goes by, and no others. */

import { expect, test } from "vitest";
import { createFitReader } from "../testing/fit-of.js";

const { fitOf } = createFitReader({});

/** `0 | 1 | 2` and the like. */
const numbers = (count: number): readonly string[] => Array.from({ length: count }, (_, at) => String(at));

test.each<[sent: string, taken: string, fits: boolean]>([
  ["'x' | 'y'", "{ v: 'x' } | { v: 'y' }", true],
  ["'x' | 'y' | null", "{ v: 'x' | null } | { v: 'y' }", true],
  ["'x' | 'y'", "{ v: 'x' } | { v: 'z' }", false],
  // None of them has a single value there.
  ["string | number", "{ v: string } | { v: number }", false],
  ["'x' | number", "{ v: 'x' } | { v: number }", true],
  // So many are tried, and no more.
  [
    numbers(25).join(" | "),
    numbers(25)
      .map((at) => `{ v: ${at} }`)
      .join(" | "),
    true,
  ],
  [
    numbers(26).join(" | "),
    numbers(26)
      .map((at) => `{ v: ${at} }`)
      .join(" | "),
    false,
  ],
])("a member %s for %s", (sent, taken, fits) => {
  const fit = fitOf("return to(S.B, { v });", taken, `declare const v: ${sent};`);
  expect(fit === "fits").toBe(fits);
});

test.each<[sent: string, taken: string, fits: boolean]>([
  ["{ v: 'x' | 'y'; w: 1 | 2 }", "{ v: 'x'; w: 1 } | { v: 'x'; w: 2 } | { v: 'y'; w: 1 } | { v: 'y'; w: 2 }", true],
  ["{ v: 'x' | 'y'; w: 1 | 2 }", "{ v: 'x'; w: 1 } | { v: 'x'; w: 2 } | { v: 'y'; w: 1 }", false],
  // Of `w` any will do in each part: there are five cases, and not thirty.
  [
    `{ v: ${numbers(5).join(" | ")}; w: ${numbers(6).join(" | ")} }`,
    numbers(5)
      .map((at) => `{ v: ${at}; w: number }`)
      .join(" | "),
    true,
  ],
])("members %s for %s", (sent, taken, fits) => {
  const fit = fitOf("return to(S.B, { ...sent });", taken, `declare const sent: ${sent};`);
  expect(fit === "fits").toBe(fits);
});
