/** Every code has a fixture that shows it, or a test that does; no code is shown that the catalogue does not have. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { catalogue } from "../generator/src/diagnostics/catalogue/index.js";
import { FIXTURES, listFixtures, textOf } from "./support/fixtures.js";

const ROOT = fileURLToPath(new URL("../", import.meta.url));
const codes = catalogue.map(({ code }) => code);

// Codes that no source text can bring about, with the tests that do.
const ELSEWHERE: Readonly<Record<string, string>> = {
  "6": "generator/src",
  "7": "tests",
  "9": "generator/src",
};

const shown = (code: string): boolean =>
  listFixtures().some(
    ({ name }) => name.startsWith(`${code}-`) && textOf(join(FIXTURES, name, "expected/diagnostics.txt")).includes(` ${code}: `),
  );

test("no code is used twice", () => expect(new Set(codes).size).toBe(codes.length));

test.each(codes.filter((code) => ELSEWHERE[code.charAt(4)] === undefined))("%s has a fixture", (code) =>
  expect(shown(code)).toBe(true),
);

test.each(codes.filter((code) => ELSEWHERE[code.charAt(4)] !== undefined))("%s is shown by a test", (code) => {
  const folder = join(ROOT, ELSEWHERE[code.charAt(4)] ?? "");
  const tests = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(
    (file) => file.endsWith(".test.ts") && !file.includes("catalogue"),
  );
  expect(tests.some((file) => readFileSync(join(folder, file), "utf8").includes(code))).toBe(true);
});

test("what fixtures show is in the catalogue", () => {
  const seen = listFixtures().flatMap(({ folder }) =>
    [...textOf(join(folder, "expected/diagnostics.txt")).matchAll(/CANO\d{4}/g)].map(([code]) => code),
  );
  expect(seen.length).toBeGreaterThan(50);
  expect(seen.filter((code) => !codes.includes(code))).toEqual([]);
});
