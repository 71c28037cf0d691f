/** Tells of two programs, one made after the other, in which files a type may have become another. */

import { ts } from "../../typescript/index.cjs";
import { outlineOf } from "./outline-of.js";

/** Files as the compiler keeps them: with every module that they name, in whatever way. */
interface Importing {
  readonly imports?: readonly ts.StringLiteralLike[];
  readonly moduleAugmentations?: readonly ts.Node[];
}

/** What a file names, and the file that it means; undefined where there is none. */
export interface Import {
  readonly specifier: ts.Node;
  readonly module: ts.SourceFile | undefined;
}

/** What each file of a program names; packages are left out, which name nothing of the project. */
export type Imports = ReadonlyMap<ts.SourceFile, readonly Import[]>;

/** A program, and which of its files import which. */
export interface Linked {
  readonly program: ts.Program;
  readonly imports: Imports;
}

/** What is another in the second program. */
export interface Changes {
  /** Files that have another text, or whose imports lead elsewhere. */
  readonly changed: ReadonlySet<ts.SourceFile>;
  /** The same, and all files that import them, directly or not: their code may do something else. */
  readonly stale: ReadonlySet<ts.SourceFile>;
  /** Those of them whose errors may be others: files that import what has changed in the code of functions alone are not among them. */
  readonly affected: ReadonlySet<ts.SourceFile>;
}

/** Follows the imports of a program. */
export function linkFiles(program: ts.Program): Linked {
  const checker = program.getTypeChecker();
  const follow = (specifier: ts.Node): Import => {
    const declarations = checker.getSymbolAtLocation(specifier)?.declarations;
    return { specifier, module: declarations?.find((found) => ts.isSourceFile(found)) };
  };
  const own = program.getSourceFiles().filter(({ fileName }) => !fileName.includes("/node_modules/"));
  const imports = own.map((file) => {
    const { imports: named = [], moduleAugmentations: augmented = [] } = file as Importing;
    return [file, [...named, ...augmented].map(follow)] as const;
  });
  return { program, imports: new Map(imports) };
}

/**
 * Finds the files of `after` in which a type may have become another. Undefined where importing does not settle it, so that everything has to
 * be read anew: options are others, or what has changed may reach files that do not import it.
 */
export function findChanges(before: Linked, after: Linked): Changes | undefined {
  if (before.program.getCompilerOptions() !== after.program.getCompilerOptions()) return undefined;
  const gone = before.program.getSourceFiles().filter(({ fileName }) => !after.program.getSourceFile(fileName));
  if (gone.some(reachesFar)) return undefined;
  const changed = new Set<ts.SourceFile>();
  const reshaped = new Set<ts.SourceFile>();
  for (const file of after.program.getSourceFiles()) {
    const old = before.program.getSourceFile(file.fileName);
    const isOther = old !== file;
    if (old !== undefined && isOther && reachesFar(old)) return undefined;
    const isElsewhere = leadsElsewhere(old && before.imports.get(old), after.imports.get(file));
    if (isOther || isElsewhere) changed.add(file);
    if (isElsewhere || (isOther && !(old && outlineOf(old) === outlineOf(file)))) reshaped.add(file);
  }
  const importers = listImporters(after.imports);
  const stale = withImporters(changed, importers);
  if ([...stale].some(reachesFar)) return undefined;
  return { changed, stale, affected: new Set([...changed, ...withImporters(reshaped, importers)]) };
}

function withImporters(
  files: ReadonlySet<ts.SourceFile>,
  importers: ReturnType<typeof listImporters>,
): ReadonlySet<ts.SourceFile> {
  const reached = new Set(files);
  // Grows while it is gone through.
  for (const file of reached) for (const importer of importers.get(file) ?? []) reached.add(importer);
  return reached;
}

/** Scripts, declarations and augmentations mean something to files that do not import them. */
function reachesFar(file: ts.SourceFile): boolean {
  return (
    file.isDeclarationFile || !ts.isExternalModule(file) || file.statements.some((statement) => ts.isModuleDeclaration(statement))
  );
}

function leadsElsewhere(before: readonly Import[] = [], after: readonly Import[] = []): boolean {
  return (
    before.length !== after.length || before.some(({ module }, place) => module?.fileName !== after[place]?.module?.fileName)
  );
}

function listImporters(imports: Imports): ReadonlyMap<ts.SourceFile, readonly ts.SourceFile[]> {
  const importers = new Map<ts.SourceFile, ts.SourceFile[]>();
  for (const [file, named] of imports) {
    for (const { module } of named) if (module) importers.set(module, [...(importers.get(module) ?? []), file]);
  }
  return importers;
}
