/** Compares what a batch hands to `finish`, one outcome for each item, with what `finish` takes. */

import { ts } from "../../../typescript/index.cjs";
import { type Compiler, typeText } from "../compiler.js";
import type { Fit } from "../data-reading.js";
import { findTypeMisfit, indexedType, type Misfit, propertiesOf, unionParts } from "./find-type-misfit.js";
import { describeMisfit, FITS } from "./fit-of.js";

/** The members of one of the two forms of `ItemOutcome`. */
type Outcome = ReadonlyMap<string, ts.Type>;

/** Whether outcomes with values of type `value` fit `taken`. */
export function outcomesFit(compiler: Compiler, value: ts.Type, taken: ts.Type): Fit {
  const { checker } = compiler;
  const slot = indexedType(compiler, checker.getNonNullableType(taken));
  if ([taken, slot].some((type) => type && isOpen(type))) return FITS;
  const outcome = `ItemOutcome<${typeText(compiler, value)}>`;
  if (slot === undefined) return { kind: "misfit", path: "", sent: `readonly ${outcome}[]`, taken: typeText(compiler, taken) };
  const success = { ok: checker.getTrueType(), value };
  // Anything can be thrown.
  const failure = { ok: checker.getFalseType(), error: checker.getUnknownType() };
  for (const form of [success, failure].map((members): Outcome => new Map(Object.entries(members)))) {
    const misfits = unionParts(slot).map((part) => misfitOf(compiler, form, part));
    if (misfits.includes(undefined)) continue;
    // The one that was meant takes the same `ok`, and is said where it goes wrong further in.
    const meant = misfits.find((misfit) => misfit !== undefined && /^\[\]\.(value|error)/.test(misfit.path));
    return meant
      ? describeMisfit(compiler, meant)
      : { kind: "misfit", path: "[]", sent: outcome, taken: typeText(compiler, slot) };
  }
  return FITS;
}

function misfitOf(compiler: Compiler, form: Outcome, taken: ts.Type): Misfit | undefined {
  const sent = compiler.checker.getUndefinedType();
  if (isOpen(taken)) return undefined;
  if (!(taken.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection))) return { path: "[]", sent, taken };
  for (const { name, type, optional } of propertiesOf(compiler, taken)) {
    const given = form.get(name);
    if (given === undefined && !optional) return { path: "[]", sent, taken };
    const misfit = given && findTypeMisfit(compiler, given, type, `[].${name}`);
    if (misfit) return misfit;
  }
  return undefined;
}

function isOpen({ flags }: ts.Type): boolean {
  return (flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) !== 0;
}
