/** Tells slips of the pen from other words, and guesses what was meant. */

/** Finds the candidate that `word` is most likely a slip of, whatever the case of its letters; undefined when none is near. */
export function findNearest(word: string, candidates: readonly string[]): string | undefined {
  const measured = candidates.map((candidate) => ({ candidate, slips: countSlips(word.toLowerCase(), candidate.toLowerCase()) }));
  const [best] = measured.sort((a, b) => a.slips - b.slips);
  return best && best.slips <= Math.max(1, Math.floor(best.candidate.length / 3)) ? best.candidate : undefined;
}

/** Whether the two differ by one letter missing, added, replaced or swapped with its neighbour, or by upper and lower case only. */
export function isOneSlip(found: string, meant: string): boolean {
  return found !== meant && (found.toLowerCase() === meant.toLowerCase() || countSlips(found, meant) === 1);
}

/** How many letters were left out, added, changed or swapped with their neighbour: the optimal string alignment distance. */
function countSlips(a: string, b: string): number {
  let older: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const same = a[row - 1] === b[column - 1];
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      current.push(
        Math.min(
          (last[column] ?? 0) + 1,
          (current[column - 1] ?? 0) + 1,
          (last[column - 1] ?? 0) + (same ? 0 : 1),
          swapped ? (older[column - 2] ?? 0) + 1 : Infinity,
        ),
      );
    }
    older = last;
    last = current;
  }
  return last[b.length] ?? 0;
}
