/** Checks that the states of a machine can be told apart by their values. */

import { duplicateValue } from "../diagnostics/catalogue/states.js";
import type { DraftState } from "../model/draft.js";
import type { Check } from "./check.js";

/**
 * At run time a state is its value, and a key of `tasks`: two with one value are one. The keys of an object are text, so `1` and `"1"`
 * are the same.
 *
 * Breaks it: `enum S { A = "a", B = "a", Done = "done" }`.
 */
export const checkMembers: Check = (draft, report) => {
  const seen = new Map<string, DraftState>();
  for (const state of draft.states) {
    const key = String(state.value);
    const other = seen.get(key);
    if (other === undefined) seen.set(key, state);
    else {
      const notes = [{ message: `\`${other.name}\` is declared here`, span: other.span }];
      report(duplicateValue(state.span, { state: state.name, other: other.name, value: state.value }, { notes }));
    }
  }
};
