/** Finds generated modules of a project that nothing is generated to any more: their source is gone, or has no workflow left. */

import { existsSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import type { ts } from "../../typescript/index.cjs";
import { leftOver } from "../diagnostics/catalogue/files.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { readModuleHeader } from "../text/module-header.js";
import type { SourceProject } from "./open-project.js";
import { isGenerated } from "./own-source.js";
import { findSourceFiles } from "./workflow/find-workflows.js";
import { moduleSpecifiers } from "./workflow/import-style.js";

/** What a whole project has. All paths are absolute. */
export interface Kept {
  /** The files that have workflows. */
  readonly sources: readonly string[];
  /** Where their modules go, as far as that is known. */
  readonly paths: readonly string[];
}

/** A warning for each of them. */
export function findLeftOver(project: SourceProject, { sources, paths }: Kept): Diagnostic[] {
  const { program } = project;
  const read = new Set(findSourceFiles(project, undefined));
  const used = new Set(sources);
  // Of another source there, it is written over.
  const written = new Set(paths.map((path) => program.getSourceFile(path)));
  return program.getSourceFiles().flatMap((module) => {
    const header = isGenerated(module.fileName) ? readModuleHeader(module.text) : undefined;
    if (header === undefined || written.has(module)) return [];
    const path = findSource(module, header.source);
    if (path === undefined) return [];
    const source = program.getSourceFile(path);
    // What another project reads may have its module there; and one that is empty is being saved.
    if (source ? !read.has(source.fileName) || used.has(source.fileName) || source.text.trim() === "" : existsSync(path))
      return [];
    const span = { file: module.fileName, start: 0, end: header.length };
    return [leftOver(span, { source: basename(path), problem: source ? "has no workflow any more" : "is gone" })];
  });
}

/** Where the source of a generated module is, or was: the first line has its name, and the import of it has the folder. */
function findSource(module: ts.SourceFile, name: string): string | undefined {
  if (module.fileName.includes("/node_modules/")) return undefined;
  const stem = withoutEnding(name);
  const specifier = moduleSpecifiers(module).find(({ text }) => text.startsWith(".") && withoutEnding(basename(text)) === stem);
  return specifier && join(dirname(resolve(dirname(module.fileName), specifier.text)), name);
}

function withoutEnding(name: string): string {
  return name.replace(/\.[cm]?[jt]sx?$/, "");
}
