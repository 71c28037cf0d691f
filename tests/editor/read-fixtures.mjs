/** Reads all fixtures as one program: as the command line does or, where a compiler is named, as a host with that compiler does. Prints what came of each. */

import { existsSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const [, , name] = process.argv;
const require = createRequire(import.meta.url);
const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const FIXTURES = join(ROOT, "fixtures");

const { chooseCompiler } = require("../../generator/typescript/chosen.cjs");
if (name !== undefined) chooseCompiler(require(name));
const { generate } = await import("../../generator/dist/generate.js");
const { HostedProject } = await import("../../generator/dist/read/hosted-project.js");
const { ts } = require("../../generator/typescript/index.cjs");
const { compilerSystem } = await import("../../generator/dist/read/compiler-system.js");

const options = {
  target: ts.ScriptTarget.ES2022,
  lib: ["lib.es2023.d.ts", "lib.esnext.disposable.d.ts"],
  module: ts.ModuleKind.NodeNext,
  strict: true,
  skipLibCheck: true,
  allowImportingTsExtensions: true,
  noEmit: true,
  ...(name === undefined && { allowUnreachableCode: false }),
  types: ["node"],
  typeRoots: [join(ROOT, "node_modules/@types")],
};
const names = readdirSync(FIXTURES).filter((fixture) => existsSync(join(FIXTURES, fixture, "input")));
const fixtures = names.map((fixture) => {
  const folder = join(FIXTURES, fixture, "input");
  const files = readdirSync(folder, { recursive: true }).filter((file) => file.endsWith(".ts") && !file.endsWith(".d.ts"));
  return { fixture, files: files.map((file) => join(folder, file)).sort() };
});
const host = ts.createIncrementalCompilerHost(options, name === undefined ? compilerSystem() : ts.sys);
const program = ts.createProgram(
  fixtures.flatMap(({ files }) => files),
  options,
  host,
);
const hosted = new HostedProject(false).take(program);
// The command line has the compiler list unreachable code as errors, and drops them; a host's program is as its user wants it.
const project = { ...hosted, refusesUnreachable: false };
for (const { fixture, files } of fixtures) {
  const found = generate({ tsconfig: undefined, files, project, outDir: undefined });
  // Of the compiler's own errors only the wording may differ.
  const diagnostics = found.diagnostics.map(({ code, message, span }) => [
    code,
    code === "CANO1001" ? message.split(":")[0] : message,
    span && [relative(ROOT, span.file), span.start, span.end],
  ]);
  process.stdout.write(`${JSON.stringify([fixture, found.files.map(({ text }) => text), diagnostics])}\n`);
}
