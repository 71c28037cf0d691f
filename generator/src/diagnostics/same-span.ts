/** Tells whether two spans cover the same text. */

import type { Span } from "./diagnostic.js";

/** Whether both are there, and cover the same text of the same file. */
export function isSameSpan(a: Span | undefined, b: Span | undefined): boolean {
  return a !== undefined && a.file === b?.file && a.start === b.start && a.end === b.end;
}
