/** Finds a member that an object in a JSON file has twice, of which parsers keep the last: what is left where both sides of a merge were kept. */

import { loadJsonc } from "../text/parse-jsonc.js";
import type { Place } from "./find-place.js";

/** See the file's first line. The place is that of the second; undefined where there is none. */
export function findRepeated(text: string): { readonly name: string; readonly place: Place } | undefined {
  const around: Set<string>[] = [];
  let found: ReturnType<typeof findRepeated>;
  loadJsonc().visit(text, {
    onObjectBegin: () => void around.push(new Set()),
    onObjectEnd: () => void around.pop(),
    onObjectProperty(name, start, length) {
      const known = around.at(-1);
      if (known?.has(name) === true) found ??= { name, place: { start, end: start + length } };
      known?.add(name);
    },
  });
  return found;
}
