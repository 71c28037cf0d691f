/** Tells whether what is handed over fits every task that receives it. Finding the place inside the value is `find-misfit.ts`. */

import type { ts } from "../../../typescript/index.cjs";
import { type Compiler, typeText } from "../compiler.js";
import type { Fit } from "../data-reading.js";
import type { Sent } from "../targets/leaf.js";
import { spanOf } from "../span-of.js";
import type { StateRef } from "../target-reading.js";
import { cureOf } from "./cure-of.js";
import { findMisfit } from "./find-misfit.js";
import { findTypeMisfit, type Misfit } from "./find-type-misfit.js";

/** What each state takes, by its member's index: one type for a task, one for each branch of a split. */
export type Receivers = ReadonlyMap<number, readonly ts.Type[]>;

/** What is taken where a transition leads; nothing where that is no state of the set. */
export function takenIn(receivers: Receivers, state: StateRef): readonly ts.Type[] {
  return state.kind === "member" ? (receivers.get(state.member) ?? []) : [];
}

/** The value fits, or nobody takes it. */
export const FITS: Fit = { kind: "fits" };

/** Compares what is handed over with every receiver's type. `instantiated` are the types it has at a generic class's binding. */
export function fitOf(compiler: Compiler, sent: Sent, taken: readonly ts.Type[], instantiated: readonly ts.Type[] = []): Fit {
  for (const type of taken) {
    const misfit = misfitOf(compiler, sent, type);
    if (misfit === undefined) continue;
    // Inside a generic class the argument's type still has the class's type parameters; the binding's type does not.
    const bound = instantiated.map((known) => findTypeMisfit(compiler, known, type, "")).find((found) => found !== undefined);
    const found = instantiated.length > 0 ? bound : misfit;
    if (found) return describeMisfit(compiler, found);
  }
  return FITS;
}

/** A misfit as a reading has it. */
export function describeMisfit(compiler: Compiler, misfit: Misfit): Fit {
  const { path, at, sent, text, taken, missing } = misfit;
  const cure = cureOf(compiler, misfit);
  return {
    kind: "misfit",
    path,
    sent: text ?? typeText(compiler, sent),
    taken: typeText(compiler, taken),
    ...(at && { span: spanOf(at) }),
    ...(missing && { missing }),
    ...(cure && { cure }),
  };
}

function misfitOf(compiler: Compiler, { expression, type }: Sent, taken: ts.Type): Misfit | undefined {
  return expression ? findMisfit(compiler, expression, taken) : findTypeMisfit(compiler, type, taken, "");
}
