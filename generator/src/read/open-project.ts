/** Opens the user's source as a ts-morph project. Asking it anything is left to `compiler.ts`. */

import { dirname, join, resolve } from "node:path";
import { Project, ts } from "ts-morph";

/** The user's source, opened; opaque outside `read/`. */
export interface SourceProject {
  readonly project: Project;
  /** Whether the user's own settings make unreachable code an error. */
  readonly refusesUnreachable: boolean;
}

/** What to open: a tsconfig, or files with settings that suit Node. */
export interface ProjectOptions {
  readonly tsconfig: string | undefined;
  readonly files: readonly string[];
}

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

/** Opens the files of a tsconfig or, without one, the given files. Throws when the tsconfig cannot be read. */
export function openProject(options: ProjectOptions): SourceProject {
  // The compiler resolves imports itself when the program is made; wrapping every dependency as well only costs time.
  const skipFileDependencyResolution = true;
  const project =
    options.tsconfig === undefined
      ? new Project({ compilerOptions: { ...defaults, ...globalsFor(options.files) }, skipFileDependencyResolution })
      : new Project({ tsConfigFilePath: options.tsconfig, skipFileDependencyResolution });
  for (const file of options.files) project.addSourceFileAtPathIfExists(file);
  const refusesUnreachable = project.getCompilerOptions().allowUnreachableCode === false;
  // With this setting the checker lists unreachable code itself: `compiler.ts` takes it as a fact and `type-check.ts` drops it as an error.
  project.compilerOptions.set({ allowUnreachableCode: false });
  return { project, refusesUnreachable };
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
