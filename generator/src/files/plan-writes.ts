/** Compares what was generated with what is on disk and says what would have to be done. Doing it is `write-files.ts`. */

import { readFileSync, realpathSync } from "node:fs";
import { normalizeLineEnds } from "../text/line-ends.js";
import { isGenerated } from "./generated-header.js";
import type { OutputFile } from "./output-file.js";

/** What one output file needs. */
export type PlannedWrite =
  /** There already, line ends aside: a checkout may have turned them into the platform's. */
  | { readonly kind: "unchanged"; readonly path: string }
  | { readonly kind: "create"; readonly path: string; readonly text: string }
  /** `target` is where the bytes are, should the path be a link. */
  | { readonly kind: "update"; readonly path: string; readonly target: string; readonly text: string; readonly previous: string }
  /** Something is there that was not generated. */
  | { readonly kind: "foreign"; readonly path: string; readonly what: "a file" | "a folder" };

/** Plans the writes of `files`, in their order. Touches nothing. */
export function planWrites(files: readonly OutputFile[]): PlannedWrite[] {
  return files.map(planWrite);
}

function planWrite({ path, text }: OutputFile): PlannedWrite {
  const found = findOnDisk(path);
  switch (found.kind) {
    case "folder":
      return { kind: "foreign", path, what: "a folder" };
    case "nothing":
      return { kind: "create", path, text };
    case "file":
      if (!isGenerated(found.text)) return { kind: "foreign", path, what: "a file" };
      if (normalizeLineEnds(found.text) === text) return { kind: "unchanged", path };
      return { kind: "update", path, target: realpathSync(path), text, previous: found.text };
  }
}

function findOnDisk(path: string): { kind: "nothing" } | { kind: "folder" } | { kind: "file"; text: string } {
  try {
    return { kind: "file", text: readFileSync(path, "utf8") };
  } catch (error) {
    // Whatever else cannot be read is met again, and reported, when it is written.
    return error instanceof Error && "code" in error && error.code === "EISDIR" ? { kind: "folder" } : { kind: "nothing" };
  }
}
