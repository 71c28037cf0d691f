/** Names the files that a project's program consists of, for those who must know whether any of them has changed. */

import type { SourceProject } from "./open-project.js";
import { isOwnSource } from "./own-source.js";

/** The absolute paths of all files that the compiler has read: sources, declarations of packages and JSON, its own library aside. */
export function listInputs({ program }: SourceProject): string[] {
  return program
    .getSourceFiles()
    .filter((file) => !program.isSourceFileDefaultLibrary(file))
    .map((file) => file.fileName);
}

/** Those of them that are the user's own source. */
export function listOwnFiles(source: SourceProject): string[] {
  return listInputs(source).filter(isOwnSource);
}
