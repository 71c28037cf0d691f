/** The texts that spans point into, read from disk once and only when something is to be shown. */

import { readFileSync } from "node:fs";

/** Looks up source texts by absolute path; undefined where a file cannot be read. */
export interface SourceTexts {
  find(path: string): string | undefined;
}

/** Texts from the disk, each read at most once. */
export function diskTexts(): SourceTexts {
  const known = new Map<string, string | undefined>();
  return {
    find(path) {
      if (!known.has(path)) known.set(path, findText(path));
      return known.get(path);
    },
  };
}

/** The compiler does not count a byte order mark, so offsets only fit without it. */
function findText(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8").replace(/^\uFEFF/, "");
  } catch {
    return undefined;
  }
}
