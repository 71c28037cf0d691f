/** How paths are shown. */

import { relative, sep } from "node:path";

/** The path as messages show it: relative to `cwd`, with forward slashes on every platform. */
export function displayPath(path: string, cwd: string): string {
  const shown = relative(cwd, path);
  return (shown === "" ? "." : shown).split(sep).join("/");
}
