/**
 * Works out what decides the program that a configuration and its files stand for: contents, names that include globs or imports could
 * pick up, and packages. Asking is `probe.ts`, remembering the answers `cache.ts`.
 */

import { statSync } from "node:fs";
import { dirname, join, parse, resolve, sep } from "node:path";
import type { Probe, ProbeKind } from "./probe.js";
import type { TsconfigFile } from "./tsconfig-chain.js";

/** A question without its answer. */
export type Question = Omit<Probe, "answer">;

/** Where package managers note what is installed; changes whenever any package does. */
const installRecords = [".package-lock.json", ".modules.yaml", ".yarn-state.yml", ".yarn-integrity"];

/**
 * Lists what to ask, without repeats. `inputs` are all files of the program, `outputs` those of them that are generated, `tsconfig` is the
 * configuration with all that it extends, `root` its folder.
 */
export function listQuestions(
  root: string,
  tsconfig: readonly TsconfigFile[],
  inputs: readonly string[],
  outputs: readonly string[],
): Question[] {
  const generated = new Set(outputs.map((path) => resolve(path)));
  const files = inputs.map((path) => resolve(path)).filter((path) => !generated.has(path));
  const trees = listTrees(root, tsconfig);
  const own = unique([root, ...files.filter((path) => !isPackaged(path)).map((path) => dirname(path))]);
  const ancestors = unique(own.flatMap(withAncestors));
  return [
    ...ask("file", unique([...files, ...tsconfig.map((file) => file.path)])),
    // The nearest manifest says whether a module is ESM and what a package exports.
    ...ask("file", unique([...ancestors, ...packageFolders(files)].map((folder) => join(folder, "package.json")))),
    ...ask("tree", trees),
    // A folder outside of all globs still decides imports: `./a.ts` beside `./a.d.ts` takes its place.
    ...ask(
      "folder",
      own.filter((folder) => folder.includes(`${sep}.`) || !trees.some((tree) => isWithin(folder, tree))),
    ),
    ...ask(
      "packages",
      ancestors.map((folder) => join(folder, "node_modules")),
    ),
    ...ask(
      "file",
      ancestors.flatMap((folder) => installRecords.map((name) => join(folder, "node_modules", name))),
    ),
  ];
}

/** The folders whose names, at any depth, globs could pick up. */
export function listTrees(root: string, tsconfig: readonly TsconfigFile[]): string[] {
  return unique([root, ...tsconfig.flatMap((file) => namedFolders(file, root)).filter((folder) => !isWithin(folder, root))]);
}

function ask(kind: ProbeKind, paths: readonly string[]): Question[] {
  return paths.map((path) => ({ kind, path }));
}

/** The existing folders that strings of a configuration name, up to their first wildcard: globs, roots, path aliases. */
function namedFolders({ path, value }: TsconfigFile, root: string): string[] {
  return stringsIn(value)
    .map((text) => resolve(dirname(path), fixedPart(text.replace("${configDir}", root))))
    .filter((folder) => isFolder(folder) && !isPackaged(folder) && folder !== parse(folder).root && folder !== dirname(path));
}

/** `../shared` of `../shared/*.ts` and of `../shared/order-*.ts`. */
function fixedPart(text: string): string {
  const wildcard = text.search(/[*?]/);
  return wildcard === -1 ? text : text.slice(0, text.slice(0, wildcard).search(/[^\\/]*$/));
}

function stringsIn(value: unknown): string[] {
  if (typeof value === "string") return /[\\/.*]/.test(value) ? [value] : [];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** The folders of the packages that files in a `node_modules` belong to, those inside of the package included. */
function packageFolders(files: readonly string[]): string[] {
  return unique(files.filter(isPackaged).map((path) => dirname(path))).flatMap((folder) =>
    withAncestors(folder).filter((above) => isPackaged(above) && !above.endsWith(`${sep}node_modules`)),
  );
}

function withAncestors(folder: string): string[] {
  const above = dirname(folder);
  return above === folder ? [folder] : [folder, ...withAncestors(above)];
}

function isPackaged(path: string): boolean {
  return `${path}${sep}`.includes(`${sep}node_modules${sep}`);
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

function unique(paths: readonly string[]): string[] {
  return [...new Set(paths)];
}
