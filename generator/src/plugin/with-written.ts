/** Makes a compiler's program anew after modules were written, with their texts and otherwise with the files that it has read already. */

import { normalize } from "node:path";
import { ts } from "../../typescript/index.cjs";
import { parseConfig } from "../read/parse-config.js";
import { creationOf } from "../read/project-options.js";
import { type Texts, withTexts } from "../read/with-texts.js";

/** The program that the compiler would have made, had the modules been there before. */
export function withWritten(program: ts.Program, host: ts.CompilerHost, written: Texts): ts.Program {
  const creation = creationOf(program, listedIn(program, written));
  tellBuilder(program, host, creation.rootNames);
  keepLooking(host);
  return createProgram({
    ...creation,
    host: hostWith(program, host, written),
    configFileParsingDiagnostics: program.getConfigFileParsingDiagnostics(),
  });
}

/** What was written that the configuration lists, now that it is there: it is compiled also where nothing imports it. */
function listedIn(program: ts.Program, written: Texts): string[] {
  const { configFilePath } = program.getCompilerOptions();
  if (typeof configFilePath !== "string") return [];
  return parseConfig(configFilePath).fileNames.filter((name) => written.has(normalize(name)));
}

/**
 * Adds to the list of files that a builder has of a project: it has read the configuration before, and what projects that refer to this one import is
 * looked up there. A module that is not on it would be compiled once more, as a part of them.
 */
function tellBuilder(program: ts.Program, host: ts.CompilerHost, rootNames: readonly string[]): void {
  const { composite, configFilePath } = program.getCompilerOptions();
  if (composite !== true || typeof configFilePath !== "string") return;
  const list = host.getParsedCommandLine?.(configFilePath)?.fileNames;
  list?.push(...rootNames.filter((name) => !list.includes(name)));
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
  const resolve = host.resolveModuleNameLiterals?.bind(host);
  return resolve ? { ...now, resolveModuleNameLiterals: lookAgain(resolve, now) } : now;
}

/** Hosts that look again by themselves. */
const looking = new WeakSet<ts.CompilerHost>();

/** In a folder near the root of the disk, such as `/srv/app`, a compiler that watches is never told of what it has not found, and would not look again. */
function keepLooking(host: ts.CompilerHost): void {
  const resolve = host.resolveModuleNameLiterals?.bind(host);
  if (!resolve || looking.has(host)) return;
  looking.add(host);
  host.resolveModuleNameLiterals = lookAgain(resolve, host);
}

type Resolve = NonNullable<ts.CompilerHost["resolveModuleNameLiterals"]>;

/** Resolves what a compiler that watches has not found, and would only be told in a moment, or never, that it is there now. */
function lookAgain(resolve: Resolve, host: ts.CompilerHost): Resolve {
  return (literals, file, redirected, options, source, ...rest) =>
    resolve(literals, file, redirected, options, source, ...rest).map((resolved, place) => {
      const literal = literals[place];
      if (resolved.resolvedModule || !literal || !/\.cano(\.[cm]?[jt]sx?)?$/.test(literal.text)) return resolved;
      const mode = ts.getModeForUsageLocation(source, literal, options);
      return ts.resolveModuleName(literal.text, file, options, host, undefined, redirected, mode);
    });
}

/** What a compiler that watches goes by; it will read the file itself once it is told of it. */
function withVersion(file: ts.SourceFile): ts.SourceFile {
  return Object.assign(file, { version: ts.sys.createHash?.(file.text) ?? String(file.text.length) });
}
