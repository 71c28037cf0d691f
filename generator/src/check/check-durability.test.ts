/** What a durable workflow says of itself: codes 3021 and 3022. */

import { expect, test } from "vitest";
import { outcomeOf, problemsOf } from "./testing/problems-of.js";
import { durabilityOf, number, reading } from "./testing/reading-builder.js";

const LARGEST = 2_147_483_647;

/** Without a version where `version` is `none`; with one that is not known where it is undefined. */
function problemsWith(durable: boolean, version: number | undefined | "none"): readonly string[] {
  const written = version === "none" ? undefined : number(version, "version");
  const durability = durabilityOf({ durable, version: written });
  return problemsOf({ states: ["A", "Done"], tasks: { A: { to: ["Done"] } }, more: { durability } });
}

test("a durable workflow has a version", () => {
  expect(problemsWith(true, "none")).toEqual(["CANO3021 durable"]);
});

test("a version is offered behind what makes it durable", () => {
  const durability = durabilityOf({ version: undefined });
  const spec = { states: ["A", "Done"], tasks: { A: { to: ["Done"] } }, more: { durability } };
  expect(outcomeOf(reading(spec)).diagnostics.map(({ fix }) => fix)).toEqual([
    { title: "add `version: 1`", span: { file: "durable", start: 1, end: 1 }, text: ", version: 1" },
  ]);
});

test.each([1, LARGEST])("which may be %d", (version) => {
  expect(problemsWith(true, version)).toEqual([]);
});

test.each([0, -1, 1.5, LARGEST + 1, Number.NaN, undefined])("and not %s", (version) => {
  expect(problemsWith(true, version)).toEqual(["CANO3022 version"]);
});

test.each(["none", 0, undefined] as const)("one that says it is not durable needs none: %s", (version) => {
  expect(problemsWith(false, version)).toEqual([]);
});
