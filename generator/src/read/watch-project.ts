/** Keeps a project open: a program that takes in what has changed, and reads nothing else again. When to ask it to is left to others. */

import { ts } from "../../typescript/index.cjs";
import { configProblemsOf } from "./config-problems.js";
import type { ProjectOptions, SourceProject } from "./open-project.js";
import { defaultOptions, jsDocParsingMode, withUnreachableCode } from "./project-options.js";
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
  /** Stops watching. */
  close(): void;
}

type Builder = ts.SemanticDiagnosticsBuilderProgram;

/** Opens a project and keeps it open. Throws when the tsconfig cannot be read. */
export function watchProject({ tsconfig, files }: ProjectOptions, { system }: WatchedDisk): OpenProject {
  let project: SourceProject | undefined;
  const createProgram: ts.CreateProgram<Builder> = (rootNames, options, host, old, errors = []) => {
    const builder = ts.createSemanticDiagnosticsBuilderProgram(
      rootNames && [...new Set([...rootNames, ...files])],
      options && withUnreachableCode(options),
      host,
      // What a compilation has left on disk was not made with these options.
      project && old,
      errors,
    );
    project = {
      program: builder.getProgram(),
      diagnosticsOf: createDiagnostics(builder),
      refusesUnreachable: options ? options.allowUnreachableCode === false : (project?.refusesUnreachable ?? false),
      configProblems:
        tsconfig === undefined ? [] : configProblemsOf({ path: tsconfig, errors, fileNames: rootNames ?? [] }, files.length > 0),
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
    close: () => {
      watch.close();
    },
  };
}

function startWatch(
  { tsconfig, files }: ProjectOptions,
  system: ts.System,
  createProgram: ts.CreateProgram<Builder>,
): { getProgram(): Builder; close(): void } {
  return tsconfig === undefined
    ? ts.createWatchProgram(prepare(ts.createWatchCompilerHost([...files], defaultOptions(files), system, createProgram)))
    : ts.createWatchProgram(prepare(ts.createWatchCompilerHost(tsconfig, {}, system, createProgram)));
}

/** Only what is asked is answered: nothing is printed, emitted or done later. */
function prepare<Host extends ts.WatchCompilerHost<Builder>>(host: Host): Host {
  delete host.setTimeout;
  delete host.clearTimeout;
  delete host.afterProgramCreate;
  host.onWatchStatusChange = () => undefined;
  const refuse = ({ messageText }: ts.Diagnostic): never => {
    throw new Error(ts.flattenDiagnosticMessageText(messageText, "\n"));
  };
  return Object.assign(host, { onUnRecoverableConfigFileDiagnostic: refuse, jsDocParsingMode });
}

/**
 * What the checker has found before still holds for files that no change affects; which those are, the builder knows once it has gone through.
 * It checks none of them on its way, so that what no workflow imports, above all the modules themselves, can wait until they are written.
 */
function createDiagnostics(builder: Builder): SourceProject["diagnosticsOf"] {
  let gone = false;
  return (file) => {
    if (!gone) builder.getSemanticDiagnosticsOfNextAffectedFile(undefined, () => true);
    gone = true;
    return builder.getSemanticDiagnostics(file);
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
