import { expect, test } from "vitest";
import type { Diagnostic } from "./diagnostic.js";
import { sortDiagnostics } from "./sort.js";

function at(file: string | undefined, start: number, code = "CANO2001", message = "m"): Diagnostic {
  const span = file === undefined ? undefined : { file, start, end: start + 1 };
  return { code, severity: "error", message, span, notes: [], help: "h" };
}

test("by file, place, code and message, those without a place first, repeats once", () => {
  const sorted = [
    at(undefined, 0),
    at("/B.ts", 1),
    at("/a.ts", 2),
    at("/a.ts", 10),
    at("/a.ts", 10, "CANO2002"),
    at("/a.ts", 10, "CANO2002", "n"),
  ];
  expect(sortDiagnostics(sorted.toReversed().concat(sorted))).toEqual(sorted);
});
