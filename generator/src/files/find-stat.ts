/** What is at a path, where that can be told. Reading it is left to others. */

import { type Stats, statSync } from "node:fs";

/** Undefined where nothing is found; for the system that is an error where a file stands in the place of a folder, or a folder is closed. */
export function findStat(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
