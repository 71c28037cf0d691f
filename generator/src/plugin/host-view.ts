/** What the generator has to say of a host's program: asked once for each program, however often the host asks. Writes nothing. */

import { buildInternalError } from "../diagnostics/internal-error.js";
import { findLock, lockPathOf } from "../files/find-lock.js";
import { generate, type Generated } from "../generate.js";
import { findUsersOfGenerated } from "../read/list-type-errors.js";
import { HostedProject } from "../read/hosted-project.js";
import type { SourceProject } from "../read/open-project.js";
import { ts } from "../../typescript/index.cjs";

/** What came of a program. */
export interface HostView extends Pick<Generated, "diagnostics" | "drafts" | "files"> {
  /** Whether something is wrong that keeps modules as they are, be it only for the compiler. */
  readonly failed: boolean;
  /** What the compiler has against the program, but for generated modules and what uses them. */
  readonly listErrors: () => readonly ts.Diagnostic[];
}

/** What is wanted of a program. */
export interface Wanted {
  /** Whether modules are, too. */
  readonly modules: boolean;
  /** Where they go, as an absolute path; undefined puts each beside its source. */
  readonly outDir?: string | undefined;
}

/** The compiler's own errors, which a host shows anyway. */
const COMPILER_ERROR = "CANO1001";

/** One project of a host. */
export class HostViews {
  private readonly project: HostedProject;
  private readonly known = new WeakMap<ts.Program, HostView>();

  constructor(private readonly wanted: Wanted) {
    this.project = new HostedProject(!wanted.modules);
  }

  /** The view of a program. Never throws: what goes wrong inside is CANO9001. */
  of(program: ts.Program): HostView {
    const known = this.known.get(program);
    if (known !== undefined) return known;
    const view = this.look(program);
    this.known.set(program, view);
    return view;
  }

  private look(program: ts.Program): HostView {
    const { configFilePath } = program.getCompilerOptions();
    const tsconfig = typeof configFilePath === "string" ? configFilePath : undefined;
    // Without a configuration nobody can tell which workflows there should be.
    const lock = tsconfig === undefined ? undefined : lockPathOf(tsconfig, "");
    try {
      const project = this.project.take(program);
      const { files, drafts, diagnostics } = generate({
        tsconfig,
        files: undefined,
        project,
        outDir: this.wanted.outDir,
        lock: lock === undefined ? undefined : { path: lock, ...findLock(lock), whole: true },
        emit: this.wanted.modules,
      });
      const own = diagnostics.filter(({ code }) => code !== COMPILER_ERROR);
      const failed = diagnostics.some(({ severity }) => severity === "error");
      return { files, drafts, diagnostics: own, failed, listErrors: () => listErrorsApart(project) };
    } catch (error) {
      const doing = { stage: "opening the project", file: undefined };
      const diagnostics = [buildInternalError(error, doing, false)];
      return { files: [], drafts: [], diagnostics, failed: true, listErrors: () => program.getSemanticDiagnostics() };
    }
  }
}

/** What has been found in a file before, and stays, is not looked for again. */
function listErrorsApart(project: SourceProject): readonly ts.Diagnostic[] {
  const usesGenerated = findUsersOfGenerated(project);
  return project.program
    .getSourceFiles()
    .flatMap(project.diagnosticsOf)
    .filter(({ category, file }) => category === ts.DiagnosticCategory.Error && !(file && usesGenerated(file)));
}
