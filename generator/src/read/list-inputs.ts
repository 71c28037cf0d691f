/** Names the files that a project's program consists of, for those who must know whether any of them has changed. */

import type { SourceProject } from "./open-project.js";

/** The absolute paths of all files that the compiler has read: sources, declarations of packages and JSON, its own library aside. */
export function listInputs({ program }: SourceProject): string[] {
  return program
    .getSourceFiles()
    .filter((file) => !program.isSourceFileDefaultLibrary(file))
    .map((file) => file.fileName);
}
