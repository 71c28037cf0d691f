/** Questions to the disk whose answers decide whether a result still holds, each answered by a short text. What to ask is `probes-of.ts`. */

import { type Dirent, readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { join } from "node:path";
import { hashText } from "../text/hash-text.js";

/** What to ask about a path. */
export type ProbeKind =
  /** A file's bytes. */
  | "file"
  /** The names of the modules in a folder. */
  | "folder"
  /** The names of the modules in a folder and those below it, packages and hidden folders aside. */
  | "tree"
  /** The names of the packages in a `node_modules`. */
  | "packages"
  /** Where a path leads, links followed. */
  | "link";

/** A question and the answer it had. */
export interface Probe {
  readonly kind: ProbeKind;
  readonly path: string;
  readonly answer: string;
}

/** The answer for what is not there. */
export const ABSENT = "absent";

/** What may become part of a program, or decide how an import is resolved. */
const moduleName = /\.(?:[cm]?[jt]s|[jt]sx|json)$/;

/** Asks `kind` of `path`. What is not there has an answer, too, so that its appearance is noticed. */
export function askProbe(kind: ProbeKind, path: string): string {
  try {
    if (kind === "file") return hashText(readFileSync(path));
    if (kind === "link") return hashText(realpathSync(path));
    if (kind === "packages") return hashText(listPackages(path).join("\n"));
    return hashText(listModules(path, kind === "tree").join("\n"));
  } catch {
    return ABSENT;
  }
}

/** `links` are the real paths of the linked folders on the way, so that a link to a folder above it ends. */
function listModules(folder: string, deep: boolean, below = "", links: readonly string[] = []): string[] {
  return listFolder(folder).flatMap((entry) => {
    const name = below + entry.name;
    if (moduleName.test(entry.name)) return [name];
    if (!deep || entry.name === "node_modules" || entry.name.startsWith(".")) return [];
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return [`${name}/`, ...listModules(path, deep, `${name}/`, links)];
    const target =
      entry.isSymbolicLink() && statSync(path, { throwIfNoEntry: false })?.isDirectory() ? realpathSync(path) : undefined;
    if (target === undefined || links.includes(target) || folder.startsWith(target)) return [];
    return [`${name}/`, ...listModules(path, deep, `${name}/`, [...links, target])];
  });
}

function listPackages(folder: string): string[] {
  return listFolder(folder)
    .filter((entry) => !entry.name.startsWith("."))
    .flatMap((entry) =>
      entry.name.startsWith("@") && entry.isDirectory()
        ? listFolder(join(folder, entry.name)).map((scoped) => `${entry.name}/${scoped.name}`)
        : [entry.name],
    );
}

/** In an order that does not depend on the file system. */
function listFolder(folder: string): Dirent[] {
  return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
}
