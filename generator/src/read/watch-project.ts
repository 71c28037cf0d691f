/** Keeps a project open: a program that takes in what has changed, and reads nothing else again. When to ask it to is left to others. */

import { ts } from "../../typescript/index.cjs";
import { configProblemsOf } from "./config-problems.js";
import { HostedProject } from "./hosted-project.js";
import type { ProjectOptions, SourceProject } from "./open-project.js";
import { defaultOptions, jsDocParsingMode, useSourceOfProjectReferenceRedirect, withUnreachableCode } from "./project-options.js";
import type { WatchedDisk } from "./watched-disk.js";

/** A file that is not what it was. */
export interface Change {
  /** Absolute path. */
  readonly path: string;
  readonly kind: "changed" | "new" | "gone";
}

/** A project that is kept open. */
export interface OpenProject {
  /** The project as of the last update. */
  readonly project: SourceProject;
  /** Takes in what the disk has told; says which files of the program are not what they were. Throws when the tsconfig cannot be read. */
  update(): readonly Change[];
  /** Has everything read and checked anew: a package is another, which no program tells. */
  forget(): void;
  /** Stops watching. */
  close(): void;
}

/** Opens a project and keeps it open. Throws when the tsconfig cannot be read. */
export function watchProject({ tsconfig, files }: ProjectOptions, { system }: WatchedDisk): OpenProject {
  let project: SourceProject | undefined;
  const known = new HostedProject(false);
  const settingsOf = once(withUnreachableCode);
  const createProgram: ts.CreateProgram<ts.BuilderProgram> = (rootNames, options, host, old, errors = [], references) => {
    const builder = ts.createAbstractBuilder(
      rootNames && [...new Set([...rootNames, ...files])],
      options && settingsOf(options),
      host,
      // What a compilation has left on disk was not made with these options.
      project && old,
      errors,
      references,
    );
    // By its state the compiler knows a builder from a program, and this kind has none: a new declaration file would be its end.
    Object.assign(builder, { state: {} });
    project = {
      ...known.take(builder.getProgram()),
      refusesUnreachable: options ? options.allowUnreachableCode === false : (project?.refusesUnreachable ?? false),
      configProblems:
        tsconfig === undefined
          ? []
          : configProblemsOf({ path: tsconfig, errors, fileNames: rootNames ?? [] }, files.length > 0, builder.getProgram()),
    };
    return builder;
  };
  const watch = startWatch({ tsconfig, files }, system, createProgram);
  const current = (): SourceProject => {
    if (project === undefined) throw new Error("there is no program");
    return project;
  };
  return {
    get project() {
      return current();
    },
    update: () => {
      const before = current().program;
      watch.getProgram();
      return listChanges(before, current().program);
    },
    forget: () => {
      known.forget();
    },
    close: () => {
      watch.close();
    },
  };
}

function startWatch(
  { tsconfig, files }: ProjectOptions,
  system: ts.System,
  createProgram: ts.CreateProgram<ts.BuilderProgram>,
): { getProgram(): ts.BuilderProgram; close(): void } {
  return tsconfig === undefined
    ? ts.createWatchProgram(prepare(ts.createWatchCompilerHost([...files], defaultOptions(files), system, createProgram)))
    : ts.createWatchProgram(prepare(ts.createWatchCompilerHost(tsconfig, {}, system, createProgram)));
}

/**
 * Only what is asked is answered: nothing is printed, emitted or done later. What the compiler puts off it does when it is next asked, once for
 * all that has been told meanwhile.
 */
function prepare<Host extends ts.WatchCompilerHost<ts.BuilderProgram>>(host: Host): Host {
  host.setTimeout = () => 0;
  host.clearTimeout = () => undefined;
  delete host.afterProgramCreate;
  host.onWatchStatusChange = () => undefined;
  const refuse = ({ messageText }: ts.Diagnostic): never => {
    throw new Error(ts.flattenDiagnosticMessageText(messageText, "\n"));
  };
  return Object.assign(host, {
    onUnRecoverableConfigFileDiagnostic: refuse,
    jsDocParsingMode,
    useSourceOfProjectReferenceRedirect,
  });
}

/** As long as the options are the same, so are the settings made of them: by that the compiler, and who compares programs, knows that nothing has changed. */
function once(make: (options: ts.CompilerOptions) => ts.CompilerOptions): typeof make {
  let known: readonly [options: ts.CompilerOptions, made: ts.CompilerOptions] | undefined;
  return (options) => {
    if (known?.[0] !== options) known = [options, make(options)];
    return known[1];
  };
}

function listChanges(before: ts.Program, after: ts.Program): Change[] {
  if (before === after) return [];
  const old = new Map(before.getSourceFiles().map((file) => [file.fileName, file]));
  const now = after.getSourceFiles();
  const present = new Set(now.map(({ fileName }) => fileName));
  return [
    ...now.flatMap((file): Change[] => {
      const known = old.get(file.fileName);
      if (known === undefined) return [{ path: file.fileName, kind: "new" }];
      return known === file || known.text === file.text ? [] : [{ path: file.fileName, kind: "changed" }];
    }),
    ...[...old.keys()].filter((path) => !present.has(path)).map((path): Change => ({ path, kind: "gone" })),
  ];
}
