/** What comes into being where the compiler has looked, or leads elsewhere than it did, makes a project that is remembered be looked at again. */

import { cpSync, mkdirSync, rmSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test, vi } from "vitest";
import { runMain } from "../generator/src/cli/testing/run-main.js";
import { makeTempFolder } from "../generator/src/files/testing/temp-folder.js";
import { generate } from "../generator/src/generate.js";
import { COMPILER_OPTIONS } from "./support/compiler-options.js";

vi.mock("../generator/src/generate.js", { spy: true });

type Files = Readonly<Record<string, string>>;
type Step = (path: string) => void;

const config = (more: object = {}, options: object = {}): Files => ({
  "app/tsconfig.json": JSON.stringify({ compilerOptions: { ...COMPILER_OPTIONS, types: [], ...options }, ...more }),
});
const bundled = { module: "ESNext", moduleResolution: "bundler" };
const manifest = (facts: object): string => JSON.stringify({ name: "foo", version: "1.0.0", ...facts });
const foo = "app/node_modules/foo";

/** Has `foo` be a link to a folder, whatever it was before. */
const linkTo =
  (target: string): Step =>
  (path) => {
    rmSync(join(path, foo), { recursive: true, force: true });
    mkdirSync(dirname(join(path, foo)), { recursive: true });
    symlinkSync(join(path, target), join(path, foo));
  };
const packageIn = (folder: string): Files => ({
  [`${folder}/package.json`]: manifest({ types: "i.d.ts" }),
  [`${folder}/i.d.ts`]: 'export * from "bar";',
});

test.each<[what: string, files: Files, change: Files | Step, before?: Step]>([
  ["a folder that a glob names", config({ include: ["*.ts", "../shared/**/*.ts"] }), { "shared/n.ts": "export {};" }],
  [
    "a folder that a glob names with backslashes",
    config({ include: ["*.ts", "..\\shared\\*.ts"] }),
    { "shared/n.ts": "export {};" },
  ],
  [
    "a folder in a hidden one that a glob names",
    { ...config({ include: ["*.ts", ".hid/**/*.ts"] }), "app/.hid/a/x.ts": "export {};" },
    { "app/.hid/b/n.ts": "export {};" },
  ],
  ["a hidden folder that a glob names", config({ include: ["*.ts", ".hid/*.ts"] }), { "app/.hid/n.ts": "export {};" }],
  [
    "a folder that an alias names first",
    {
      ...config({}, { ...bundled, paths: { "@l/*": ["../override/*", "../real/*"] } }),
      "app/a.ts": 'import "@l/v";',
      "real/v.ts": "export {};",
    },
    { "override/v.ts": "export {};" },
  ],
  [
    "a file that an alias names first",
    {
      ...config({}, { ...bundled, paths: { "@l": ["../override/v.ts", "../real/v.ts"] } }),
      "app/a.ts": 'import "@l";',
      "override/w.ts": "export {};",
      "real/v.ts": "export {};",
    },
    { "override/v.ts": "export {};" },
  ],
  [
    "a folder that an import of the package names first",
    {
      ...config(),
      "app/package.json": manifest({ imports: { "#gen/*": ["./.generated/*", "./defaults/*"] } }),
      "app/a.ts": 'import "#gen/v.js";',
      "app/defaults/v.ts": "export {};",
    },
    { "app/.generated/v.ts": "export {};" },
  ],
  [
    "a file beside a folder",
    { ...config({}, bundled), "app/a.ts": 'import "../lib/v";', "lib/v/index.ts": "export {};" },
    { "lib/v.ts": "export {};" },
  ],
  [
    "the types that a package names",
    { ...config(), [`${foo}/package.json`]: manifest({ types: "x.d.ts" }), [`${foo}/index.d.ts`]: "export {};" },
    { [`${foo}/x.d.ts`]: "export {};" },
  ],
  [
    "the first of several types that a package exports",
    {
      ...config(),
      [`${foo}/package.json`]: manifest({ exports: { ".": { types: ["./x/i.d.ts", "./i.d.ts"] } } }),
      [`${foo}/i.d.ts`]: "export {};",
    },
    { [`${foo}/x/i.d.ts`]: "export {};" },
  ],
  [
    "types in a package that had them elsewhere",
    {
      ...config(),
      [`${foo}/package.json`]: manifest({ main: "i.js" }),
      "app/node_modules/@types/foo/index.d.ts": "export {};",
    },
    { [`${foo}/i.d.ts`]: "export {};" },
  ],
  [
    "the types of a package that is linked, and built later",
    { ...config(), "foo/package.json": manifest({ main: "./lib/index.js" }) },
    { "foo/lib/index.d.ts": "export {};" },
    linkTo("foo"),
  ],
  ["a link to another folder", { ...config(), ...packageIn("one"), ...packageIn("two") }, linkTo("two"), linkTo("one")],
  [
    "a package where there was a link",
    { ...config(), ...packageIn("one") },
    (path) => {
      rmSync(join(path, foo));
      cpSync(join(path, "one"), join(path, foo), { recursive: true, preserveTimestamps: true });
    },
    linkTo("one"),
  ],
  [
    "another configuration in a package",
    {
      ...config({ extends: "cfg" }),
      "app/node_modules/cfg/package.json": '{ "tsconfig": "one.json" }',
      "app/node_modules/cfg/one.json": "{}",
      "app/node_modules/cfg/two.json": "{}",
    },
    { "app/node_modules/cfg/package.json": '{ "tsconfig": "two.json" }' },
  ],
])("%s", async (_, files, change, before) => {
  using folder = makeTempFolder({ "app/a.ts": 'import "foo";', "app/node_modules/.keep": "", ...files });
  before?.(folder.path);
  const run = async (): Promise<number> => {
    vi.mocked(generate).mockClear();
    expect(await runMain("-p app", folder.path)).toMatchObject({ code: 0 });
    return vi.mocked(generate).mock.calls.length;
  };
  expect([await run(), await run()]).toEqual([1, 0]);
  if (typeof change === "function") change(folder.path);
  else folder.write(change);
  expect([await run(), await run()]).toEqual([1, 0]);
});
