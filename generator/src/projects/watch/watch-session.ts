/**
 * One watch: projects that are kept open, and passes over them. A pass generates as a run without `--watch` does, takes in what it has written,
 * and only then asks for the type errors of the rest. When to pass, and what to print, is left to `run-watch.ts`.
 */

import { basename, dirname, join } from "node:path";
import type { Diagnostic } from "../../diagnostics/diagnostic.js";
import { buildInternalError } from "../../diagnostics/internal-error.js";
import type { JsonFile } from "../../diagnostics/json.js";
import { sortDiagnostics } from "../../diagnostics/sort.js";
import { lockPathOf } from "../../files/find-lock.js";
import { listOwnFiles } from "../../read/list-inputs.js";
import { listNaming, listTypeErrors } from "../../read/list-type-errors.js";
import type { Change } from "../../read/watch-project.js";
import type { WatchedDisk } from "../../read/watched-disk.js";
import { isOwnSource } from "../../read/own-source.js";
import { findProjects, nameTsconfig, type ProjectRequest } from "../find-projects.js";
import { generateProjects, hasErrors, type Outcome } from "../generate-projects.js";
import type { Request, Surroundings } from "../request.js";
import { OpenProjects } from "./open-projects.js";
import { WatchedFiles } from "./watched-files.js";

/** What a pass came to; diagnostics are sorted. */
export interface Pass extends Outcome {
  /** What it was made for; nothing for the first. */
  readonly changes: readonly Change[];
  /** When it began, in milliseconds since 1970. */
  readonly startedAt: number;
  /** How many source files are watched. */
  readonly watched: number;
}

/** The watch of what one request asks for. */
export class WatchSession {
  private readonly request: Request;
  private readonly files: WatchedFiles;
  private readonly projects: OpenProjects;
  private outputs: readonly string[] = [];
  /** Changes that were met while a pass took in what it had written. */
  private late: readonly Change[] = [];
  private watched = 0;
  private state: "new" | "steady" | "broken" = "new";

  /** `typeErrors` says whether those of files that no workflow imports are told, too. */
  constructor(
    request: Request,
    private readonly around: Surroundings,
    private readonly disk: WatchedDisk,
    private readonly typeErrors: "all" | "of workflows" = "all",
  ) {
    // What the cache would save is in memory. Where the configuration goes away, another one above is not what is watched.
    this.request = { ...request, tsconfig: nameTsconfig(request, around.cwd), cache: false };
    this.files = new WatchedFiles(disk);
    this.projects = new OpenProjects(disk);
  }

  /** Makes a pass if anything that matters has changed; the first time always. Never throws: what goes wrong inside is CANO9001, and the next pass starts afresh. */
  async pass(): Promise<Pass | undefined> {
    const startedAt = this.around.now();
    const manifests = this.disk.take().filter(isManifest);
    const own = this.files.take();
    const changes = [...this.late, ...own, ...manifests.map((path): Change => ({ path, kind: "changed" }))];
    this.late = [];
    // In a folder near the root of the disk, such as `/srv/app`, the compiler watches none: what it says of files is only asked when a project is opened.
    if (own.some(({ path }) => isManifest(path))) this.projects.close();
    else if (manifests.length > 0) this.projects.forget();
    try {
      const outcome = await this.run(changes);
      return outcome && { ...outcome, changes: unique(changes), startedAt, watched: this.watched };
    } catch (error) {
      this.state = "broken";
      const failure = buildInternalError(
        error,
        { stage: "watching", file: undefined },
        this.around.env["CANO_DEBUG"] !== undefined,
      );
      return { diagnostics: [failure], files: [], inputs: [], changes: unique(changes), startedAt, watched: this.watched };
    }
  }

  /** Stops watching. */
  close(): void {
    this.files.retain(new Set());
    this.projects.close();
  }

  /** Adds to `changes` what the projects know. */
  private async run(changes: Change[]): Promise<Outcome | undefined> {
    const mustPass = this.state !== "steady";
    if (this.state === "broken") this.projects.close();
    const found: Diagnostic[] = [];
    const looked = new Set<string>();
    const requests = findProjects(
      this.request,
      this.around.cwd,
      (diagnostic) => found.push(diagnostic),
      (path) => looked.add(path),
    );
    const refused = hasErrors(found);
    const locks = requests.map(({ tsconfig }) => lockPathOf(tsconfig, this.around.cwd));
    const manifests = requests.flatMap(({ tsconfig }) =>
      tsconfig === undefined ? [] : [join(dirname(tsconfig), "package.json")],
    );
    const watch = (outputs: readonly string[]): void => {
      this.files.retain(new Set([...looked, ...locks, ...manifests, ...outputs]));
    };
    watch(this.outputs);
    const met = refused ? [] : this.projects.keep(requests);
    if (!mustPass && changes.length + met.length === 0) return undefined;
    const made = met.filter(isMade);
    changes.push(...(changes.length + made.length > 0 ? made : met));
    const outcome = refused ? { diagnostics: found, files: [], inputs: [...looked] } : await this.generate(requests);
    if (outcome.files.length > 0) this.outputs = outcome.files.map(({ path }) => path);
    watch(this.outputs);
    this.state = "steady";
    return { ...outcome, diagnostics: sortDiagnostics(outcome.diagnostics) };
  }

  private async generate(requests: readonly ProjectRequest[]): Promise<Outcome> {
    const outcome = await generateProjects(this.projects.all(requests), this.request, this.around);
    this.takeIn(outcome.files, requests);
    const isFresh = !hasErrors(outcome.diagnostics);
    // With what has been written the programs are others.
    const now = this.projects.all(requests);
    this.watched = new Set(now.flatMap(({ open }) => listOwnFiles(open))).size;
    if (this.typeErrors === "of workflows") return outcome;
    const typeErrors = now.flatMap(({ open, files }) => listTypeErrors(open, { files, isFresh }));
    return { ...outcome, diagnostics: [...outcome.diagnostics, ...typeErrors] };
  }

  /** Has the programs take in what was written now, and not when the disk tells of it. */
  private takeIn(files: readonly JsonFile[], requests: readonly ProjectRequest[]): void {
    const written = new Set<string>();
    for (const { path, status } of files) {
      this.files.accept(path);
      if (status !== "created" && status !== "updated") continue;
      written.add(path);
      this.disk.tell(path, status);
    }
    if (written.size === 0) return;
    if (files.some(({ status }) => status === "created")) this.lookAgain(requests);
    this.late = this.projects.update().filter((change) => !written.has(change.path) && isMade(change));
  }

  /** Near the root of the disk the compiler is told nothing of modules that it has not found: it looks again for those that a file names that has been away. */
  private lookAgain(requests: readonly ProjectRequest[]): void {
    for (const path of this.projects.all(requests).flatMap(({ open }) => listNaming(open))) {
      this.disk.tell(path, "gone");
      this.disk.tell(path, "created");
    }
  }
}

/** Whether somebody has made a change: declarations come into a program, and leave it, with what refers to them. */
function isMade({ path, kind }: Change): boolean {
  return kind === "changed" || isOwnSource(path);
}

function isManifest(path: string): boolean {
  return basename(path) === "package.json";
}

/** One change for each path. */
function unique(changes: readonly Change[]): readonly Change[] {
  return [...new Map(changes.map((change) => [change.path, change])).values()];
}
