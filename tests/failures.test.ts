/** What the catalogue says of the runtime's errors is what the runtime throws, read from its source. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { expect, test } from "vitest";
import { failures } from "../generator/src/diagnostics/catalogue/index.js";

const SOURCES = fileURLToPath(new URL("../runtime/src/", import.meta.url));

/** The code and the category of an error that is made where both are written down. */
type Made = readonly [code: string, category: string];

function madeIn(file: string): readonly Made[] {
  const source = ts.createSourceFile(file, readFileSync(join(SOURCES, file), "utf8"), ts.ScriptTarget.Latest, true);
  const made: Made[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isNewExpression(node)) {
      const [category, , facts] = node.arguments ?? [];
      const code = /\bcode: "(CANO\d+)"/.exec(facts?.getText() ?? "")?.[1];
      if (category !== undefined && ts.isStringLiteral(category) && code !== undefined) made.push([code, category.text]);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return made;
}

test("each code has the category that it is thrown with", () => {
  const files = readdirSync(SOURCES, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
  const made = files.flatMap(madeIn);
  const told = new Map(failures.map(({ code, category }) => [code as string, category]));
  expect(new Set(made.map(([code]) => code)).size).toBeGreaterThan(20);
  expect(made.filter(([code, category]) => told.get(code) !== category)).toEqual([]);
});
