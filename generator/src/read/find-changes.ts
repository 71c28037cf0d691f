/** Tells of two programs that follow each other in which files a type may have become another. */

import { ts } from "../../typescript/index.cjs";

/** Files as the compiler keeps them: with every module that they name, in whatever way. */
interface Importing {
  readonly imports?: readonly ts.StringLiteralLike[];
}

/** What is another in the second program. */
export interface Changes {
  readonly changed: ReadonlySet<ts.SourceFile>;
  /** The same, and all files that import them, directly or not. */
  readonly stale: ReadonlySet<ts.SourceFile>;
}

/**
 * Finds the files of `after` in which a type may have become another. Undefined where importing does not settle it, so that everything has to
 * be read anew: files came or went, options are others, or what has changed may reach files that do not import it.
 */
export function findChanges(before: ts.Program, after: ts.Program): Changes | undefined {
  const files = after.getSourceFiles();
  if (before.getCompilerOptions() !== after.getCompilerOptions()) return undefined;
  if (before.getSourceFiles().length !== files.length) return undefined;
  const changed = new Set<ts.SourceFile>();
  for (const file of files) {
    const old = before.getSourceFile(file.fileName);
    if (old === file) continue;
    if (old === undefined || reachesFar(old) || reachesFar(file)) return undefined;
    changed.add(file);
  }
  const importers = listImporters(after);
  const stale = new Set(changed);
  // Grows while it is gone through.
  for (const file of stale) for (const importer of importers.get(file) ?? []) stale.add(importer);
  return { changed, stale };
}

/** Scripts, declarations and augmentations mean something to files that do not import them. */
function reachesFar(file: ts.SourceFile): boolean {
  return (
    file.isDeclarationFile || !ts.isExternalModule(file) || file.statements.some((statement) => ts.isModuleDeclaration(statement))
  );
}

function listImporters(program: ts.Program): ReadonlyMap<ts.SourceFile, readonly ts.SourceFile[]> {
  const checker = program.getTypeChecker();
  const importers = new Map<ts.SourceFile, ts.SourceFile[]>();
  for (const file of program.getSourceFiles()) {
    if (file.isDeclarationFile) continue;
    for (const specifier of (file as Importing).imports ?? []) {
      const module = checker.getSymbolAtLocation(specifier)?.valueDeclaration;
      if (module && ts.isSourceFile(module)) importers.set(module, [...(importers.get(module) ?? []), file]);
    }
  }
  return importers;
}
