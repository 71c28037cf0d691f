/** The pipeline: read, model, check, emit. Touches no disk but to read the source; arguments, writing and rendering are `cli/`'s. */

import { existsSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { checkGone } from "./check/check-evolution.js";
import { checkMachines } from "./check/check-machines.js";
import { checkSchedules } from "./check/check-schedules.js";
import { badTsconfig } from "./diagnostics/catalogue/files.js";
import type { Diagnostic } from "./diagnostics/diagnostic.js";
import { buildInternalError, type Doing } from "./diagnostics/internal-error.js";
import { sortDiagnostics } from "./diagnostics/sort.js";
import { emitLock } from "./emit/emit-lock.js";
import { emitModules } from "./emit/emit-modules.js";
import type { OutputFile } from "./files/output-file.js";
import { type LockInput, readRecorded } from "./lock/recorded-lock.js";
import { buildDraft } from "./model/build-draft.js";
import type { Draft } from "./model/draft.js";
import type { Machine } from "./model/machine.js";
import { findLeftOver } from "./read/find-left-over.js";
import { findLooseNulls } from "./read/find-loose-nulls.js";
import { findOutdated } from "./read/find-outdated.js";
import { listInputs } from "./read/list-inputs.js";
import { openProject, openProjectWith, optionsFor, type SourceProject } from "./read/open-project.js";
import { readWorkflows } from "./read/read-workflows.js";
import { noPlaces, type SoughtPlaces } from "./read/sought-places.js";
import { readSchedules } from "./read/schedules/read-schedules.js";

/** What to generate from. All paths are absolute. */
export interface GenerateOptions {
  /** The project's configuration; undefined takes settings that suit Node. */
  readonly tsconfig: string | undefined;
  /** The files whose workflows are wanted; undefined takes those of the whole project. */
  readonly files: readonly string[] | undefined;
  /** Whether those are left out that the configuration does not have. */
  readonly isPart?: boolean;
  /** A project that is open already, instead of one made from `tsconfig` and `files`. */
  readonly project?: SourceProject | undefined;
  /** Where modules go; undefined puts each beside its source. */
  readonly outDir: string | undefined;
  /** The lock that durable workflows are compared with and recorded in; undefined does neither. */
  readonly lock?: LockInput | undefined;
  /** Whether internal errors show their stack. */
  readonly debug?: boolean;
  /** Whether modules are wanted, and not only what is wrong; they are by default. */
  readonly emit?: boolean;
  /** Called before each stage, with what is about to be done, as in `reading`. */
  readonly onStage?: (stage: string) => void;
}

/** What came of it. With an error among the diagnostics there are no files. */
export interface Generated {
  readonly files: readonly OutputFile[];
  readonly machines: readonly Machine[];
  /** The workflows that could be read, proven or not. */
  readonly drafts: readonly Draft[];
  /** Sorted by place. */
  readonly diagnostics: readonly Diagnostic[];
  /** Every file of the program, as absolute paths. */
  readonly inputs: readonly string[];
  /** Where the program was looked for. */
  readonly sought: SoughtPlaces;
}

/** So many workflows may run each other in a chain, all of them changed at once. */
const ROUNDS = 20;

/** Proves the workflows of a project and makes their modules. Never throws and never runs the code that it reads. */
export function generate(options: GenerateOptions): Generated {
  let open = (): SourceProject => options.project ?? openProject(optionsFor(options));
  // A workflow that runs another one imports its module. It is read again with that module as it is going to be: with the one that is there,
  // the code that goes with a change does not type-check, and neither module could ever be written.
  for (let round = 1; ; round++) {
    const { again, ...generated } = readOnce(options, open);
    if (again === undefined || round === ROUNDS) return generated;
    open = again;
  }
}

/** What one reading came to, and, where it was made with modules that are going to be others, how to open the project with those. */
interface Round extends Generated {
  readonly again: (() => SourceProject) | undefined;
}

function readOnce(options: GenerateOptions, open: () => SourceProject): Round {
  const diagnostics: Diagnostic[] = [];
  const report = (diagnostic: Diagnostic): number => diagnostics.push(diagnostic);
  const failed = (): boolean => diagnostics.some(({ severity }) => severity === "error");
  const only = options.files?.length === 1 ? options.files[0] : undefined;
  let doing: Doing = { stage: "starting", file: only };
  const enter = (stage: string): void => {
    doing = { stage, file: only };
    options.onStage?.(stage);
  };
  let files: readonly OutputFile[] = [];
  let machines: readonly Machine[] = [];
  let drafts: readonly Draft[] = [];
  let inputs: readonly string[] = [];
  let sought = noPlaces();
  let again: Round["again"];
  try {
    enter("opening the project");
    const project = open();
    for (const problem of findProblems(project, options.tsconfig)) report(problem);
    enter("reading");
    const readings = readWorkflows(project, options.files, report);
    findLooseNulls(project, readings).forEach(report);
    const schedules = readSchedules(project, options.files);
    inputs = listInputs(project);
    sought = project.sought ?? sought;
    enter("linking");
    drafts = readings.map((reading) => {
      doing = { stage: "linking", file: reading.file };
      return buildDraft(reading);
    });
    enter("checking");
    const recorded = options.lock && readRecorded(options.lock, report);
    const findElsewhere = (source: string): string | undefined => recorded && findForeign(recorded.path, source, inputs);
    machines = checkMachines(drafts, report, recorded && { recorded, findElsewhere });
    // Of a workflow with errors it cannot be told whether it is the one that is missing.
    if (recorded?.whole && !failed()) checkGone(drafts, recorded, findElsewhere, report);
    checkSchedules(schedules, drafts, report);
    enter("emitting");
    const modules = options.emit === false ? [] : emitModules(machines, { outDir: options.outDir });
    // Nor can it be told then whether a file has none any more.
    if (options.files === undefined && !failed()) {
      const sources = drafts.map(({ file }) => file);
      findLeftOver(project, { sources, paths: modules.map(({ path }) => path) }).forEach(report);
    }
    if (options.emit !== false) {
      const outdated = findOutdated(project, options.files, modules);
      if (outdated.size > 0) again = () => openProjectWith(outdated, project);
      if (!failed()) files = [...modules, ...(recorded ? emitLock(machines, recorded) : [])];
    }
  } catch (error) {
    files = [];
    report(buildInternalError(error, doing, options.debug ?? false));
  }
  return { files, machines, drafts, diagnostics: sortDiagnostics(diagnostics), inputs, sought, again };
}

/** What the compiler has against the configuration. Reading goes on: whatever else is wrong is shown with it. */
function findProblems({ configProblems }: SourceProject, tsconfig: string | undefined): Diagnostic[] {
  if (tsconfig === undefined) return [];
  return configProblems.map(({ text, span }) =>
    badTsconfig(span, { path: basename(tsconfig), problem: `is not valid: ${text.replace(/\.$/, "")}` }),
  );
}

/** The path of a source that a lock has recorded, where it belongs to another project: it is there, and is no part of this one. */
function findForeign(lock: string, source: string, inputs: readonly string[]): string | undefined {
  const path = resolve(dirname(lock), source);
  return existsSync(path) && !inputs.some((input) => resolve(input) === path) ? path : undefined;
}
