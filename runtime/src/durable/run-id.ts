/** What may name a run. */

import { CanoError } from "../errors/cano-error.js";

// An index of PostgreSQL takes 2,704 bytes, and a character may take four.
const LONGEST = 512;

/** Throws `configuration` unless `id` is a text of 1 to 512 characters that every store can keep. */
export function requireRunId(id: unknown): asserts id is string {
  const why = whyNot(id);
  if (why !== undefined)
    throw new CanoError("configuration", `a run id must be a text of 1 to ${LONGEST} characters: ${why}`, { code: "CANO7027" });
}

function whyNot(id: unknown): string | undefined {
  if (typeof id !== "string") return `this is ${id === null ? "null" : `of type ${typeof id}`}`;
  if (id === "") return "this one is empty";
  if (id.length > LONGEST) return `this one has ${id.length}`;
  if (id.includes("\0")) return "this one has a NUL";
  // Half of a surrogate pair would be stored as something else.
  return /\p{Surrogate}/u.test(id) ? "this one has half a character" : undefined;
}
