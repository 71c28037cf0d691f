import { join, relative } from "node:path";
import { describe, expect, test } from "vitest";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { makeTempFolder } from "./testing/temp-folder.js";
import { readTsconfigChain, solutionOf } from "./tsconfig-chain.js";

function read(files: Record<string, string>): {
  chain: string[] | undefined;
  complete: boolean | undefined;
  found: Diagnostic[];
} {
  using folder = makeTempFolder(files);
  const found: Diagnostic[] = [];
  const chain = readTsconfigChain(
    join(folder.path, "app/tsconfig.json"),
    (path) => relative(folder.path, path),
    (diagnostic) => found.push(diagnostic),
  );
  return { chain: chain?.files.map(({ path }) => relative(folder.path, path)), complete: chain?.complete, found };
}

test.each<[name: string, files: Record<string, string>, chain: string[]]>([
  ["empty", { "app/tsconfig.json": "" }, ["app/tsconfig.json"]],
  [
    "comments, trailing commas and a byte order mark",
    { "app/tsconfig.json": '\uFEFF{ // a\n "include": ["**/*", /* b */ ], }' },
    ["app/tsconfig.json"],
  ],
  [
    "a chain, with and without .json",
    {
      "app/tsconfig.json": '{"extends": ["../a", "./b.json"]}',
      "a.json": '{"extends": "./c.json"}',
      "app/b.json": "{}",
      "c.json": "{}",
    },
    ["app/tsconfig.json", "a.json", "c.json", "app/b.json"],
  ],
  [
    "a base that is named with backslashes",
    { "app/tsconfig.json": String.raw`{"extends": "..\\a.json"}`, "a.json": "{}" },
    ["app/tsconfig.json", "a.json"],
  ],
  [
    "packages",
    {
      "app/tsconfig.json": '{"extends": ["@x/strict", "named", "file/base.json"]}',
      "node_modules/@x/strict/tsconfig.json": "{}",
      "app/node_modules/named/package.json": '{"tsconfig": "lib/t.json"}',
      "app/node_modules/named/lib/t.json": "{}",
      "node_modules/file/base.json": "{}",
    },
    [
      "app/tsconfig.json",
      "node_modules/@x/strict/tsconfig.json",
      "app/node_modules/named/lib/t.json",
      "node_modules/file/base.json",
    ],
  ],
])("%s", (_, files, chain) => {
  expect(read(files)).toEqual({ chain, complete: true, found: [] });
});

test("a package that hides its configuration is left to the compiler", () => {
  expect(read({ "app/tsconfig.json": '{"extends": "hidden/strict"}' })).toMatchObject({ complete: false, found: [] });
});

describe("refused", () => {
  test.each<[name: string, files: Record<string, string>, message: string, start: number | undefined]>([
    ["missing", {}, "`app/tsconfig.json` does not exist", undefined],
    ["a folder", { "app/tsconfig.json/x": "" }, "`app/tsconfig.json` is a folder", undefined],
    ["broken", { "app/tsconfig.json": '{ /* { */ "a" 1 }' }, "`app/tsconfig.json` is not valid JSON", 14],
    ["a word that is none", { "app/tsconfig.json": '{ "a": tru }' }, "`app/tsconfig.json` is not valid JSON", 7],
    ["cut off", { "app/tsconfig.json": '{ "a": ' }, "`app/tsconfig.json` is not valid JSON", 6],
    ["no object", { "app/tsconfig.json": "[]" }, "`app/tsconfig.json` does not hold an object", 0],
    [
      "a reference that is none",
      { "app/tsconfig.json": '{"files": [], "references": [null]}' },
      "`app/tsconfig.json` has `null` among its `references`",
      undefined,
    ],
    [
      "base missing",
      { "app/tsconfig.json": '{"extends": "../no"}' },
      "`app/tsconfig.json` extends `../no`, which does not exist",
      undefined,
    ],
    [
      "circle",
      { "app/tsconfig.json": '{"extends": "./b.json"}', "app/b.json": '{"extends": "./tsconfig.json"}' },
      "`app/tsconfig.json` extends itself",
      undefined,
    ],
  ])("%s", (_, files, message, start) => {
    const { chain, found } = read(files);
    expect(chain).toBeUndefined();
    expect(found.map((diagnostic) => [diagnostic.code, diagnostic.message, diagnostic.span?.start])).toEqual([
      ["CANO6003", message, start],
    ]);
  });
});

test.each<[what: string, config: object, parts: string[]]>([
  [
    "no file of its own",
    { files: [], references: [{ path: "./tsconfig.app.json" }, { path: "../core" }] },
    ["app/tsconfig.app.json", "core/tsconfig.json"],
  ],
  ["backslashes", { files: [], references: [{ path: "..\\core" }] }, ["core/tsconfig.json"]],
  ["files of its own", { files: ["a.ts"], references: [{ path: "../core" }] }, []],
  ["empty lists of both kinds", { files: [], include: [], references: [{ path: "../core" }] }, ["core/tsconfig.json"]],
  ["an empty list of globs", { include: [], references: [{ path: "../core" }] }, ["core/tsconfig.json"]],
  ["globs of its own", { files: [], include: ["src"], references: [{ path: "../core" }] }, []],
  ["all files", { references: [{ path: "../core" }] }, []],
  ["no reference", { files: [], references: [] }, []],
  ["what is no reference", { files: [], references: ["../core", { path: 1 }, { path: "../gone" }] }, ["gone"]],
])("which configurations one with %s stands for", (_, config, parts) => {
  using folder = makeTempFolder({ "app/tsconfig.json": JSON.stringify(config), "core/tsconfig.json": "{}" });
  const chain = readTsconfigChain(join(folder.path, "app/tsconfig.json"), String, () => undefined);
  expect(chain && solutionOf(chain).map((path) => relative(folder.path, path))).toEqual(parts);
});
