/** What the compiler itself has against a configuration: unknown option values, listed files that it cannot read, globs that match nothing. */

import { dirname, relative } from "node:path";
import { ts } from "../../typescript/index.cjs";

/** A problem in the compiler's words, with its place in the configuration where it has one. */
export interface ConfigProblem {
  readonly text: string;
  readonly span: { readonly file: string; readonly start: number; readonly end: number } | undefined;
}

/** A configuration as the compiler has parsed it. */
export interface ParsedConfig {
  readonly path: string;
  readonly errors: readonly ts.Diagnostic[];
  readonly fileNames: readonly string[];
}

/** `files` and `include` name nothing. Only a problem for who wants the whole project: named files are added to it. */
const nothingNamed = new Set([18002, 18003]);

/** Lists the problems of a configuration; `named` says whether files were named besides, `program` is what was made of it. */
export function configProblemsOf(
  { path, errors, fileNames }: ParsedConfig,
  named: boolean,
  program: Pick<ts.Program, "getSourceFile">,
): ConfigProblem[] {
  const missing = fileNames.filter((file) => program.getSourceFile(file) === undefined);
  const grave = errors.filter(
    ({ code, category }) => category === ts.DiagnosticCategory.Error && !(named && nothingNamed.has(code)),
  );
  return [
    ...grave.map((error) => ({ text: ts.flattenDiagnosticMessageText(error.messageText, "\n"), span: placeOf(error) })),
    ...missing.map((file) => ({ text: `it lists '${relative(dirname(path), file)}', which ${lackOf(file)}`, span: undefined })),
  ];
}

function lackOf(file: string): string {
  return ts.sys.fileExists(file) ? "cannot be read" : "does not exist";
}

function placeOf({ file, start, length }: ts.Diagnostic): ConfigProblem["span"] {
  return file && start !== undefined ? { file: file.fileName, start, end: start + (length ?? 0) } : undefined;
}
