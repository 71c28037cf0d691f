/** Compares what a batch hands to `finish`, one outcome for each item, with what `finish` takes. */

import { ts } from "../../../typescript/index.cjs";
import { type Compiler, propertyType, typeText } from "../compiler.js";
import type { Fit } from "../data-reading.js";
import { findTypeMisfit, indexedType, unionParts } from "./find-type-misfit.js";
import { describeMisfit, FITS } from "./fit-of.js";

/** Whether outcomes with values of type `value` fit `taken`. */
export function outcomesFit(compiler: Compiler, value: ts.Type, taken: ts.Type): Fit {
  const slot = indexedType(compiler, compiler.checker.getNonNullableType(taken));
  if ([taken, slot].some((type) => type && type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown))) return FITS;
  const outcome = `ItemOutcome<${typeText(compiler, value)}>`;
  if (slot === undefined) return { kind: "misfit", path: "", sent: `readonly ${outcome}[]`, taken: typeText(compiler, taken) };
  const parts = unionParts(slot);
  const values = parts.flatMap((part) => propertyType(compiler, part, "value") ?? []);
  const errors = parts.flatMap((part) => propertyType(compiler, part, "error") ?? []);
  const [error] = errors;
  if (values.length === 0 || error === undefined)
    return { kind: "misfit", path: "[]", sent: outcome, taken: typeText(compiler, slot) };
  const misfits = values.map((type) => findTypeMisfit(compiler, value, type, "[].value"));
  const [first] = misfits;
  if (first !== undefined && !misfits.includes(undefined)) return describeMisfit(compiler, first);
  // Anything can be thrown.
  if (errors.some((type) => type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown))) return FITS;
  return { kind: "misfit", path: "[].error", sent: "unknown", taken: typeText(compiler, error) };
}
