/** Runs the model and check stages on readings, for tests. */

import type { Diagnostic } from "../../diagnostics/diagnostic.js";
import { buildDraft } from "../../model/build-draft.js";
import type { Machine } from "../../model/machine.js";
import type { Reading } from "../../read/reading.js";
import { checkMachines } from "../check-machines.js";
import { type MachineSpec, reading } from "./reading-builder.js";

/** What came of some readings. */
export interface Outcome {
  readonly machines: readonly Machine[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Checks readings. */
export function outcomeOf(...readings: readonly Reading[]): Outcome {
  const diagnostics: Diagnostic[] = [];
  const machines = checkMachines(readings.map(buildDraft), (diagnostic) => void diagnostics.push(diagnostic));
  return { machines, diagnostics };
}

/** The codes that a machine is given, each with what its main span covers. */
export function problemsOf(spec: MachineSpec): readonly string[] {
  return outcomeOf(reading(spec)).diagnostics.map(({ code, span }) => `${code} ${span?.file}`);
}
