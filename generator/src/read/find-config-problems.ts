/** What the compiler itself has against a configuration: unknown option values, listed files that do not exist, globs that match nothing. */

import { dirname, relative } from "node:path";
import { ts } from "ts-morph";

/** A problem in the compiler's words, with its place in the configuration where it has one. */
export interface ConfigProblem {
  readonly text: string;
  readonly span: { readonly file: string; readonly start: number; readonly end: number } | undefined;
}

/** `files` and `include` name nothing. Only a problem for who wants the whole project: named files are added to it. */
const nothingNamed = new Set([18002, 18003]);

/** Finds the problems of the configuration at `path`; `named` says whether files were named besides. */
export function findConfigProblems(path: string, named: boolean): ConfigProblem[] {
  const host: ts.ParseConfigFileHost = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => undefined };
  const parsed = ts.getParsedCommandLineOfConfigFile(path, {}, host);
  const missing = parsed?.fileNames.filter((file) => !ts.sys.fileExists(file)) ?? [];
  const errors =
    parsed?.errors.filter(
      ({ code, category }) => category === ts.DiagnosticCategory.Error && !(named && nothingNamed.has(code)),
    ) ?? [];
  return [
    ...errors.map((error) => ({ text: ts.flattenDiagnosticMessageText(error.messageText, "\n"), span: placeOf(error) })),
    ...missing.map((file) => ({ text: `it lists '${relative(dirname(path), file)}', which does not exist`, span: undefined })),
  ];
}

function placeOf({ file, start, length }: ts.Diagnostic): ConfigProblem["span"] {
  return file && start !== undefined ? { file: file.fileName, start, end: start + (length ?? 0) } : undefined;
}
