/** The rules of the house about who imports whom, read from the imports themselves. */

import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { expect, test } from "vitest";

const ROOT = fileURLToPath(new URL("../", import.meta.url));
const STAGES = ["read", "model", "check", "emit"];
// Which folders may import a library at run time.
const LIBRARIES: Readonly<Record<string, RegExp>> = {
  "generator/typescript/index.cjs": /^generator\/src\/(read|plugin)\//,
  "@ts-morph/common": /^generator\/typescript\//,
  handlebars: /^generator\/src\/emit\//,
  "jsonc-parser": /^generator\/src\/text\/parse-jsonc/,
  unplugin: /^generator\/src\/bundler\//,
  vite: /^generator\/src\/bundler\//,
  esbuild: /^generator\/src\/bundler\//,
  kysely: /^runtime\/src\/checkpoint\//,
  "better-sqlite3": /^runtime\/src\/checkpoint\/sqlite\//,
  pg: /^runtime\/src\/checkpoint\/postgres\//,
  "cron-parser": /^runtime\/src\/cron\//,
  cronstrue: /^generator\/src\/cron\//,
  "@dagrejs/dagre": /^runtime\/src\/drawing\/svg\/load-dagre/,
  pino: /^runtime\/src\/pino\//,
  "@opentelemetry": /^runtime\/src\/otel\//,
};
const VAGUE = /(^|\/)(utils?|helpers?|common|managers?)(\/|\.ts$|-)/;

interface Import {
  readonly from: string;
  readonly to: string;
  readonly typeOnly: boolean;
}

const files = ["runtime/src", "generator/src"].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
    .map((file) => `${folder}/${file.split(sep).join("/")}`),
);
const imports = files.flatMap(importsOf);

test("the runtime never imports the generator, and the generator takes only types from the runtime, pictures and cron times", () => {
  expect(
    imports.filter(({ from, to }) => from.startsWith("runtime/") && (to.startsWith("generator/") || to.startsWith("cano-gen"))),
  ).toEqual([]);
  expect(
    imports.filter(
      ({ from, to, typeOnly }) =>
        from.startsWith("generator/") && /^(cano($|\/(?!(graph|cron)$))|runtime\/)/.test(to) && !typeOnly,
    ),
  ).toEqual([]);
});

test("stages import forward only", () => {
  const stage = (file: string): number => STAGES.indexOf(/^generator\/src\/(\w+)\//.exec(file)?.[1] ?? "");
  expect(imports.filter(({ from, to }) => stage(from) >= 0 && stage(to) > stage(from))).toEqual([]);
});

test.each(Object.entries(LIBRARIES))("%s stays where it belongs", (library, allowed) => {
  expect(imports.filter(({ from, to }) => (to === library || to.startsWith(`${library}/`)) && !allowed.test(from))).toEqual([]);
});

test("plugins load no compiler besides the one that they are called with, but by the one place where it is chosen", () => {
  const loaded = reachedFrom(["create-plugin", "transform-program"].map((door) => `generator/src/plugin/${door}.ts`));
  expect(loaded).toContain("generator/typescript/index.cjs");
  expect(loaded.filter((file) => /ts-morph|^typescript/.test(file))).toEqual([]);
});

test("nothing but the command line uses the command line", () => {
  const inside = /^(?:generator|runtime)\/src\/cli\//;
  expect(imports.filter(({ from, to }) => inside.test(to) && !inside.test(from))).toEqual([]);
});

test("what a plain machine loads knows no store", () => {
  const loaded = reachedFrom(["runtime/src/index.ts", "runtime/src/codegen/v1.ts"]);
  expect(loaded.length).toBeGreaterThan(20);
  expect(loaded.filter((file) => /^runtime\/src\/(peers|cli\/|checkpoint\/(sql|sqlite|postgres|index))/.test(file))).toEqual([]);
});

test("the doors of the stores and of pictures, and the command, load without the packages that these need", () => {
  const doors = ["checkpoint/index", "checkpoint/sqlite/index", "checkpoint/postgres/index", "drawing/index", "cli/main"].map(
    (door) => `runtime/src/${door}.ts`,
  );
  expect(reachedFrom(doors).filter((to) => to in LIBRARIES)).toEqual([]);
});

test("a project without schedules does not load what reads cron expressions", () =>
  // Only `generator/src/cron/load-cron.ts` loads it, when it is first needed.
  expect(imports.filter(({ from, to, typeOnly }) => from.startsWith("generator/") && to === "cano/cron" && !typeOnly)).toEqual(
    [],
  ));

test("a bundler's plugin loads neither the compiler nor a build tool before it needs them", () => {
  const loaded = reachedFrom(["generator/src/bundler/index.ts"]);
  expect(loaded).toContain("unplugin");
  expect(loaded.filter((file) => /^(ts-morph|@ts-morph\/common|handlebars|vite|esbuild)$/.test(file))).toEqual([]);
});

test("no cycles", () => {
  const next = new Map<string, Import[]>();
  for (const edge of imports.filter(({ typeOnly }) => !typeOnly)) next.set(edge.from, [...(next.get(edge.from) ?? []), edge]);
  const done = new Set<string>();
  const walk = (file: string, trail: readonly string[]): void => {
    if (trail.includes(file)) throw new Error(`a cycle of imports: ${[...trail.slice(trail.indexOf(file)), file].join(" -> ")}`);
    if (done.has(file)) return;
    for (const { to } of next.get(file) ?? []) walk(to, [...trail, file]);
    done.add(file);
  };
  for (const file of files) walk(file, []);
});

test("a folder imports nothing that leads back to it, types included", () => {
  const folders = new Set(files.flatMap((file) => foldersOf(file)));
  expect(folders.size).toBeGreaterThan(30);
  expect([...folders].filter(leadsBack)).toEqual([]);
});

test("files are short and named after what they hold", () => {
  expect(files.filter((file) => VAGUE.test(file))).toEqual([]);
  const lines = files.map((file) => ({ file, lines: readFileSync(join(ROOT, file), "utf8").split("\n").length - 1 }));
  expect(lines.filter(({ lines: count }) => count > 250)).toEqual([]);
});

/** The folders inside of the two sources that a file is in, innermost first. */
function foldersOf(file: string): string[] {
  const folder = dirname(file);
  return folder.endsWith("/src") ? [] : [folder, ...foldersOf(folder)];
}

/** Whether something outside of `folder` that it imports, or that is imported by that and so on, imports it: as seen in the folder around it. */
function leadsBack(folder: string): boolean {
  const around = `${dirname(folder)}/`;
  // Beside `folder` stand files and folders, of which each is one.
  const nodeOf = (file: string): string | undefined =>
    file.startsWith(around) ? around + (file.slice(around.length).split("/")[0] ?? "") : undefined;
  const next = new Map<string, Set<string>>();
  for (const { from, to } of imports) {
    const [a, b] = [nodeOf(from), nodeOf(to)];
    if (a !== undefined && b !== undefined && a !== b) next.set(a, (next.get(a) ?? new Set()).add(b));
  }
  const seen = new Set<string>();
  const walk = (node: string): boolean =>
    [...(next.get(node) ?? [])].some((to) => to === folder || (!seen.has(to) && Boolean(seen.add(to)) && walk(to)));
  return walk(folder);
}

/** What is loaded with some files: files and packages. Dynamic imports are not. */
function reachedFrom(start: readonly string[]): readonly string[] {
  const reached = new Set(start);
  for (const file of reached) for (const { from, to, typeOnly } of imports) if (from === file && !typeOnly) reached.add(to);
  return [...reached];
}

function importsOf(from: string): readonly Import[] {
  const source = ts.createSourceFile(from, readFileSync(join(ROOT, from), "utf8"), ts.ScriptTarget.Latest);
  return source.statements.flatMap((statement) => {
    if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) return [];
    if (statement.moduleSpecifier === undefined || !ts.isStringLiteral(statement.moduleSpecifier)) return [];
    return [{ from, to: target(from, statement.moduleSpecifier.text), typeOnly: isTypeOnly(statement) }];
  });
}

function target(from: string, specifier: string): string {
  if (!specifier.startsWith(".")) return specifier;
  return relative(ROOT, resolve(ROOT, dirname(from), specifier))
    .split(sep)
    .join("/")
    .replace(/\.js$/, ".ts");
}

function isTypeOnly(statement: ts.ImportDeclaration | ts.ExportDeclaration): boolean {
  if (ts.isExportDeclaration(statement)) {
    const { exportClause } = statement;
    return (
      statement.isTypeOnly ||
      (exportClause !== undefined &&
        ts.isNamedExports(exportClause) &&
        exportClause.elements.every(({ isTypeOnly: only }) => only))
    );
  }
  const clause = statement.importClause;
  if (clause === undefined) return false;
  if (clause.isTypeOnly) return true;
  const bindings = clause.namedBindings;
  return (
    clause.name === undefined &&
    bindings !== undefined &&
    ts.isNamedImports(bindings) &&
    bindings.elements.every(({ isTypeOnly: only }) => only)
  );
}
