/** The transformer of ts-patch: what the generator finds is among the compiler's errors, and modules are written before the compiler uses them. */

import { basename, dirname, resolve } from "node:path";
import { badTsconfig } from "../diagnostics/catalogue/files.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { buildInternalError } from "../diagnostics/internal-error.js";
import { findBadOption } from "../projects/find-bad-option.js";
import { ts } from "../../typescript/index.cjs";
import { placeOf, toCompilerDiagnostic } from "./compiler-diagnostic.js";
import { assertChosen } from "./create-plugin.js";
import { type HostView, HostViews } from "./host-view.js";
import { settleModules } from "./settle-modules.js";
import { withWritten } from "./with-written.js";

/** What may stand beside `transform` in the configuration. */
export interface TransformerConfig {
  /** Where modules go, relative to the configuration; beside their sources by default. */
  readonly outDir?: string;
}

/** What ts-patch takes from the same entry, and hands over with the rest of it. */
const OF_TS_PATCH = [
  "name",
  "transform",
  "transformProgram",
  "import",
  "isEsm",
  "type",
  "after",
  "afterDeclarations",
  "resolvePathAliases",
  "tsConfig",
];

/** The projects of this process, by their configurations. */
const projects = new Map<string, HostViews>();

/**
 * Takes a program that the compiler has made; gives back the one that it is to go on with. `compiler` is the one that has made it. Never throws:
 * what goes wrong inside is CANO9001.
 */
export function transformProgram(
  program: ts.Program,
  host: ts.CompilerHost | undefined,
  config: TransformerConfig,
  compiler: object,
): ts.Program {
  try {
    assertChosen(compiler);
    return regenerate(program, host, config);
  } catch (error) {
    return withErrors(program, [buildInternalError(error, { stage: "compiling", file: undefined }, false)], () =>
      program.getSemanticDiagnostics(),
    );
  }
}

function regenerate(program: ts.Program, host: ts.CompilerHost | undefined, config: TransformerConfig): ts.Program {
  const folder = folderOf(program);
  const wrong = findWrongConfig(program, config);
  const { files, failed, listErrors, ...found } = viewsFor(program, folder, wrong ? {} : config).of(program);
  const diagnostics = wrong ? [wrong, ...found.diagnostics] : found.diagnostics;
  warn(program, diagnostics);
  if (failed || wrong) return withErrors(program, diagnostics, listErrors);
  const settled = settleModules(files, folder);
  const now = settled.written.size > 0 && host ? withWritten(program, host, settled.written) : program;
  return settled.diagnostics.length > 0 ? withErrors(now, settled.diagnostics, listErrors) : now;
}

function findWrongConfig(program: ts.Program, config: TransformerConfig): Diagnostic | undefined {
  const own = Object.fromEntries(Object.entries(config).filter(([name]) => !OF_TS_PATCH.includes(name)));
  const problem = findBadOption(own, "transformer", ["outDir"]);
  if (problem === undefined) return undefined;
  const { configFilePath } = program.getCompilerOptions();
  const path = typeof configFilePath === "string" ? basename(configFilePath) : "tsconfig.json";
  return badTsconfig(undefined, { path, problem: `is not valid: ${problem}`, where: "the transformer" });
}

function viewsFor(program: ts.Program, folder: string, { outDir }: TransformerConfig): HostViews {
  const key = JSON.stringify([program.getCompilerOptions()["configFilePath"] ?? null, outDir ?? null]);
  const views =
    projects.get(key) ?? new HostViews({ modules: true, outDir: outDir === undefined ? undefined : resolve(folder, outDir) });
  projects.set(key, views);
  return views;
}

function folderOf(program: ts.Program): string {
  const { configFilePath } = program.getCompilerOptions();
  return typeof configFilePath === "string" ? dirname(configFilePath) : program.getCurrentDirectory();
}

/** Prints the warnings: among the compiler's diagnostics they would make the build fail. */
function warn(program: ts.Program, diagnostics: readonly Diagnostic[]): void {
  const warnings = diagnostics.filter(({ severity }) => severity === "warning").map((diagnostic) => show(program, diagnostic));
  const pretty = program.getCompilerOptions()["pretty"] ?? ts.sys.writeOutputIsTTY?.() ?? false;
  const format = pretty ? ts.formatDiagnosticsWithColorAndContext : ts.formatDiagnostics;
  const host: ts.FormatDiagnosticsHost = {
    getCurrentDirectory: () => program.getCurrentDirectory(),
    getNewLine: () => ts.sys.newLine,
    getCanonicalFileName: (name) => name,
  };
  if (warnings.length > 0) ts.sys.write(format(warnings, host));
}

/**
 * The program with more errors. It stays the one that it is: what a builder writes down of it, and whether something is emitted in spite of errors, is
 * asked of that very object. A compiler that has errors of no file says nothing of types; here it goes on to them, but for what uses modules that could
 * not be made anew. With `noEmitOnError` it would tell all that it has against any file where it skips emitting; with `noEmit` it skips that without a word.
 */
function withErrors(program: ts.Program, diagnostics: readonly Diagnostic[], listErrors: HostView["listErrors"]): ts.Program {
  const errors = diagnostics.filter(({ severity }) => severity === "error").map((diagnostic) => show(program, diagnostic));
  const getGlobalDiagnostics = program.getGlobalDiagnostics.bind(program);
  const options = program.getCompilerOptions();
  const withoutEmit = options["noEmitOnError"] === true ? { ...options, noEmit: true } : options;
  return Object.assign(program, {
    getCompilerOptions: () => withoutEmit,
    getGlobalDiagnostics: (token?: ts.CancellationToken) => [...errors, ...getGlobalDiagnostics(token), ...listErrors()],
  });
}

function show(program: ts.Program, diagnostic: Diagnostic): ts.Diagnostic {
  return toCompilerDiagnostic(program, diagnostic, placeOf(program, diagnostic.span), (text, code) => `${code}: ${text}`);
}
