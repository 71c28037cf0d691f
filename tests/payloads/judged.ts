/** What the generator and the compiler say of many small programs. */

import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { expect } from "vitest";
import { generate } from "../../generator/src/generate.js";
import { STRICT_FLAGS } from "../support/strict-flags.js";

const FOLDER = fileURLToPath(new URL("../../.cano/payloads/", import.meta.url));
// As a tsconfig has them.
const OPTIONS = {
  ...STRICT_FLAGS,
  target: "ES2023",
  lib: ["ES2023", "ESNext.Disposable"],
  module: "NodeNext",
  moduleResolution: "NodeNext",
};

/** Lays out sources in a folder of their own, and generates. Yields the messages of each source, and the modules' errors. */
export function check(
  name: string,
  texts: readonly string[],
): { readonly refused: readonly string[]; readonly broken: readonly string[] } {
  const folder = join(FOLDER, name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions: OPTIONS }));
  const paths = texts.map((_, at) => join(folder, `m${at}.ts`));
  for (const [at, path] of paths.entries()) writeFileSync(path, texts[at] ?? "");
  const read = (files: readonly string[]): ReturnType<typeof generate> =>
    generate({ tsconfig: join(folder, "tsconfig.json"), files, outDir: undefined });
  const messages = new Map<string, string>();
  for (const { severity, span, code, message } of read(paths).diagnostics)
    if (severity === "error") messages.set(span?.file ?? "", `${code} ${message}`);
  const accepted = paths.filter((path) => !messages.has(path));
  const { files } = read(accepted);
  expect(files.length).toBe(accepted.length);
  for (const { path, text } of files) writeFileSync(path, text);
  return { refused: paths.map((path) => messages.get(path) ?? ""), broken: errorsOf(files.map(({ path }) => path)) };
}

function errorsOf(paths: readonly string[]): readonly string[] {
  const program = ts.createProgram(paths, { ...STRICT_FLAGS, noEmit: true });
  return paths.flatMap((path) =>
    program
      .getSemanticDiagnostics(program.getSourceFile(path))
      .map(({ messageText }) => `${path} ${ts.flattenDiagnosticMessageText(messageText, "\n")}`),
  );
}

/** Which of several functions the compiler accepts, each written in a line. */
export function judge(lines: readonly string[], declarations: string): readonly boolean[] {
  const path = join(FOLDER, "judged.ts");
  writeFileSync(path, `${declarations}\n${lines.join("\n")}\n`);
  const program = ts.createProgram([path], { ...STRICT_FLAGS, noEmit: true, isolatedDeclarations: false, declaration: false });
  const source = program.getSourceFile(path);
  if (source === undefined) throw new Error("it is not there");
  const first = declarations.split("\n").length;
  const wrong = new Set(
    program.getSemanticDiagnostics(source).map(({ start = 0 }) => source.getLineAndCharacterOfPosition(start).line - first),
  );
  return lines.map((_, at) => !wrong.has(at));
}
