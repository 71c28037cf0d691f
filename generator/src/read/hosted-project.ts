/** Reads the programs that a host makes one after the other, an editor or a compiler: what does not change from one to the next is not checked again. */

import { UNREACHABLE_CODE } from "./compiler.js";
import type { SourceProject } from "./open-project.js";
import { type Changes, findChanges } from "./find-changes.js";
import { TaskMemory } from "./task-memory.js";
import { ts } from "../../typescript/index.cjs";

/** What the compiler tells editors alone: with settings that are not the generator's own, unreachable code is among it. */
interface Suggesting {
  readonly bindSuggestionDiagnostics?: readonly ts.Diagnostic[];
  getSuggestionDiagnostics?(file: ts.SourceFile): readonly ts.Diagnostic[];
}

/** One project of a host, over all its programs. */
export class HostedProject {
  private program: ts.Program | undefined;
  private readonly memory = new TaskMemory();
  /** What was found in files, by their paths. */
  private readonly found = new Map<string, readonly ts.Diagnostic[]>();

  /**
   * `haste`: whether a file that only wires things together is taken to be right still when what it imports has changed. In an editor the compiler shows
   * its errors all the same, and checking `workflow({...})` with a hundred tasks takes longer than all that the generator does.
   */
  constructor(private readonly haste: boolean) {}

  /** The project as `program` has it. The program is asked, and stays as it is. */
  take(program: ts.Program): SourceProject {
    const changes = this.program && findChanges(this.program, program);
    this.program = program;
    this.memory.advance(changes);
    this.forget(changes);
    return {
      program,
      diagnosticsOf: (file) => this.diagnosticsOf(program, file),
      refusesUnreachable: program.getCompilerOptions().allowUnreachableCode === false,
      configProblems: [],
      memory: this.memory,
    };
  }

  private forget(changes: Changes | undefined): void {
    if (changes === undefined) this.found.clear();
    for (const file of changes?.stale ?? []) {
      const isAssumed = this.haste && changes?.changed.has(file) === false && this.isClean(file) && isWiring(file);
      if (!isAssumed) this.found.delete(file.fileName);
    }
  }

  private isClean({ fileName }: ts.SourceFile): boolean {
    return this.found.get(fileName)?.every(({ category }) => category !== ts.DiagnosticCategory.Error) === true;
  }

  private diagnosticsOf(program: ts.Program, file: ts.SourceFile): readonly ts.Diagnostic[] {
    const known = this.found.get(file.fileName);
    if (known !== undefined) return known;
    const found = [...program.getSemanticDiagnostics(file), ...unreachableIn(program, file)];
    this.found.set(file.fileName, found);
    return found;
  }
}

function unreachableIn(program: ts.Program, file: ts.SourceFile): readonly ts.Diagnostic[] {
  // Where it is an error it is among the errors; where it is allowed the compiler tells nobody.
  if (program.getCompilerOptions().allowUnreachableCode !== undefined) return [];
  const told = (file as Suggesting).bindSuggestionDiagnostics ?? [];
  const suggested = (program as Suggesting).getSuggestionDiagnostics?.(file) ?? [];
  return [...told, ...suggested].filter(({ code }) => code === UNREACHABLE_CODE);
}

/** Whether a file has no code that runs later: nothing in it can be unreachable, and little can be wrong outside of `workflow({...})`. */
function isWiring(file: ts.SourceFile): boolean {
  const hasBody = (node: ts.Node): boolean => ts.isFunctionLike(node) || ts.forEachChild(node, hasBody) === true;
  return !hasBody(file);
}
