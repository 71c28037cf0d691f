/** The few steps on disk that writing needs, gathered so that a test can make any one of them fail. What to do with them is `write-files.ts`. */

import { mkdirSync, renameSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { findStat } from "./find-stat.js";

/** Steps on disk; each throws the file system's own error. */
export interface Disk {
  /** Writes a file that does not exist yet. */
  create(path: string, text: string): void;
  /** Moves a file over another, in one step. */
  rename(from: string, to: string): void;
  /** Removes a file; one that is not there is fine. */
  remove(path: string): void;
  /** Makes a folder with those above it; returns the first one that was made. */
  makeFolder(path: string): string | undefined;
  /** Removes a folder if it is empty. */
  removeFolder(path: string): void;
}

/** The real disk. */
export const realDisk: Disk = {
  create: (path, text) => {
    writeFileSync(path, text, { flag: "wx" });
  },
  rename: renameSync,
  remove: (path) => {
    rmSync(path, { force: true });
  },
  makeFolder,
  removeFolder: rmdirSync,
};

/** Node can do this by itself, but tries for ever where no folder can be made in one that is there, as in `/proc`. */
function makeFolder(path: string): string | undefined {
  if (isFolder(path)) return undefined;
  const above = dirname(path) === path ? undefined : makeFolder(dirname(path));
  try {
    mkdirSync(path);
  } catch (error) {
    // Another process may have made it meanwhile.
    if (!isFolder(path)) throw error;
    return above;
  }
  return above ?? path;
}

function isFolder(path: string): boolean {
  return findStat(path)?.isDirectory() === true;
}
