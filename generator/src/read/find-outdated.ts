/** Finds generated modules that workflows of the same project have been read with, and that are not as they are going to be. */

import { type Compiler, createCompiler } from "./compiler.js";
import { usesGenerated } from "./list-type-errors.js";
import type { SourceProject } from "./open-project.js";
import type { Texts } from "./with-texts.js";
import { findSourceFiles, findWorkflowCalls } from "./workflow/find-workflows.js";

/** A module that is going to be written. Paths are absolute. */
export interface Coming {
  readonly path: string;
  readonly source: string;
  readonly text: string;
  /** How many workflows it has. */
  readonly workflows: number;
}

/**
 * The texts of `modules` that the project should be read again with. None where no workflow depends on a module, which is nearly always so; a module
 * that lacks one of its workflows, since that has errors, is not worth it.
 */
export function findOutdated(source: SourceProject, files: readonly string[] | undefined, modules: readonly Coming[]): Texts {
  const { program } = source;
  const other = modules.filter(({ path, text }) => program.getSourceFile(path)?.text !== text);
  if (other.length === 0) return new Map();
  const compiler = createCompiler(source);
  const isComplete = ({ source: path, workflows }: Coming): boolean => callsIn(compiler, path).length === workflows;
  const isRead = (path: string): boolean => {
    const [call] = callsIn(compiler, path);
    return call !== undefined && usesGenerated(compiler, call.getSourceFile());
  };
  if (!findSourceFiles(source, files).some(isRead)) return new Map();
  return new Map(other.filter(isComplete).map(({ path, text }) => [path, text]));
}

function callsIn(compiler: Compiler, path: string): ReturnType<typeof findWorkflowCalls> {
  const file = compiler.program.getSourceFile(path);
  return file ? findWorkflowCalls(compiler, file) : [];
}
