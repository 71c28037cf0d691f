/** Slips of the pen. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isOneSlip } from "./slips.js";

describe("isOneSlip", () => {
  it.each([
    ["added", "runs", "run", true],
    ["missing", "rn", "run", true],
    ["replaced", "ron", "run", true],
    ["swapped", "rnu", "run", true],
    ["case", "RUN", "run", true],
    ["at the start", "un", "run", true],
    ["in the middle", "rouute", "route", true],
    ["the same", "run", "run", false],
    ["two added", "rerun", "run", false],
    ["two replaced", "fan", "run", false],
    ["swapped and added", "rnus", "run", false],
    ["nothing in common", "describe", "run", false],
    ["empty", "", "run", false],
    ["one letter and none", "", "a", true],
  ])("%s: %s for %s", (_, found, meant, expected) => {
    expect(isOneSlip(found, meant)).toBe(expected);
    expect(isOneSlip(meant, found)).toBe(expected);
  });

  it("agrees with all words that one slip can make", () => {
    const word = fc.string({ unit: fc.constantFrom("a", "b", "c"), maxLength: 5 });
    fc.assert(
      fc.property(word, word, (found, meant) => isOneSlip(found, meant) === (found !== meant && slipsOf(meant).has(found))),
    );
  });
});

function slipsOf(word: string): ReadonlySet<string> {
  const slips = new Set<string>();
  for (let place = 0; place <= word.length; place++) {
    const before = word.slice(0, place);
    const after = word.slice(place);
    slips.add(before + after.slice(1));
    if (after.length > 1) slips.add(`${before}${after[1]}${after[0]}${after.slice(2)}`);
    for (const letter of "abc") slips.add(before + letter + after).add(before + letter + after.slice(1));
  }
  return slips;
}
