/** A disk on which some files have other texts than they really have, or are there although they are not. */

import { dirname, normalize } from "node:path";
import type { ts } from "../../typescript/index.cjs";

/** Texts of files by their absolute paths. */
export type Texts = ReadonlyMap<string, string>;

/** `disk` with `texts` on it. */
export function withTexts(disk: ts.System, texts: Texts): ts.System {
  const folders = new Set(Array.from(texts.keys(), (path) => dirname(path)));
  return {
    ...disk,
    fileExists: (path) => texts.has(normalize(path)) || disk.fileExists(path),
    readFile: (path, encoding) => texts.get(normalize(path)) ?? disk.readFile(path, encoding),
    directoryExists: (path) => folders.has(normalize(path)) || disk.directoryExists(path),
  };
}
