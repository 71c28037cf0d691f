/** Finds that a project is not compiled with `strictNullChecks`: its types then do not say where `null` and `undefined` may be. */

import { looseNulls } from "../diagnostics/catalogue/files.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { sortDiagnostics } from "../diagnostics/sort.js";
import type { SourceProject } from "./open-project.js";
import type { Reading } from "./reading.js";

/** A warning at the first workflow of all: where the setting stands, in whichever configuration that this one extends, the program does not say. */
export function findLooseNulls({ program }: SourceProject, readings: readonly Reading[]): Diagnostic[] {
  const checker = program.getTypeChecker();
  // What the default is depends on the compiler's version.
  if (!checker.isTypeAssignableTo(checker.getUndefinedType(), checker.getNumberType())) return [];
  return sortDiagnostics(readings.map(({ span }) => looseNulls(span, {}))).slice(0, 1);
}
