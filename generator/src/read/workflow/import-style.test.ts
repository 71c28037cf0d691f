/** How a generated module is to write its imports, by those of its source and by settings. */

import { resolve } from "node:path";
import { expect, test } from "vitest";
import { ts } from "../../../typescript/index.cjs";
import { createReader } from "../testing/read-program.js";

const tsconfig = resolve(import.meta.dirname, "../../../../fixtures/tsconfig.json");
const read = createReader();

const flow = (line: string): string => `import { workflow } from "cano";
${line}
export enum S { A = "a", B = "b" }
class Start { async run() { return S.B; } }
export const flow = workflow({ states: S, initial: S.A, exits: [S.B], tasks: { [S.A]: Start } });
`;

test.each([
  [`import "./x.js";`, ".js"],
  [`import "./x.ts";`, ".ts"],
  ["", ".js"],
  // What is no source of a module says nothing.
  [`import prices from "./prices.json" with { type: "json" };\nimport "./x.ts";`, ".ts"],
  [`import prices from "./prices.json" with { type: "json" };`, ".js"],
  [`import type { Y } from "./y.d.ts";\nimport "./x.js";`, ".js"],
])("import style of %s", (line, style) => {
  const others = { "x.ts": "export {};", "y.d.ts": "export interface Y {}", "prices.json": "{}" };
  const { readings } = read({ ...others, "a.ts": flow(line) }, ["a.ts"]);
  expect(readings.map(({ importStyle }) => importStyle)).toEqual([style]);
});

test.each([
  ["", ""],
  [`import "./x.js";`, ".js"],
  [`import "./x";`, ""],
])("import style of %s in a CommonJS package", (line, style) => {
  const texts = { "package.json": '{ "type": "commonjs" }', "x.ts": "export {};", "a.ts": flow(line) };
  expect(read(texts, ["a.ts"]).readings.map(({ importStyle }) => importStyle)).toEqual([style]);
});

/** Where modules are looked for is not said, but follows from what they are. */
const implied: Readonly<Record<string, undefined>> = { moduleResolution: undefined };

test.each([
  ["import the sources of types", { allowImportingTsExtensions: true, noEmit: true }, "", ".ts"],
  [
    "import the sources of types, where the file imports otherwise",
    { allowImportingTsExtensions: true, noEmit: true },
    `import "./x.js";`,
    ".js",
  ],
  [
    "import the sources of types for a bundler",
    {
      allowImportingTsExtensions: true,
      noEmit: true,
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
    },
    "",
    "",
  ],
  [
    "import the sources of types for a bundler, where the file imports data first",
    {
      allowImportingTsExtensions: true,
      noEmit: true,
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
    },
    `import prices from "./prices.json";\nimport "./x.ts";`,
    ".ts",
  ],
  ["leave modules to a bundler", { module: ts.ModuleKind.Preserve, allowImportingTsExtensions: false, ...implied }, "", ""],
  [
    "let no import end in `.ts` but for types",
    { allowImportingTsExtensions: false },
    `import type { X } from "./x.ts";\nexport type { Z } from "./z.ts";`,
    ".js",
  ],
  ["rewrite what is imported", { rewriteRelativeImportExtensions: true }, "", ".ts"],
  ["say nothing of it", {}, "", ".js"],
])("import style of settings that %s", (_, flags, line, style) => {
  const { readings } = createReader({ tsconfig, flags })(
    { "x.ts": "export type X = 1;", "z.ts": "export type Z = 1;", "prices.json": "{}", "a.ts": flow(line) },
    ["a.ts"],
  );
  expect(readings.map(({ importStyle }) => importStyle)).toEqual([style]);
});
