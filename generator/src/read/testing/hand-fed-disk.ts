/** The real disk, with nothing told of it until a test says so: then at once, all that has changed since the last time. */

import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { ts } from "ts-morph";

/** A disk for tests, and the word to tell. */
export interface HandFedDisk {
  readonly system: ts.System;
  /** Tells whoever watches what has changed on disk. */
  readonly deliver: () => void;
  /** How many watchers there are. */
  readonly watchers: () => number;
}

/** Makes a disk that tells nothing by itself. */
export function handFedDisk(): HandFedDisk {
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
          () => listNames(path, recursive),
          (before, now) => {
            const names = [...now.keys(), ...before.keys()];
            for (const name of new Set(names)) if (before.get(name) !== now.get(name)) callback(join(path, name));
          },
        ),
    },
    deliver: () => {
      for (const check of watchers) check();
    },
    watchers: () => watchers.size,
  };
}

function kindOf(before: string | undefined, now: string | undefined): ts.FileWatcherEventKind {
  if (before === undefined) return ts.FileWatcherEventKind.Created;
  return now === undefined ? ts.FileWatcherEventKind.Deleted : ts.FileWatcherEventKind.Changed;
}

/** The text of a file: times are too coarse for tests that write fast. */
function findStamp(path: string): string | undefined {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ? readFileSync(path, "utf8") : undefined;
}

/** What a folder holds, with numbers that are others when a file has been put in the place of another. */
function listNames(folder: string, recursive: boolean): ReadonlyMap<string, number> {
  if (!existsSync(folder)) return new Map();
  return new Map(
    readdirSync(folder, { withFileTypes: true })
      .filter(({ name }) => name !== "node_modules")
      .flatMap((entry): (readonly [string, number])[] => {
        const path = join(folder, entry.name);
        const below = recursive && entry.isDirectory() ? [...listNames(path, true)] : [];
        return [
          [entry.name, statSync(path, { throwIfNoEntry: false })?.ino ?? 0],
          ...below.map(([name, stamp]) => [join(entry.name, name), stamp] as const),
        ];
      }),
  );
}
