/** What the read stage finds of a number. */

import type { Span } from "../diagnostics/diagnostic.js";

/** A number in an option: its value where the compiler knows it as a literal. */
export interface NumberReading {
  readonly value: number | undefined;
  readonly span: Span;
}
