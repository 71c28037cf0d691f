/** Opens the user's source as a program, once. Keeping one up to date is `watch-project.ts`, asking it anything `compiler.ts`. */

import { normalize } from "node:path";
import { ts } from "../../typescript/index.cjs";
import { compilerSystem } from "./compiler-system.js";
import { type ConfigProblem, configProblemsOf } from "./config-problems.js";
import type { Freshness } from "./freshness.js";
import { withPackageFiles } from "./package-files.js";
import { parseConfig } from "./parse-config.js";
import {
  creationOf,
  defaultOptions,
  jsDocParsingMode,
  useSourceOfProjectReferenceRedirect,
  withUnreachableCode,
} from "./project-options.js";
import { noPlaces, notingHost, type SoughtPlaces } from "./sought-places.js";
import { type Texts, withTexts } from "./with-texts.js";

/** The user's source as a program; opaque outside `read/`. */
export interface SourceProject {
  readonly program: ts.Program;
  /** What the checker has against a file, unreachable code included. */
  readonly diagnosticsOf: (file: ts.SourceFile) => readonly ts.Diagnostic[];
  /** Whether the user's own settings make unreachable code an error. */
  readonly refusesUnreachable: boolean;
  readonly configProblems: readonly ConfigProblem[];
  /** What is so still of what was read in earlier programs, where there were any. */
  readonly freshness?: Freshness;
  /** What it has instead of what is on disk, if anything. */
  readonly texts?: Texts;
  /** Where it was looked for; undefined for a program that was opened elsewhere. */
  readonly sought?: SoughtPlaces;
}

/** What to open: a tsconfig, or files with settings that suit Node. Paths are absolute. */
export interface ProjectOptions {
  readonly tsconfig: string | undefined;
  /** Files that are wanted besides those of the tsconfig. */
  readonly files: readonly string[];
}

/** What to open for files that were named: they are added to the project, unless they count only where the configuration has them. */
export function optionsFor(asked: {
  readonly tsconfig: string | undefined;
  readonly files: readonly string[] | undefined;
  readonly isPart?: boolean;
}): ProjectOptions {
  return { tsconfig: asked.tsconfig, files: asked.isPart === true ? [] : (asked.files ?? []) };
}

/** Makes a program's view of the disk. */
export type HostMaker = (options: ts.CompilerOptions) => ts.CompilerHost;

/** Opens the files of a tsconfig or, without one, the given files. Throws when the tsconfig cannot be read. */
export function openProject(options: ProjectOptions, createHost: HostMaker = hostOnDisk): SourceProject {
  const parsed = options.tsconfig === undefined ? undefined : parseConfig(options.tsconfig);
  const own = parsed?.options ?? defaultOptions(options.files);
  const settings = withUnreachableCode(own);
  const sought = noPlaces();
  const program = ts.createProgram({
    rootNames: [...new Set([...(parsed?.fileNames ?? []), ...options.files])],
    ...(parsed?.projectReferences && { projectReferences: parsed.projectReferences }),
    options: settings,
    host: notingHost(createHost(settings), sought),
  });
  return {
    program,
    diagnosticsOf: (file) => program.getSemanticDiagnostics(file),
    refusesUnreachable: own.allowUnreachableCode === false,
    configProblems: parsed ? configProblemsOf(parsed, options.files.length > 0, program) : [],
    sought,
  };
}

/** `known` again, with `changed` instead of what is on disk. What `known` has parsed is not parsed again. */
export function openProjectWith(changed: Texts, known: SourceProject): SourceProject {
  const texts = new Map([...(known.texts ?? []), ...changed]);
  // In such a project every file must be on the list, and globs have not met the new ones.
  const isComposite = known.program.getCompilerOptions().composite === true;
  const creation = creationOf(known.program, isComposite ? texts.keys() : []);
  const options = withUnreachableCode(creation.options);
  // A file is bound by these settings, and by none but these may it be bound here.
  const isShared = creation.options.allowUnreachableCode === options.allowUnreachableCode;
  const sought = known.sought ?? noPlaces();
  const host = notingHost(hostOn(compilerSystem(withTexts(ts.sys, texts)), options), sought);
  const getSourceFile: ts.CompilerHost["getSourceFile"] = (path, ...rest) =>
    (isShared && !changed.has(normalize(path)) ? known.program.getSourceFile(path) : undefined) ??
    host.getSourceFile(path, ...rest);
  const program = ts.createProgram({ ...creation, options, host: { ...host, getSourceFile } });
  const { refusesUnreachable, configProblems } = known;
  const diagnosticsOf: SourceProject["diagnosticsOf"] = (file) => program.getSemanticDiagnostics(file);
  return { program, diagnosticsOf, refusesUnreachable, configProblems, texts, sought };
}

function hostOnDisk(options: ts.CompilerOptions): ts.CompilerHost {
  return hostOn(compilerSystem(), options);
}

function hostOn(disk: ts.System, options: ts.CompilerOptions): ts.CompilerHost {
  // It gives every file a version, for builders, of which there are none here: a hash of each text.
  const system = { ...disk, createHash: () => "" };
  const host = Object.assign(ts.createIncrementalCompilerHost(options, system), {
    jsDocParsingMode,
    useSourceOfProjectReferenceRedirect,
  });
  return withPackageFiles(host, disk, options);
}
