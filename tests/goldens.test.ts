/** The expected modules are code that people read: they compile under the strictest flags, hold no `any`, and import what they may. */

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";
import { expectedModules, listFixtures, WORKPLACE } from "./support/fixtures.js";
import { STRICT_FLAGS } from "./support/strict-flags.js";

const modules = listFixtures().flatMap(({ name, folder, copy }) =>
  expectedModules(folder).map((file) => ({ title: `${name}/${file}`, path: join(copy, "input", file) })),
);

const program = ts.createProgram(
  modules.map(({ path }) => path),
  { ...STRICT_FLAGS, outDir: join(WORKPLACE, "out") },
);

test.each(modules)("$title compiles", ({ path }) => {
  const source = program.getSourceFile(path);
  const found = [
    ...program.getSyntacticDiagnostics(source),
    ...program.getSemanticDiagnostics(source),
    ...program.getDeclarationDiagnostics(source),
  ];
  expect(found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"))).toEqual([]);
});

test.each(modules)("$title is plain code", ({ path }) => {
  const text = readFileSync(path, "utf8");
  const code = text.replaceAll(/\/\/.*|\/\*.*\*\/|"[^"]*"/g, "").replace(/^import [^;]*;/gm, "");
  expect(code).not.toMatch(/\bany\b|@ts-|\bas\b/);
  const imports = [...text.matchAll(/from "([^"]+)"/g)].map(([, from]) => from ?? "");
  expect(imports.filter((from) => from !== "cano/codegen/v1" && !from.startsWith("."))).toEqual([]);
  expect(text.split("\n").filter((line) => /\s$/.test(line))).toEqual([]);
});

test("applications that use them compile", () => {
  const applied = listFixtures().filter(
    ({ folder, copy }) => expectedModules(folder).length > 0 && existsSync(join(copy, "input/main.ts")),
  );
  const files = applied.flatMap(({ copy }) => readdirSync(join(copy, "input")).map((file) => join(copy, "input", file)));
  expect(files.length).toBeGreaterThan(3);
  // Of what people write by hand, less is demanded.
  const application = ts.createProgram(files, { ...STRICT_FLAGS, isolatedDeclarations: false, erasableSyntaxOnly: false });
  const found = ts.getPreEmitDiagnostics(application);
  expect(found.map(({ file, messageText }) => `${file?.fileName} ${ts.flattenDiagnosticMessageText(messageText, "\n")}`)).toEqual(
    [],
  );
});
