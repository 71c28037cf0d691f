/** The real disk for whoever knows when to look: it tells nothing by itself, and all that has changed since the last time when it is asked. */

import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { ts } from "../../typescript/index.cjs";

/** A disk that is asked. Nothing in the process is kept alive or woken by it. */
export interface AskedDisk {
  readonly system: ts.System;
  /** Tells whoever watches what has changed. */
  readonly ask: () => void;
  /** How many watchers there are. */
  readonly watchers: () => number;
}

/** Makes a disk that tells nothing until it is asked. */
export function askedDisk(): AskedDisk {
  const watchers = new Set<() => void>();
  const add = <Seen>(look: () => Seen, tell: (before: Seen, now: Seen) => void): ts.FileWatcher => {
    let seen = look();
    const check = (): void => {
      const before = seen;
      seen = look();
      tell(before, seen);
    };
    watchers.add(check);
    return { close: () => watchers.delete(check) };
  };
  return {
    system: {
      ...ts.sys,
      watchFile: (path, callback) =>
        add(
          () => findStamp(path),
          (before, now) => {
            if (before !== now) callback(path, kindOf(before, now));
          },
        ),
      watchDirectory: (path, callback, recursive = false) =>
        add(
          () => new Set(basename(path) === "node_modules" ? listPackages(path) : listNames(path, recursive)),
          (before, now) => {
            for (const name of [...now].filter((found) => !before.has(found))) callback(join(path, name));
            for (const name of [...before].filter((known) => !now.has(known))) callback(join(path, name));
          },
        ),
    },
    ask: () => {
      for (const check of watchers) check();
    },
    watchers: () => watchers.size,
  };
}

function kindOf(before: string | undefined, now: string | undefined): ts.FileWatcherEventKind {
  if (before === undefined) return ts.FileWatcherEventKind.Created;
  return now === undefined ? ts.FileWatcherEventKind.Deleted : ts.FileWatcherEventKind.Changed;
}

/** The text of a source: times are too coarse for who writes fast. Packages are not written that way, and are many. */
function findStamp(path: string): string | undefined {
  try {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (!stat?.isFile()) return undefined;
    return path.includes("/node_modules/") ? `${stat.mtimeMs} ${stat.size}` : readFileSync(path, "utf8");
  } catch {
    // A file is in the place of its folder, or it has gone meanwhile.
    return undefined;
  }
}

function listNames(folder: string, deep: boolean, below = ""): readonly string[] {
  return listFolder(folder).flatMap((entry) => {
    const name = join(below, entry.name);
    if (entry.name === "node_modules" || entry.name === ".git") return [];
    return deep && entry.isDirectory() ? [name, ...listNames(join(folder, entry.name), true, name)] : [name];
  });
}

/** What is in packages is not looked for: of those that are used each file is watched. */
function listPackages(folder: string): readonly string[] {
  return listFolder(folder).flatMap(({ name }) =>
    name.startsWith("@") ? [name, ...listFolder(join(folder, name)).map((scoped) => join(name, scoped.name))] : [name],
  );
}

function listFolder(folder: string): readonly { readonly name: string; isDirectory(): boolean }[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    // It is not there, or not to be looked into: then nothing in it is part of the program.
    return [];
  }
}
