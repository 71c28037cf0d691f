/** Compares what was generated with what is on disk and says what would have to be done. Doing it is `write-files.ts`. */

import { readFileSync, readlinkSync, realpathSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { normalizeLineEnds } from "../text/line-ends.js";
import { isGenerated } from "./generated-header.js";
import type { OutputFile } from "./output-file.js";

/** What one output file needs. */
export type PlannedWrite =
  /** There already, line ends aside: a checkout may have turned them into the platform's. */
  | { readonly kind: "unchanged"; readonly path: string }
  /** `target` is where the bytes are, or go to, should the path be a link. */
  | { readonly kind: "create"; readonly path: string; readonly target: string; readonly text: string }
  | { readonly kind: "update"; readonly path: string; readonly target: string; readonly text: string; readonly previous: string }
  /** Something is there that was not generated, or cannot be known to be. */
  | { readonly kind: "foreign"; readonly path: string; readonly what: "a file" | "a folder" | "unreadable" };

/** Plans the writes of `files`, in their order. Touches nothing. */
export function planWrites(files: readonly OutputFile[]): PlannedWrite[] {
  return files.map(planWrite);
}

function planWrite({ path, text }: OutputFile): PlannedWrite {
  const found = findOnDisk(path);
  switch (found.kind) {
    case "folder":
      return { kind: "foreign", path, what: "a folder" };
    case "unreadable":
      return { kind: "foreign", path, what: "unreadable" };
    case "nothing":
      return { kind: "create", path, target: followLinks(path), text };
    case "file":
      if (!isGenerated(found.text)) return { kind: "foreign", path, what: "a file" };
      if (normalizeLineEnds(found.text) === text) return { kind: "unchanged", path };
      return { kind: "update", path, target: realpathSync(path), text, previous: found.text };
  }
}

type Found = { kind: "nothing" | "folder" | "unreadable" } | { kind: "file"; text: string };

function findOnDisk(path: string): Found {
  try {
    const stat = statSync(path);
    // Reading a pipe waits for who writes into it, and some devices have no end.
    if (!stat.isFile() && !stat.isDirectory()) return { kind: "unreadable" };
    return { kind: "file", text: readFileSync(path, "utf8") };
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    // Something else in the place of a folder is met again, and reported, when it is written.
    if (code === "ENOENT" || code === "ENOTDIR") return { kind: "nothing" };
    return { kind: code === "EISDIR" ? "folder" : "unreadable" };
  }
}

/** Where a link leads to that ends where nothing is yet. */
function followLinks(path: string): string {
  const link = readLink(path);
  return link === undefined ? path : followLinks(resolve(realpathSync(dirname(path)), link));
}

function readLink(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    // No link, and nothing else either: that has just been asked.
    return undefined;
  }
}
