/** Turns an exception that nobody expected into a diagnostic, so that no stack trace reaches a user. */

import { internalError } from "./catalogue/internal.js";
import type { Diagnostic } from "./diagnostic.js";

/** What the generator was doing. */
export interface Doing {
  readonly stage: string;
  /** The file in hand, as an absolute path; undefined when it was all of them. */
  readonly file: string | undefined;
}

/** Builds CANO9001 from a thrown value; with `debug` the stack is a note. */
export function buildInternalError(thrown: unknown, doing: Doing, debug: boolean): Diagnostic {
  const span = doing.file === undefined ? undefined : { file: doing.file, start: 0, end: 0 };
  const stack = debug && thrown instanceof Error && thrown.stack !== undefined ? [{ message: thrown.stack }] : [];
  return internalError(span, { stage: doing.stage, error: describeThrown(thrown) }, { notes: stack });
}

/** What a thrown value says of itself; it may be anything, and even asking may throw. */
export function describeThrown(thrown: unknown): string {
  try {
    return thrown instanceof Error ? thrown.message : String(thrown);
  } catch {
    return "a value that cannot be shown";
  }
}
