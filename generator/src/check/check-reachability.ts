/** Checks that a run can enter every state. Says nothing while a target or an initial state is unknown: it might lead there. */

import { unreachableExit, unreachableState } from "../diagnostics/catalogue/states.js";
import { findBinding } from "../model/bindings.js";
import type { Draft, DraftState } from "../model/draft.js";
import { findEntered } from "../model/entered.js";
import type { Check } from "./check.js";
import { listTraps } from "./check-traps.js";

/**
 * A state that no path leads to is a forgotten transition or left over: an error when its task would never be called, a warning for an exit.
 *
 * Breaks it: `tasks: { [S.A]: First, [S.B]: Second }` where `First` returns only `S.Done`; `exits: [S.Done, S.Failed]` where nothing
 * returns `S.Failed`.
 */
export const checkReachability: Check = (draft, report) => {
  const entered = findEntered(draft);
  if (!entered.certain) return;
  const initial = draft.states.filter((state) => state.initial !== undefined).map((state) => state.name);
  draft.states.forEach((state, number) => {
    // Of several states with one value, which is an error of its own, any may be the one that was meant.
    if (entered.states.has(number) || isOneOfSeveral(draft, state)) return;
    const binding = findBinding(state);
    if (state.exit === undefined && binding !== undefined)
      report(unreachableState(binding.state.span, { state: state.name, initial }));
    // A state from which a run cannot end may be what was to lead to the exit.
    if (state.exit !== undefined && listTraps(draft).length === 0) report(unreachableExit(state.exit, { state: state.name }));
  });
};

function isOneOfSeveral(draft: Draft, { value }: DraftState): boolean {
  return draft.states.filter((state) => String(state.value) === String(value)).length > 1;
}
