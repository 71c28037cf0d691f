/** Checks where runs start and where they end: that `initial` and `exits` name states of this machine, and the right ones. */

import { badExit, badInitial } from "../diagnostics/catalogue/states.js";
import type { Check } from "./check.js";

/**
 * A run starts in a state that is known and has a task.
 *
 * Breaks it: `initial: S.Done, exits: [S.Done]`, or `initial: Other.A`.
 */
export const checkInitial: Check = (draft, report) => {
  const states = draft.statesName;
  if (draft.initial.length === 0) report(badInitial(draft.endSpans.initial, { problem: { kind: "none" }, states }));
  for (const ref of draft.initial) {
    if (ref.kind === "foreign" || ref.kind === "unknown") report(badInitial(ref.span, { problem: ref, states }));
    const state = ref.kind === "member" ? draft.states[ref.member] : undefined;
    if (state?.exit === undefined) continue;
    const notes = [{ message: "it is listed as an exit here", span: state.exit }];
    report(badInitial(ref.span, { problem: { kind: "exit", text: state.name }, states }, { notes }));
  }
};

/**
 * A run ends by entering an exit, so there must be one, and each must be known. A state that is listed twice is listed.
 *
 * Breaks it: `exits: []`, or `exits: [Other.Done]`.
 */
export const checkExits: Check = (draft, report) => {
  const states = draft.statesName;
  if (draft.exits.length === 0) report(badExit(draft.endSpans.exits, { problem: { kind: "none" }, states }));
  for (const ref of draft.exits) {
    if (ref.kind === "foreign" || ref.kind === "unknown") report(badExit(ref.span, { problem: ref, states }));
  }
};
