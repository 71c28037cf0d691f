/** Checks where files are to be written: one source for each path, and nobody else's work in the way. Writes nothing. */

import { foreignFile, sharedOutput } from "../diagnostics/catalogue/files.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { isLock } from "./find-lock.js";
import type { OutputFile } from "./output-file.js";
import type { PlannedWrite } from "./plan-writes.js";

/** Two sources must not share an output path; the second module would replace the first. `cached` are paths of sources that are unchanged. */
export function checkShared(
  generated: readonly OutputFile[],
  cached: readonly string[],
  show: (path: string) => string,
): Diagnostic[] {
  const sources = new Map(cached.map((path) => [path, "an unchanged source"]));
  return generated.flatMap(({ path, source }) => {
    const first = sources.get(path);
    const second = `\`${show(source)}\``;
    sources.set(path, first ?? second);
    return first === undefined ? [] : [sharedOutput(undefined, { path: show(path), first, second })];
  });
}

/** What was not generated is never overwritten. */
export function checkForeign(plan: readonly PlannedWrite[], show: (path: string) => string): Diagnostic[] {
  return plan.flatMap((entry) =>
    entry.kind === "foreign"
      ? [foreignFile(undefined, { path: show(entry.path), what: entry.what, isLock: isLock(entry.path) })]
      : [],
  );
}
