/** Whatever was thrown, in words: code may throw anything. */

/** A text for anything that can be thrown. */
export function textOf(error: unknown): string {
  try {
    return String(error instanceof Error ? error.message : error);
  } catch {
    // A value may refuse to be printed; the failure must not hide behind that.
    return "(unprintable)";
  }
}

/** A name for anything that can be thrown. */
export function nameOf(thrown: unknown): string {
  try {
    // oxlint-disable-next-line typescript/no-unnecessary-type-conversion -- whatever its type says, it may be anything
    return thrown instanceof Error ? String(thrown.name) : typeof thrown;
  } catch {
    // A getter or a proxy throws here; the error is one all the same.
    return "Error";
  }
}
