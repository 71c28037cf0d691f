/** The order in which diagnostics are shown: by file, place and code, whatever order they were found in. */

import type { Diagnostic } from "./diagnostic.js";

/** Sorts by file, place, code and message, those without a place first, and drops repeats: two workflows may share the task that is wrong. */
export function sortDiagnostics(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const sorted = [...diagnostics].sort(compare);
  return sorted.filter((diagnostic, index) => index === 0 || compare(diagnostic, sorted[index - 1] ?? diagnostic) !== 0);
}

function compare(a: Diagnostic, b: Diagnostic): number {
  return (
    compareText(a.span?.file ?? "", b.span?.file ?? "") ||
    (a.span?.start ?? 0) - (b.span?.start ?? 0) ||
    (a.span?.end ?? 0) - (b.span?.end ?? 0) ||
    compareText(a.code, b.code) ||
    compareText(a.message, b.message)
  );
}

/** By code units: a locale would make the order depend on the machine. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
