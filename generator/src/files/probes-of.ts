/**
 * Works out what decides the program that a configuration and its files stand for: contents, names that include globs or imports could
 * pick up, and packages. Asking is `probe.ts`, remembering the answers `cache.ts`.
 */

import { existsSync } from "node:fs";
import { dirname, join, parse, relative, resolve, sep } from "node:path";
import type { SoughtPlaces } from "../read/sought-places.js";
import type { Probe, ProbeKind } from "./probe.js";
import { slashed, type TsconfigFile } from "./tsconfig-chain.js";

/** A question without its answer. */
export type Question = Omit<Probe, "answer">;

/** Where package managers note what is installed; changes whenever any package does. */
const installRecords = [".package-lock.json", ".modules.yaml", ".yarn-state.yml", ".yarn-integrity"];

/** What is known of a program once it has been read. Paths are absolute. */
export interface ProgramFiles {
  /** All files of the program. */
  readonly inputs: readonly string[];
  /** Those of them that are generated. */
  readonly outputs: readonly string[];
  /** Where it was looked for. */
  readonly sought: SoughtPlaces;
}

/** Lists what to ask, without repeats. `tsconfig` is the configuration with all that it extends, `root` its folder. */
export function listQuestions(
  root: string,
  tsconfig: readonly TsconfigFile[],
  { inputs, outputs, sought }: ProgramFiles,
): Question[] {
  const generated = new Set(outputs.map((path) => resolve(path)));
  const files = inputs.map((path) => resolve(path)).filter((path) => !generated.has(path));
  const trees = listTrees(root, tsconfig);
  const own = unique([root, ...files.filter((path) => !isPackaged(path)).map((path) => dirname(path))]);
  const ancestors = unique(own.flatMap(withAncestors));
  const lacking = Array.from(sought.lacking, (path) => resolve(path));
  return [
    ...ask("file", unique([...files, ...tsconfig.map((file) => file.path)])),
    // The nearest manifest says whether a module is ESM and what a package exports.
    ...ask("file", unique([...ancestors, ...packageFolders(files)].map((folder) => join(folder, "package.json")))),
    ...ask("tree", trees),
    // A folder outside of all globs still decides imports: `./a.ts` beside `./a.d.ts` takes its place.
    ...ask(
      "folder",
      unique([...own, ...lacking]).filter((folder) => holderOf(folder) === undefined && !isListed(folder, trees)),
    ),
    ...ask(
      "packages",
      unique([
        ...ancestors.map((folder) => join(folder, "node_modules")),
        ...lacking.map(holderOf).filter((folder) => folder !== undefined),
      ]),
    ),
    // The same names with the same texts may be another package, in which imports mean something else.
    ...ask("link", unique(Array.from(sought.followed, packageOf).filter((folder) => folder !== undefined))),
    ...ask(
      "file",
      ancestors.flatMap((folder) => installRecords.map((name) => join(folder, "node_modules", name))),
    ),
  ];
}

/** The folders whose names, at any depth, globs could pick up. */
export function listTrees(root: string, tsconfig: readonly TsconfigFile[]): string[] {
  return unique([root, ...tsconfig.flatMap((file) => namedFolders(file, root)).filter((folder) => !isListed(folder, [root]))]);
}

function ask(kind: ProbeKind, paths: readonly string[]): Question[] {
  return paths.map((path) => ({ kind, path }));
}

/**
 * The folders that strings of a configuration name, up to their first wildcard, whether they are there yet or not: globs, roots, path aliases. What
 * is left out of the program is not asked about.
 */
function namedFolders({ path, value }: TsconfigFile, root: string): string[] {
  return stringsIn(typeof value === "object" ? { ...value, exclude: undefined } : undefined)
    .map((text) => resolve(dirname(path), fixedPart(slashed(text).replace("${configDir}", () => root))))
    .filter((folder) => !isPackaged(folder) && folder !== parse(folder).root && folder !== dirname(path));
}

/** `../shared` of `../shared/*.ts` and of `../shared/order-*.ts`. */
function fixedPart(text: string): string {
  const wildcard = text.search(/[*?]/);
  return wildcard === -1 ? text : text.slice(0, text.slice(0, wildcard).search(/[^/]*$/));
}

function stringsIn(value: unknown): string[] {
  if (typeof value === "string") return /[\\/.*]/.test(value) ? [value] : [];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(stringsIn) : [];
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

/** Whether what is in a folder is among the answers for one of `trees`, which leave out packages and hidden folders below. */
function isListed(folder: string, trees: readonly string[]): boolean {
  return trees.some((tree) => isWithin(folder, tree) && !/(^|[\\/])(\.|node_modules([\\/]|$))/.test(relative(tree, folder)));
}

/** The `node_modules` that a folder is, or is in while its package is not there: all that it lacks is a package. */
function holderOf(folder: string): string | undefined {
  const [place, holder] = packagePattern.exec(folder) ?? [];
  return place !== undefined && (place === holder || !existsSync(place)) ? holder : undefined;
}

/** The folder of the package that a file is found in. */
function packageOf(file: string): string | undefined {
  return packagePattern.exec(resolve(file))?.[0];
}

/** The folder of a package, or of a scope, or the `node_modules` itself. */
const packagePattern = /^(.*[\\/]node_modules)(?![^\\/])(?:[\\/]@[^\\/]+)?(?:[\\/][^\\/@][^\\/]*)?/;

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

function unique(paths: readonly string[]): string[] {
  return [...new Set(paths)];
}
