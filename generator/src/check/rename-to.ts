/** Writes another name in the place of one. */

import type { Fix } from "../diagnostics/diagnostic.js";
import type { NameReading } from "../read/config-reading.js";

/** The fix that makes a name what is meant; what a shorthand names stays. */
export function renameTo(meant: string, { name, span, isShorthand }: NameReading, title: string): Fix {
  return { title, span, text: isShorthand === true ? `${meant}: ${name}` : meant };
}
