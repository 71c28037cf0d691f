/** Lists the compiler's errors that reading workflows does not report: those of files that no workflow imports. */

import type { ts } from "../../typescript/index.cjs";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { type Compiler, createCompiler } from "./compiler.js";
import type { SourceProject } from "./open-project.js";
import { findSourceFiles, findWorkflowCalls } from "./workflow/find-workflows.js";
import { isGenerated, isOwnSource } from "./own-source.js";
import { errorsOf, importedFiles, isMissingGeneratedModule, toDiagnostic } from "./workflow/type-check.js";

/** What has been read of a project, and what came of it. */
export interface Read {
  /** The files whose workflows have been read; undefined means all. */
  readonly files: readonly string[] | undefined;
  /** Whether the generated modules are those of the source as it is. */
  readonly isFresh: boolean;
}

/** Lists the errors of the project's own files. What relies on generated modules that are not fresh is left out: its errors may not be errors. */
export function listTypeErrors(source: SourceProject, { files, isFresh }: Read): Diagnostic[] {
  const compiler = createCompiler(source);
  const reported = findReported(compiler, source, files);
  const own = compiler.program.getSourceFiles().filter(({ fileName }) => isOwnSource(fileName));
  return own.flatMap((file) => {
    const errors = errorsOf(compiler, file).filter((error) => !reported.has(file) || isMissingGeneratedModule(file, error));
    if (errors.length === 0 || (!isFresh && usesGenerated(compiler, file))) return [];
    return errors.map((error) => toDiagnostic(file, error));
  });
}

/** The files whose errors have been reported with the workflows that import them. */
function findReported(compiler: Compiler, source: SourceProject, files: Read["files"]): ReadonlySet<ts.SourceFile> {
  const read = findSourceFiles(source, files)
    .map((path) => compiler.program.getSourceFile(path))
    .filter((file) => file !== undefined && findWorkflowCalls(compiler, file).length > 0);
  return new Set(read.flatMap((file) => (file ? importedFiles(compiler, file) : [])));
}

/** Tells which files of a project use generated modules, or are some: where those are not fresh, errors in such files may not be errors. */
export function findUsersOfGenerated(source: SourceProject): (file: ts.SourceFile) => boolean {
  const compiler = createCompiler(source);
  return (file) => isGenerated(file.fileName) || usesGenerated(compiler, file);
}

/** Whether a file, or what it imports, uses generated modules, be they there or not. */
export function usesGenerated(compiler: Compiler, start: ts.SourceFile): boolean {
  return importedFiles(compiler, start).some(namesGenerated);
}

/** The absolute paths of the user's own files that name generated modules themselves. */
export function listNaming({ program }: SourceProject): string[] {
  const naming = program.getSourceFiles().filter((file) => isOwnSource(file.fileName) && namesGenerated(file));
  return naming.map(({ fileName }) => fileName);
}

function namesGenerated({ text }: ts.SourceFile): boolean {
  return /\.cano(\.[cm]?[jt]sx?)?["']/.test(text);
}
