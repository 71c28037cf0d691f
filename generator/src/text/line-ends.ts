/** Line ends: generated files have one kind, and a checkout may have turned them into the platform's. */

/** The text with the line ends that generated files have. */
export function normalizeLineEnds(text: string): string {
  return text.replaceAll("\r\n", "\n");
}
