/** Makes a compiler's program anew after modules were written, with their texts and otherwise with the files that it has read already. */

import { normalize } from "node:path";
import { ts } from "../../typescript/index.cjs";
import { creationOf } from "../read/project-options.js";
import { type Texts, withTexts } from "../read/with-texts.js";

/** The program that the compiler would have made, had the modules been there before. */
export function withWritten(program: ts.Program, host: ts.CompilerHost, written: Texts): ts.Program {
  return createProgram({
    ...creationOf(program, written.keys()),
    host: hostWith(program, host, written),
    configFileParsingDiagnostics: program.getConfigFileParsingDiagnostics(),
  });
}

/** ts-patch keeps the compiler's own function beside the one that calls transformers. */
function createProgram(options: ts.CreateProgramOptions): ts.Program {
  const { originalCreateProgram = ts.createProgram } = ts as typeof ts & { originalCreateProgram?: typeof ts.createProgram };
  return originalCreateProgram(options);
}

function hostWith(program: ts.Program, host: ts.CompilerHost, written: Texts): ts.CompilerHost {
  const getSourceFile: ts.CompilerHost["getSourceFile"] = (name, settings, ...rest) => {
    const text = written.get(normalize(name));
    if (text !== undefined) return withVersion(ts.createSourceFile(name, text, settings));
    return program.getSourceFile(name) ?? host.getSourceFile(name, settings, ...rest);
  };
  const now: ts.CompilerHost = {
    // Compilers remember what they have not found.
    ...withTexts(host, written),
    getSourceFile,
    getSourceFileByPath: (name, _, settings, ...rest) => getSourceFile(name, settings, ...rest),
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
