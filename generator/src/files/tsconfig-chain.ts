/** Follows a tsconfig through its `extends`, without the compiler: to refuse a bad one early, and to know which files decide the options. */

import { readFileSync } from "node:fs";
import { dirname, isAbsolute, join, resolve } from "node:path";
import { badTsconfig } from "../diagnostics/catalogue/files.js";
import type { Report } from "../diagnostics/diagnostic.js";
import { parseJsonc } from "../text/parse-jsonc.js";
import { findStat } from "./find-stat.js";

/** One configuration file of a chain. */
export interface TsconfigFile {
  readonly path: string;
  readonly value: unknown;
}

/** A configuration and all that it extends, the nearest first. */
export interface TsconfigChain {
  readonly files: readonly TsconfigFile[];
  /** Whether all of it was found; a package may hide its configuration behind `exports`, which is left to the compiler. */
  readonly complete: boolean;
}

/**
 * Reads the configuration at `path` and all that it extends. Reports what is missing or broken and returns undefined then. `look` is told each
 * file that this depends on, whether it is there or not.
 */
export function readTsconfigChain(
  path: string,
  show: (path: string) => string,
  report: Report,
  look: (path: string) => void = () => undefined,
): TsconfigChain | undefined {
  const chain = { files: [], complete: true };
  return readInto(chain, path, [], { show, report, look }) ? chain : undefined;
}

/** The paths of a configuration and of all that it extends, the nearest first. */
export function pathsOf({ files }: TsconfigChain): readonly string[] {
  return files.map(({ path }) => path);
}

/**
 * The configurations that one which lists no file of its own stands for, by their paths in its `references`; none for any other. Tools lay projects out like
 * this: a `tsconfig.json` that names the one of the application and the one of its build.
 */
export function solutionOf({ files: [own] }: TsconfigChain): readonly string[] {
  if (own === undefined || typeof own.value !== "object" || own.value === null) return [];
  const { files, include, references } = own.value as {
    readonly files?: unknown;
    readonly include?: unknown;
    readonly references?: unknown;
  };
  // Some tools write both lists down, empty. Without either, all files of the folder are its own.
  const lists = [files, include].filter((list) => list !== undefined);
  if (lists.length === 0 || !lists.every(isEmptyList) || !Array.isArray(references)) return [];
  const paths = references.map((reference: unknown) =>
    typeof reference === "object" && reference !== null && "path" in reference ? reference.path : undefined,
  );
  return paths.filter((path) => typeof path === "string").map((path) => withFileName(resolve(dirname(own.path), slashed(path))));
}

/** A path that a configuration names: to the compiler a backslash is a slash, on every system. */
export function slashed(path: string): string {
  return path.replaceAll("\\", "/");
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

/** As for the compiler, a folder stands for the `tsconfig.json` in it. */
export function withFileName(path: string): string {
  return findStat(path)?.isDirectory() === true ? join(path, "tsconfig.json") : path;
}

interface Asker {
  readonly show: (path: string) => string;
  readonly report: Report;
  readonly look: (path: string) => void;
}

type Growing = { readonly files: TsconfigFile[]; complete: boolean };

function readInto(chain: Growing, path: string, above: readonly string[], asker: Asker): boolean {
  const { show, report, look } = asker;
  const refuse = (problem: string, offset?: number): false => {
    const span = offset === undefined ? undefined : { file: path, start: offset, end: offset + 1 };
    report(badTsconfig(span, { path: show(path), problem }));
    return false;
  };
  if (above.includes(path)) return refuse("extends itself");
  look(path);
  const text = readText(path);
  if (text.kind === "unreadable") return refuse(text.problem);
  const parsed = parseJsonc(text.text);
  if (parsed.kind === "invalid") return refuse(parsed.problem, parsed.offset);
  if (typeof parsed.value !== "object" || parsed.value === null || Array.isArray(parsed.value))
    return refuse("does not hold an object", 0);
  // The compiler does not survive it.
  if ("references" in parsed.value && Array.isArray(parsed.value.references) && parsed.value.references.includes(null))
    return refuse("has `null` among its `references`");
  if (chain.files.every((file) => file.path !== path)) chain.files.push({ path, value: parsed.value });
  for (const base of basesOf(parsed.value)) {
    const found = findBase(base, dirname(path), look);
    if (found === undefined && isPath(base)) return refuse(`extends \`${base}\`, which does not exist`);
    if (found === undefined) chain.complete = false;
    else if (!readInto(chain, found, [...above, path], asker)) return false;
  }
  return true;
}

function readText(path: string): { kind: "text"; text: string } | { kind: "unreadable"; problem: string } {
  try {
    return { kind: "text", text: readFileSync(path, "utf8") };
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ENOENT" || code === "ENOTDIR") return { kind: "unreadable", problem: "does not exist" };
    return { kind: "unreadable", problem: code === "EISDIR" ? "is a folder" : `cannot be read (${String(code)})` };
  }
}

function basesOf(value: object): readonly string[] {
  const bases: unknown = "extends" in value ? value.extends : [];
  return (Array.isArray(bases) ? bases : [bases]).filter((base) => typeof base === "string").map(slashed);
}

/** Finds what `extends` means: a path, with or without `.json`, or a package's configuration in a `node_modules` above. */
function findBase(base: string, folder: string, look: Asker["look"]): string | undefined {
  if (isPath(base)) {
    const candidates = [resolve(folder, base), resolve(folder, `${base}.json`)];
    candidates.forEach(look);
    return findFile(candidates);
  }
  for (let at = folder; ; at = dirname(at)) {
    const target = join(at, "node_modules", base);
    const found = findFile([target, `${target}.json`, ...ownTsconfig(target, look), join(target, "tsconfig.json")]);
    if (found !== undefined || at === dirname(at)) return found;
  }
}

function isPath(base: string): boolean {
  return isAbsolute(base) || /^\.\.?(\/|$)/.test(base);
}

/** A package may say in its `package.json` where its configuration is. */
function ownTsconfig(target: string, look: Asker["look"]): string[] {
  const path = join(target, "package.json");
  const manifest = readText(path);
  if (manifest.kind === "unreadable") return [];
  look(path);
  const parsed = parseJsonc(manifest.text);
  if (parsed.kind !== "value" || typeof parsed.value !== "object" || parsed.value === null) return [];
  return "tsconfig" in parsed.value && typeof parsed.value.tsconfig === "string" ? [join(target, parsed.value.tsconfig)] : [];
}

function findFile(candidates: readonly string[]): string | undefined {
  return candidates.find((candidate) => findStat(candidate)?.isFile());
}
