/** The compiler's options where the user has none, and the one that the generator sets whatever the user says. */

import { dirname, join, resolve } from "node:path";
import { ts } from "../../typescript/index.cjs";

// What a project without a tsconfig of its own would say.
const defaults: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  strict: true,
  skipLibCheck: true,
  allowImportingTsExtensions: true,
  noEmit: true,
};

/** Options for files without a tsconfig. */
export function defaultOptions(files: readonly string[]): ts.CompilerOptions {
  return { ...defaults, ...globalsFor(files) };
}

/** With this setting the checker lists unreachable code itself: `compiler.ts` takes it as a fact and `type-check.ts` drops it as an error. */
export function withUnreachableCode(options: ts.CompilerOptions): ts.CompilerOptions {
  return { ...options, allowUnreachableCode: false };
}

// Node's globals where their types are installed; else the compiler's default library, whose browser types have the signals that `cano` needs.
function globalsFor([file]: readonly string[]): ts.CompilerOptions {
  let folder = file === undefined ? process.cwd() : dirname(resolve(file));
  while (!ts.sys.fileExists(join(folder, "node_modules/@types/node/package.json"))) {
    if (dirname(folder) === folder) return {};
    folder = dirname(folder);
  }
  return {
    types: ["node"],
    typeRoots: [join(folder, "node_modules/@types")],
    lib: ["lib.es2023.d.ts", "lib.esnext.disposable.d.ts"],
  };
}

/** What a program was made of, to make it again with `added` files. */
export function creationOf(program: ts.Program, added: Iterable<string>): Omit<ts.CreateProgramOptions, "host"> {
  const options = program.getCompilerOptions();
  const references = program.getProjectReferences();
  return {
    rootNames: [...new Set([...program.getRootFileNames(), ...added])],
    options,
    ...(references && { projectReferences: references }),
  };
}

/** What another project of the user's declares is read from its source, as editors do: it need not have been built. */
export const useSourceOfProjectReferenceRedirect = (): boolean => true;

/** Which comments are read: no more than `tsc` reads, for a comment may use what is imported. */
export const jsDocParsingMode = ts.JSDocParsingMode.ParseForTypeErrors;
