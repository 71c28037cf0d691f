/** Finds where a member stands in the text of a JSON file. */

import { loadJsonc } from "../text/parse-jsonc.js";

/** The offsets of a member's name. */
export interface Place {
  readonly start: number;
  readonly end: number;
}

/** The place of the member to which the names of `path` lead, or of as much of them as there is; the first character for none. */
export function findPlace(text: string, path: readonly string[]): Place {
  const { findNodeAtLocation, parseTree } = loadJsonc();
  const root = parseTree(text);
  const names = path.map((_, at) => root && findNodeAtLocation(root, path.slice(0, at + 1))?.parent?.children?.[0]);
  const found = names.findLast((name) => name !== undefined);
  return found ? { start: found.offset, end: found.offset + found.length } : { start: 0, end: 1 };
}
