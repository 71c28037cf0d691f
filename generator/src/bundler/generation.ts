/**
 * Generates when a build tool asks for it. The first time is an ordinary run, which needs no compiler when nothing has changed; from the second
 * time on somebody is watching, and with the first change the project is opened and kept open. When to ask is left to the tools.
 */

import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { buildInternalError } from "../diagnostics/internal-error.js";
import { renderDiagnostics } from "../diagnostics/render.js";
import { sortDiagnostics } from "../diagnostics/sort.js";
import { diskTexts } from "../diagnostics/source-texts.js";
import { findProjects } from "../projects/find-projects.js";
import { generateAll } from "../projects/generate-all.js";
import { hasErrors, type Outcome } from "../projects/generate-projects.js";
import type { Request, Surroundings } from "../projects/request.js";
import { isRemembered } from "../projects/run-project.js";
import type { WatchSession } from "../projects/watch/watch-session.js";
import type { AskedDisk } from "../read/asked-disk.js";
import { BuildFailure } from "./build-failure.js";
import { requestOf, type CanoOptions } from "./options.js";

/** How the workflows of a project stand. */
export interface Standing {
  /** Undefined when nothing is wrong, and the modules are those of the sources. */
  readonly failure: BuildFailure | undefined;
  /** Rendered; undefined when there are none. */
  readonly warnings: string | undefined;
  /** The files that were written just now: absolute paths. */
  readonly written: readonly string[];
  /** The user's own files that decide how it stands, whether they are there or not: absolute paths. */
  readonly inputs: readonly string[];
  /** Whether this is another one than the last time. */
  readonly isNew: boolean;
}

/** The project that one build, or one watch, is about. */
export class Generation {
  private readonly request: Request;
  private readonly around: Surroundings;
  private turn: Promise<Standing> | undefined;
  private last: Standing | undefined;
  private open: { readonly session: WatchSession; readonly disk: AskedDisk } | undefined;

  /** `root` is an absolute path. */
  constructor(options: CanoOptions, root: string) {
    this.request = requestOf(options, root);
    this.around = { cwd: root, env: process.env, now: Date.now, stderr: () => undefined, isTerminal: false };
  }

  /** Brings the modules in line with the sources as they are now, one request after the other. Never throws. */
  update(): Promise<Standing> {
    this.turn = (this.turn ?? Promise.resolve()).then(async () => {
      const outcome = await this.generate().catch((error: unknown): Outcome => {
        const failure = buildInternalError(
          error,
          { stage: "generating", file: undefined },
          this.around.env["CANO_DEBUG"] !== undefined,
        );
        return { diagnostics: [failure], files: [], inputs: this.last?.inputs ?? [] };
      });
      this.last = outcome ? this.standingOf(outcome) : { ...this.known(), written: [], isNew: false };
      return this.last;
    });
    return this.turn;
  }

  /** What came of it; undefined when nothing has changed. */
  private async generate(): Promise<Outcome | undefined> {
    if (this.open === undefined && (this.last === undefined || this.isRemembered()))
      return generateAll(this.request, this.around);
    this.open ??= await this.openSession();
    this.open.disk.ask();
    return this.open.session.pass();
  }

  /** The compiler is loaded with this, and not before. */
  private async openSession(): Promise<NonNullable<Generation["open"]>> {
    const { askedDisk } = await import("../read/asked-disk.js");
    const { watchDisk } = await import("../read/watched-disk.js");
    const { WatchSession: Session } = await import("../projects/watch/watch-session.js");
    const disk = askedDisk();
    const watched = watchDisk(() => undefined, disk.system);
    return { disk, session: new Session(this.request, this.around, watched, "of workflows") };
  }

  private isRemembered(): boolean {
    const found: Diagnostic[] = [];
    const projects = findProjects(this.request, this.around.cwd, (diagnostic) => found.push(diagnostic));
    const { outDir } = this.request;
    return found.length === 0 && projects.every((project) => isRemembered(project, { outDir }));
  }

  private known(): Standing {
    if (this.last === undefined) throw new Error("there has been no pass");
    return this.last;
  }

  private standingOf({ diagnostics, files, inputs }: Outcome): Standing {
    const options = { cwd: this.around.cwd, texts: diskTexts(), colour: false };
    const sorted = sortDiagnostics(diagnostics);
    const failed = hasErrors(sorted);
    return {
      failure: failed ? new BuildFailure(sorted, options) : undefined,
      warnings: failed || sorted.length === 0 ? undefined : renderDiagnostics(sorted, options).trimEnd(),
      written: files.filter(({ status }) => status !== "unchanged").map(({ path }) => path),
      inputs: inputs.filter((path) => !/[\\/]node_modules[\\/]/.test(path)),
      isNew: true,
    };
  }
}
