/** From what was typed to what to read: which configuration goes with which files. Reports what is missing; reads no source. */

import { accessSync, constants } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { badFile } from "../diagnostics/catalogue/files.js";
import type { Report } from "../diagnostics/diagnostic.js";
import { displayPath } from "../diagnostics/display-path.js";
import { findStat } from "../files/find-stat.js";
import { readTsconfigChain, solutionOf, type TsconfigChain, withFileName } from "../files/tsconfig-chain.js";
import type { SourceProject } from "../read/open-project.js";
import type { Request } from "./request.js";

/** Workflows that are read together. Paths are absolute. */
export interface ProjectRequest {
  readonly tsconfig: string | undefined;
  /** The configuration's files; undefined when there is no configuration. */
  readonly chain: TsconfigChain | undefined;
  /** The files that were named; undefined means all of the project. */
  readonly files: readonly string[] | undefined;
  /** Whether the files count only where the configuration has them: one of several may. */
  readonly isPart: boolean;
  /** The project, where it is kept open; it is opened when it must be, else. */
  readonly open?: SourceProject;
}

/** Is told each path that decides which projects there are, whether something is there or not. */
export type Look = (path: string) => void;

type Wanted = Pick<Request, "files" | "tsconfig">;

/** What finding projects goes by, and whom it tells. */
interface Asker {
  readonly cwd: string;
  readonly report: Report;
  readonly look: Look;
}

/**
 * Finds the projects that `request` asks for, one for each configuration; where one only refers to others, those. Projects with a problem are reported and
 * left out.
 */
export function findProjects(request: Wanted, cwd: string, report: Report, look: Look = () => undefined): ProjectRequest[] {
  const asker = { cwd, report, look };
  const files = [...new Set(request.files.map((file) => resolve(cwd, file)))].sort();
  files.forEach(look);
  const usable = files.filter((file) => checkFile(file, cwd, report));
  const tsconfig = nameTsconfig(request, cwd, look);
  if (tsconfig !== undefined)
    return readProject(withFileName(resolve(cwd, tsconfig)), files.length === 0 ? undefined : usable, asker);
  const nearest = new Map<string | undefined, string[]>();
  for (const file of usable) {
    const tsconfig = findTsconfig(dirname(file), look);
    nearest.set(tsconfig, [...(nearest.get(tsconfig) ?? []), file]);
  }
  return [...nearest].flatMap(([tsconfig, group]) => readProject(tsconfig, group, asker));
}

/** The configuration that is meant: the named one or, where no files are named either, the nearest. Undefined where each file goes by its own. */
export function nameTsconfig({ files, tsconfig }: Wanted, cwd: string, look: Look = () => undefined): string | undefined {
  if (tsconfig !== undefined || files.length > 0) return tsconfig;
  // Where there is none, that is said of the one that would be here.
  return findTsconfig(cwd, look) ?? join(cwd, "tsconfig.json");
}

/** The project of a configuration, or those that it stands for. */
function readProject(tsconfig: string | undefined, files: readonly string[] | undefined, asker: Asker): ProjectRequest[] {
  if (tsconfig === undefined) return [{ tsconfig, chain: undefined, files, isPart: false }];
  const found = new Map<string, TsconfigChain | undefined>();
  const paths = new Set([tsconfig]);
  // Grows while it is gone through.
  for (const path of paths) {
    const chain = readTsconfigChain(path, (shown) => displayPath(shown, asker.cwd), asker.report, asker.look);
    const parts = chain ? solutionOf(chain) : [];
    if (parts.length === 0) found.set(path, chain);
    for (const part of parts) paths.add(part);
  }
  const isPart = !found.has(tsconfig);
  return [...found].flatMap(([path, chain]) => (chain ? [{ tsconfig: path, chain, files, isPart }] : []));
}

/** In `folder` or the nearest one above it, as `tsc` finds it. */
function findTsconfig(folder: string, look: Look): string | undefined {
  const path = join(folder, "tsconfig.json");
  look(path);
  if (findStat(path)?.isFile()) return path;
  return dirname(folder) === folder ? undefined : findTsconfig(dirname(folder), look);
}

function checkFile(path: string, cwd: string, report: Report): boolean {
  const problem = findProblem(path);
  if (problem !== undefined) report(badFile(undefined, { path: displayPath(path, cwd), problem }));
  return problem === undefined;
}

function findProblem(path: string): string | undefined {
  const stat = findStat(path);
  if (!stat) return "does not exist";
  if (stat.isDirectory()) return "is a folder";
  if (!/\.(?:[cm]?ts|tsx)$/.test(path) || /\.d\.[cm]?ts$/.test(path)) return "is not a TypeScript source";
  try {
    accessSync(path, constants.R_OK);
    return undefined;
  } catch {
    return "cannot be read";
  }
}
