/** A disk on which some files have other texts than they really have, or are there although they are not. */

import { dirname, normalize } from "node:path";

/** Texts of files by their absolute paths. */
export type Texts = ReadonlyMap<string, string>;

/** What the compiler asks a disk, or a host, about files. */
interface Disk {
  fileExists(path: string): boolean;
  readFile(path: string, encoding?: string): string | undefined;
  directoryExists?(path: string): boolean;
}

/** `disk` with `texts` on it. */
export function withTexts<D extends Disk>(disk: D, texts: Texts): D {
  const folders = new Set(Array.from(texts.keys(), (path) => dirname(path)));
  return {
    ...disk,
    fileExists: (path: string) => texts.has(normalize(path)) || disk.fileExists(path),
    readFile: (path: string, encoding?: string) => texts.get(normalize(path)) ?? disk.readFile(path, encoding),
    // Who cannot tell looks for the file.
    directoryExists: (path: string) => folders.has(normalize(path)) || (disk.directoryExists?.(path) ?? true),
  };
}
