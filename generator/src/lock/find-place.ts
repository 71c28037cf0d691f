/** Finds where a member stands in the text of a JSON file. */

/** The offsets of a member's name. */
export interface Place {
  readonly start: number;
  readonly end: number;
}

const token = /"(?:[^"\\\n]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

/** The place of the member to which the names of `path` lead, or of as much of them as there is; the first character for none. */
export function findPlace(text: string, path: readonly string[]): Place {
  let best: Place = { start: 0, end: 1 };
  /** How many names of the path have been found, each inside the one before. */
  let found = 0;
  /** The depth of brackets; the names of an object at depth n are looked at when n - 1 have been found. */
  let depth = 0;
  let last: RegExpExecArray | undefined;
  for (const match of text.matchAll(token)) {
    const [word] = match;
    if (word === "{" || word === "[") depth += 1;
    if (word === "}" || word === "]") depth -= 1;
    // What was looked for inside of this is not there.
    if (depth < found) return best;
    if (word === ":" && last !== undefined && depth === found + 1 && last[0] === JSON.stringify(path[found])) {
      best = { start: last.index, end: last.index + last[0].length };
      found += 1;
      if (found === path.length) return best;
    }
    last = match;
  }
  return best;
}
