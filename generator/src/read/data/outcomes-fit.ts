/** Compares what a batch hands to `finish`, one outcome for each item, with what `finish` takes. */

import type { ts } from "../../../typescript/index.cjs";
import { type Compiler, typeText } from "../compiler.js";
import type { Fit } from "../data-reading.js";
import { findMadeMisfit } from "./find-made-misfit.js";
import { unionParts } from "./find-type-misfit.js";
import { describeMisfit, FITS } from "./fit-of.js";
import { listedType } from "./iterated-type.js";
import { isOpen } from "./type-kinds.js";

/** Whether outcomes with values of type `value` fit `taken`. */
export function outcomesFit(compiler: Compiler, value: ts.Type, taken: ts.Type): Fit {
  const { checker } = compiler;
  const slot = listedType(compiler, taken);
  if (slot && isOpen(slot)) return FITS;
  const outcome = `ItemOutcome<${typeText(compiler, value)}>`;
  if (slot === undefined) return { kind: "misfit", path: "", sent: `readonly ${outcome}[]`, taken: typeText(compiler, taken) };
  const success = new Map([
    ["ok", [checker.getTrueType()]],
    ["value", [value]],
  ]);
  const failure = new Map([
    ["ok", [checker.getFalseType()]],
    // Anything can be thrown.
    ["error", [checker.getUnknownType()]],
  ]);
  for (const form of [success, failure]) {
    const misfits = unionParts(slot).map((part) => findMadeMisfit(compiler, form, part, "[]", outcome));
    if (misfits.includes(undefined)) continue;
    // The one that was meant takes the same `ok`, and is told where it goes wrong further in.
    const meant = misfits.find((misfit) => misfit?.missing !== true && /^\[\]\.(value|error)/.test(misfit?.path ?? ""));
    return meant
      ? describeMisfit(compiler, meant)
      : { kind: "misfit", path: "[]", sent: outcome, taken: typeText(compiler, slot) };
  }
  return FITS;
}
