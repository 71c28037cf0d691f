/** Tells whether what a split's join hands on fits the state that follows. */

import { ts } from "../../../typescript/index.cjs";
import { canoTypeName } from "../cano-export.js";
import { type Compiler, propertyType } from "../compiler.js";
import type { Fit } from "../data-reading.js";
import { findTypeMisfit, indexedType, type Misfit, propertiesOf, unionParts } from "./find-type-misfit.js";
import { describeMisfit, FITS } from "./fit-of.js";

/** What a join hands on, as far as it differs from split to split. */
export interface JoinedTypes {
  /** What the branches take: the split's input is all of these at once. Empty when no branch takes an input. */
  readonly inputs: readonly ts.Type[];
  /** What the branches return, awaited. */
  readonly values: readonly ts.Type[];
}

/** Compares a join's results with every receiver's type. What cannot be decided is taken to fit. */
export function joinedFit(compiler: Compiler, joined: JoinedTypes, taken: readonly ts.Type[]): Fit {
  for (const type of taken) {
    const misfits = unionParts(type).map((part) => misfitOf(compiler, joined, part));
    const [first] = misfits;
    if (first && !misfits.includes(undefined)) return describeMisfit(compiler, first);
  }
  return FITS;
}

// The parts of `Joined` that are the same for every split.
const CONSTANT = ["failures", "cancelled"];

function misfitOf(compiler: Compiler, joined: JoinedTypes, taken: ts.Type): Misfit | undefined {
  if (taken.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) return undefined;
  const undefinedType = compiler.checker.getUndefinedType();
  if (!(taken.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection))) return { path: "", sent: undefinedType, taken };
  for (const { name, type, optional } of propertiesOf(compiler, taken)) {
    const path = `.${name}`;
    if (name === "input") {
      const misfit = inputMisfit(compiler, joined, type, path);
      if (misfit) return misfit;
    } else if (name === "successes") {
      const misfit = successesMisfit(compiler, joined, type);
      if (misfit) return misfit;
    } else if (!CONSTANT.includes(name) && !optional && !isJoined(taken)) {
      return { path, sent: undefinedType, taken: type };
    }
  }
  return undefined;

  function isJoined(type: ts.Type): boolean {
    return canoTypeName(compiler, type) === "Joined";
  }
}

// The split's input is the intersection of what its branches take: each part of the receiver must be given by some branch.
function inputMisfit(compiler: Compiler, { inputs }: JoinedTypes, taken: ts.Type, path: string): Misfit | undefined {
  const { checker } = compiler;
  const sent = inputs.length > 0 ? inputs : [checker.getVoidType()];
  const misfits = sent.map((type) => findTypeMisfit(compiler, type, taken, path));
  const [first] = misfits;
  if (first === undefined || misfits.includes(undefined)) return undefined;
  const missing = propertiesOf(compiler, taken).find(
    ({ name, type, optional }) =>
      !optional &&
      !sent.some((candidate) => {
        const value = propertyType(compiler, candidate, name);
        return value !== undefined && checker.isTypeAssignableTo(value, type);
      }),
  );
  const several = sent.length > 1 && checker.getPropertiesOfType(taken).length > 0;
  return several && missing === undefined ? undefined : first;
}

function successesMisfit(compiler: Compiler, { values }: JoinedTypes, taken: ts.Type): Misfit | undefined {
  const { checker } = compiler;
  const element = indexedType(compiler, taken);
  const value = element && propertyType(compiler, element, "value");
  if (value === undefined) return undefined;
  for (const sent of values) {
    const misfit = findTypeMisfit(compiler, sent, value, ".successes[].value");
    if (misfit) return misfit;
  }
  // The list is readonly.
  const [mutable] = checker.isArrayType(taken) && taken.getSymbol()?.name === "Array" ? [taken] : [];
  return mutable && { path: ".successes", sent: checker.getUndefinedType(), taken: mutable };
}
