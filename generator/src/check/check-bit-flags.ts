/** Checks that no place for a state holds several at once, combined as bit flags. */

import { combinedFlags } from "../diagnostics/catalogue/states.js";
import type { BindingReading } from "../read/reading.js";
import type { StateRef } from "../read/target-reading.js";
import type { Check } from "./check.js";

/**
 * A run is in one state at a time; members that are combined make a number that is no state.
 *
 * Breaks it: `enum S { A = 1, B = 2, Done = 4 }` with `run() { return S.A | S.B; }`.
 */
export const checkBitFlags: Check = (draft, report) => {
  const bindings = [...draft.states.flatMap((state) => state.bindings.slice(-1)), ...draft.strays];
  for (const ref of [...draft.initial, ...draft.exits, ...bindings.flatMap(listRefs)]) {
    if (ref.kind === "flags") report(combinedFlags(ref.span, { states: draft.statesName }));
  }
};

function listRefs(binding: BindingReading): readonly StateRef[] {
  const targets = binding.kind === "split" ? [binding.next] : (binding.task.method?.targets ?? []);
  return [binding.state, ...targets.map((target) => target.state)];
}
