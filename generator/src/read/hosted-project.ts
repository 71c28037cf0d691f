/** Reads the programs of one project that are made one after the other, by an editor, a compiler or a watch: what does not change is not checked again. */

import { createCompiler, UNREACHABLE_CODE } from "./compiler.js";
import type { SourceProject } from "./open-project.js";
import { Freshness } from "./freshness.js";
import { type Changes, findChanges, type Linked, linkFiles } from "./find-changes.js";
import { staysRight } from "./workflow/stays-right.js";
import { ts } from "../../typescript/index.cjs";

/** What the compiler tells editors alone: with settings that are not the generator's own, unreachable code is among it. */
interface Suggesting {
  readonly bindSuggestionDiagnostics?: readonly ts.Diagnostic[];
  getSuggestionDiagnostics?(file: ts.SourceFile): readonly ts.Diagnostic[];
}

/** One project, over all its programs. */
export class HostedProject {
  private last: Linked | undefined;
  private readonly freshness = new Freshness();
  /** What was found in files. */
  private found = new WeakMap<ts.SourceFile, readonly ts.Diagnostic[]>();

  /**
   * `haste`: whether a file that only wires things together is taken to be right still when what it imports has changed. In an editor the compiler shows
   * its errors all the same, and checking `workflow({...})` with a hundred tasks takes longer than all that the generator does.
   */
  constructor(private readonly haste: boolean) {}

  /** The project as `program` has it. The program is asked, and stays as it is. */
  take(program: ts.Program): SourceProject {
    const linked = linkFiles(program);
    const changes = this.last && findChanges(this.last, linked);
    this.last = linked;
    this.freshness.advance(changes);
    const project: SourceProject = {
      program,
      diagnosticsOf: (file) => this.diagnosticsOf(program, file),
      refusesUnreachable: program.getCompilerOptions().allowUnreachableCode === false,
      configProblems: [],
      freshness: this.freshness,
    };
    if (changes === undefined) this.found = new WeakMap();
    else this.drop(changes, (file) => staysRight(createCompiler(project), file, changes, linked.imports));
    return project;
  }

  /** Takes nothing for granted any more: something is another that is no part of a program. */
  forget(): void {
    this.freshness.advance(undefined);
    this.found = new WeakMap();
  }

  private drop({ affected, changed }: Changes, staysRight: (file: ts.SourceFile) => boolean): void {
    for (const file of affected) {
      const isAssumed = !changed.has(file) && this.isClean(file) && ((this.haste && isWiring(file)) || staysRight(file));
      if (!isAssumed) this.found.delete(file);
    }
  }

  private isClean(file: ts.SourceFile): boolean {
    return this.found.get(file)?.every(({ category }) => category !== ts.DiagnosticCategory.Error) === true;
  }

  private diagnosticsOf(program: ts.Program, file: ts.SourceFile): readonly ts.Diagnostic[] {
    const known = this.found.get(file);
    if (known !== undefined) return known;
    const found = [...program.getSemanticDiagnostics(file), ...unreachableIn(program, file)];
    this.found.set(file, found);
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
