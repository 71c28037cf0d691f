/** Packages that a store or a picture needs and that are not there, or do not work here: said with the cure, before anything crashes. */

import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { bundleScript } from "../support/bundle.js";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A package: the one that is installed here, or one with a version and code of its own. */
type Package = "real" | { readonly version: string; readonly code?: string };

/** What a script prints, in a project that has these packages and no others. */
function printedBy(script: string, packages: Readonly<Record<string, Package>>, flags: readonly string[] = []): unknown {
  const folder = mkdtempSync(join(tmpdir(), "cano-peers-"));
  folders.push(folder);
  const modules = join(folder, "node_modules");
  cpSync(join(ROOT, "runtime/dist"), join(modules, "cano/dist"), { recursive: true });
  cpSync(join(ROOT, "runtime/package.json"), join(modules, "cano/package.json"));
  for (const [name, what] of Object.entries(packages)) {
    const place = join(modules, name);
    if (what === "real") symlinkSync(join(ROOT, "node_modules", name), place, "dir");
    else {
      mkdirSync(place, { recursive: true });
      writeFileSync(join(place, "package.json"), JSON.stringify({ name, version: what.version, main: "index.js" }));
      writeFileSync(join(place, "index.js"), what.code ?? "module.exports = class { close() {} };");
    }
  }
  writeFileSync(
    join(folder, "main.mjs"),
    `const tell = ({ category, code, message }) => ({ category, code, message });\n${script}`,
  );
  return JSON.parse(execFileSync(process.execPath, [...flags, join(folder, "main.mjs")], { encoding: "utf8" }));
}

/** What a store says to its first call. */
function firstCall(
  store: "sqlite" | "postgres",
  packages: Readonly<Record<string, Package>>,
  before = "",
  flags: readonly string[] = [],
): unknown {
  const script = `
    ${before}
    import { ${store}Checkpoints } from "cano/checkpoints/${store}";
    const store = ${store}Checkpoints(${JSON.stringify(store === "sqlite" ? ":memory:" : "postgres://nobody@127.0.0.1:1/none")});
    console.log(JSON.stringify(await store.list({ limit: 1 }).catch(tell)));
    await store.close();`;
  return printedBy(script, packages, flags);
}

const unfit = (message: string) => ({ category: "configuration", code: "CANO7022", message });

test("with all packages there, a store works", () => {
  expect(firstCall("sqlite", { kysely: "real", "better-sqlite3": "real" })).toEqual([]);
});

describe("a package that is missing is named, and how to install it", () => {
  test.each([
    ["sqlite", "kysely", "npm install kysely@0.28", {}],
    ["sqlite", "better-sqlite3", "npm install better-sqlite3@12", { kysely: "real" }],
    ["postgres", "kysely", "npm install kysely@0.28", { pg: "real" }],
    ["postgres", "pg", "npm install pg@8", { kysely: "real" }],
  ] as const)("%s without %s", (store, name, cure, packages) => {
    expect(firstCall(store, packages)).toEqual(unfit(`\`${name}\`, which this store needs, is not installed: ${cure}`));
  });
});

describe("a package of another line is not tried", () => {
  const dies = "process.abort();";

  test.each([
    ["sqlite", "better-sqlite3", "9.6.0", "npm install better-sqlite3@12", { kysely: "real" }],
    ["sqlite", "better-sqlite3", "120.0.0", "npm install better-sqlite3@12", { kysely: "real" }],
    ["sqlite", "kysely", "0.27.6", "npm install kysely@0.28", { "better-sqlite3": "real" }],
    ["postgres", "pg", "7.18.2", "npm install pg@8", { kysely: "real" }],
  ] as const)("%s with %s %s", (store, name, version, cure, packages) => {
    const answer = firstCall(store, { ...packages, [name]: { version, code: dies } });
    expect(answer).toEqual(
      unfit(`\`${name}\`, which this store needs, is there in version ${version}, which this store does not know: ${cure}`),
    );
  });

  test("better-sqlite3 13 on a Node that it would crash", () => {
    const old = 'Object.defineProperty(process, "versions", { value: { ...process.versions, napi: "9", node: "20.20.2" } });';
    const packages = { kysely: "real", "better-sqlite3": { version: "13.2.0", code: dies } } as const;
    const problem = "is there in version 13.2.0, which needs Node 22.14 or later and would crash Node 20.20.2";
    expect(firstCall("sqlite", packages, old)).toEqual(
      unfit(`\`better-sqlite3\`, which this store needs, ${problem}: npm install better-sqlite3@12`),
    );
  });

  test("better-sqlite3 13 on a Node that it knows is tried", () => {
    const young = 'Object.defineProperty(process, "versions", { value: { ...process.versions, napi: "10" } });';
    const packages = { kysely: "real", "better-sqlite3": { version: "13.2.0", code: "throw new Error('tried')" } } as const;
    expect(firstCall("sqlite", packages, young)).toMatchObject({
      message: expect.stringContaining("could not be loaded: tried") as string,
    });
  });
});

test("a package that cannot be loaded says why", () => {
  const packages = {
    kysely: { version: "0.29.9", code: "throw new SyntaxError('too young for you')" },
    "better-sqlite3": "real",
  } as const;
  expect(firstCall("sqlite", packages)).toEqual(
    unfit(
      `\`kysely\`, which this store needs, could not be loaded: too young for you: npm install kysely@0.28, in a version that runs on Node ${process.versions.node}`,
    ),
  );
});

test("a package without its binary is told apart from a file that cannot be opened", () => {
  const code = "module.exports = class { constructor() { throw new Error('Could not locate the bindings file.'); } };";
  expect(firstCall("sqlite", { kysely: "real", "better-sqlite3": { version: "12.11.1", code } })).toEqual(
    unfit(
      "`better-sqlite3`, which this store needs, has no binary that works here: Could not locate the bindings file.: npm rebuild better-sqlite3, with python3, make and a C++ compiler at hand",
    ),
  );
});

test("where Node may load no binary, that is told, and not that there is none", () => {
  expect(firstCall("sqlite", { kysely: "real", "better-sqlite3": "real" }, "", ["--no-addons"])).toEqual(
    unfit(
      "`better-sqlite3`, which this store needs, has a binary, and Node may load none: start Node without `--no-addons`, and where it has `--permission`, with `--allow-addons`",
    ),
  );
});

test("a package that is part of a bundle need not be installed beside it", () => {
  const code = `
    import { sqliteCheckpoints } from "./runtime/dist/checkpoint/sqlite/index.js";
    console.log(JSON.stringify(await sqliteCheckpoints(":memory:").list({ limit: 1 })));`;
  const bundle = readFileSync(bundleScript("bundled-kysely", code), "utf8");
  expect(printedBy(bundle, { "better-sqlite3": "real" })).toEqual([]);
});

describe("a picture as SVG needs dagre, other pictures nothing", () => {
  const script = `
    import { renderMermaid, renderSvg } from "cano/graph";
    const drawing = { name: "n", durable: false, initial: ["A"], states: [{ name: "A", value: "a", kind: "exit", reachable: true }], transitions: [] };
    console.log(JSON.stringify([renderMermaid(drawing).slice(0, 9), await renderSvg(drawing).catch(tell)]));`;

  test("missing", () => {
    const message = "`@dagrejs/dagre`, which this picture needs, is not installed: npm install @dagrejs/dagre@3";
    expect(printedBy(script, {})).toEqual(["flowchart", unfit(message)]);
  });

  test("of another line", () => {
    const message =
      "`@dagrejs/dagre`, which this picture needs, is there in version 1.1.4, which this picture does not know: npm install @dagrejs/dagre@3";
    expect(printedBy(script, { "@dagrejs/dagre": { version: "1.1.4" } })).toEqual(["flowchart", unfit(message)]);
  });
});
