/** A disk that is watched: whatever the compiler wants to be told of is also told to one listener. What to do about it is left to that one. */

import { dirname } from "node:path";
import { ts } from "../../typescript/index.cjs";
import { compilerSystem } from "./compiler-system.js";

/** Milliseconds between two looks at a file for which the system has no events: one that is not there. */
const interval = 250;

const eventOf = {
  created: ts.FileWatcherEventKind.Created,
  updated: ts.FileWatcherEventKind.Changed,
  gone: ts.FileWatcherEventKind.Deleted,
} as const;

/** A disk whose changes are told. Paths are absolute. */
export interface WatchedDisk {
  /** The same disk for the compiler. */
  readonly system: ts.System;
  /** Watches a file, which need not exist, until the function that is returned is called. */
  readonly watch: (path: string) => () => void;
  /** Tells the compiler at once what the disk would tell it in a moment: a file has been created, is another now, or is gone. */
  readonly tell: (path: string, kind: keyof typeof eventOf) => void;
  /** What has been told of since this was last asked, files and folders. */
  readonly take: () => readonly string[];
}

/** Watches `disk`, the real one by default; `ring` is called at each change, after the compiler has been told. */
export function watchDisk(ring: () => void, disk: ts.System = ts.sys): WatchedDisk {
  const told = new Set<string>();
  const files = new Listeners<ts.FileWatcherCallback>();
  const folders = new Listeners<{ readonly recursive: boolean; readonly callback: ts.DirectoryWatcherCallback }>();
  const note = (path: string): void => {
    told.add(path);
    ring();
  };
  const tellFolders = (path: string): void => {
    for (const { callback } of folders.of(dirname(path))) callback(path);
    for (const folder of above(dirname(path)))
      for (const { recursive, callback } of folders.of(folder)) if (recursive) callback(path);
  };
  const tellGone = (folder: string): void => {
    for (const path of files.below(folder)) {
      if (disk.fileExists(path)) continue;
      for (const callback of files.of(path)) callback(path, ts.FileWatcherEventKind.Deleted);
      tellFolders(path);
    }
  };
  const watchFile: NonNullable<ts.System["watchFile"]> = (path, callback, ...rest) => {
    const listener: ts.FileWatcherCallback = (name, event, ...facts) => {
      callback(name, event, ...facts);
      // The folder will tell the same in a moment. Until then the file would be listed, and not be there.
      if (event !== ts.FileWatcherEventKind.Changed) tellFolders(path);
      note(path);
    };
    return both(files.add(path, callback), disk.watchFile?.(path, listener, ...rest));
  };
  const watchDirectory: NonNullable<ts.System["watchDirectory"]> = (path, callback, recursive = false, options) => {
    const listener: ts.DirectoryWatcherCallback = (name) => {
      callback(name);
      // A folder that is moved takes its files along, and nothing tells of each.
      if (!disk.directoryExists(path)) tellGone(path);
      note(name);
    };
    // Without this, folders in folders are looked at a second later.
    const settings = { ...options, synchronousWatchDirectory: true };
    return both(folders.add(path, { recursive, callback }), disk.watchDirectory?.(path, listener, recursive, settings));
  };
  return {
    system: { ...compilerSystem(disk), watchFile, watchDirectory },
    watch: (path) => {
      const watcher = watchFile(path, () => undefined, interval);
      return () => {
        watcher.close();
      };
    },
    tell: (path, kind) => {
      for (const callback of files.of(path)) callback(path, eventOf[kind]);
      tellFolders(path);
    },
    take: () => {
      const paths = [...told];
      told.clear();
      return paths;
    },
  };
}

/** Who listens to what. */
class Listeners<Listener> {
  private readonly known = new Map<string, Set<Listener>>();

  /** Adds a listener; the function that is returned removes it. */
  add(path: string, listener: Listener): () => void {
    const listeners = this.known.get(path) ?? new Set();
    this.known.set(path, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  of(path: string): readonly Listener[] {
    return [...(this.known.get(path) ?? [])];
  }

  /** The paths in a folder, and in its folders, that somebody listens to. */
  below(folder: string): readonly string[] {
    return [...this.known].flatMap(([path, { size }]) => (size > 0 && path.startsWith(`${folder}/`) ? [path] : []));
  }
}

function both(remove: () => void, watcher: ts.FileWatcher | undefined): ts.FileWatcher {
  return {
    close: () => {
      remove();
      watcher?.close();
    },
  };
}

function above(folder: string): string[] {
  const next = dirname(folder);
  return next === folder ? [] : [next, ...above(next)];
}
