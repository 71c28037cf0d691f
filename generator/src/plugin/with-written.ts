/** Makes a compiler's program anew after modules were written, with their texts and otherwise with the files that it has read already. */

import { dirname } from "node:path";
import { ts } from "../../typescript/index.cjs";

/** The program that the compiler would have made, had the modules been there before. */
export function withWritten(program: ts.Program, host: ts.CompilerHost, written: ReadonlyMap<string, string>): ts.Program {
  const options = program.getCompilerOptions();
  // Of such a project every file must be on the list, and globs have not met the new ones.
  const added = options.composite === true ? written.keys() : [];
  return createProgram({
    rootNames: [...new Set([...program.getRootFileNames(), ...added])],
    options,
    host: hostWith(program, host, written),
    configFileParsingDiagnostics: program.getConfigFileParsingDiagnostics(),
    ...(program.getProjectReferences() && { projectReferences: program.getProjectReferences() ?? [] }),
  });
}

/** ts-patch keeps the compiler's own function beside the one that calls transformers. */
function createProgram(options: ts.CreateProgramOptions): ts.Program {
  const { originalCreateProgram = ts.createProgram } = ts as typeof ts & { originalCreateProgram?: typeof ts.createProgram };
  return originalCreateProgram(options);
}

function hostWith(program: ts.Program, host: ts.CompilerHost, written: ReadonlyMap<string, string>): ts.CompilerHost {
  const find = (name: string): string | undefined => written.get(name.replaceAll("\\", "/"));
  const folders = new Set([...written.keys()].map((path) => dirname(path)));
  const getSourceFile: ts.CompilerHost["getSourceFile"] = (name, settings, ...rest) => {
    const text = find(name);
    if (text !== undefined) return withVersion(ts.createSourceFile(name, text, settings));
    return program.getSourceFile(name) ?? host.getSourceFile(name, settings, ...rest);
  };
  const now: ts.CompilerHost = {
    ...host,
    getSourceFile,
    getSourceFileByPath: (name, _, settings, ...rest) => getSourceFile(name, settings, ...rest),
    // Compilers remember what they have not found.
    fileExists: (name) => find(name) !== undefined || host.fileExists(name),
    directoryExists: (name) => folders.has(name) || (host.directoryExists?.(name) ?? true),
    readFile: (name) => find(name) ?? host.readFile(name),
  };
  return host.resolveModuleNameLiterals ? { ...now, resolveModuleNameLiterals: resolveAgain(host, now) } : now;
}

/** Resolves what a compiler that watches has not found, and would only be told in a moment that it is there now. */
function resolveAgain(before: ts.CompilerHost, now: ts.CompilerHost): NonNullable<ts.CompilerHost["resolveModuleNameLiterals"]> {
  return (literals, file, redirected, options, source, ...rest) => {
    const found = before.resolveModuleNameLiterals?.(literals, file, redirected, options, source, ...rest) ?? [];
    return found.map((resolved, place) => {
      const literal = literals[place];
      if (resolved.resolvedModule || !literal || !/\.cano(\.[cm]?[jt]sx?)?$/.test(literal.text)) return resolved;
      const mode = ts.getModeForUsageLocation(source, literal, options);
      return ts.resolveModuleName(literal.text, file, options, now, undefined, redirected, mode);
    });
  };
}

/** What a compiler that watches goes by; it will read the file itself once it is told of it. */
function withVersion(file: ts.SourceFile): ts.SourceFile {
  return Object.assign(file, { version: ts.sys.createHash?.(file.text) ?? String(file.text.length) });
}
