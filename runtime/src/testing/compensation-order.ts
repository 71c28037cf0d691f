/** Says whether what was undone was undone in the right order. */

/**
 * Throws unless `actual`, the names in the order in which they were compensated, is exactly `expected`. A saga undoes last what it did
 * first, so `expected` is the path backwards.
 */
export function assertCompensationOrder(actual: readonly string[], expected: readonly string[]): void {
  if (actual.length === expected.length && actual.every((name, at) => name === expected[at])) return;
  const shown = (names: readonly string[]): string => (names.length === 0 ? "nothing" : names.join(", "));
  throw new Error(`compensation order mismatch: expected ${shown(expected)}, but it was ${shown(actual)}`);
}
