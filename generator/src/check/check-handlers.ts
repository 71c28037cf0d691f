/** Checks that every state which is not an exit has a task, and that nothing else has one. */

import { exitWithTask, missingTask, strayKey } from "../diagnostics/catalogue/states.js";
import { findBinding } from "../model/bindings.js";
import type { Draft, DraftState } from "../model/draft.js";
import type { StateRef } from "../read/target-reading.js";
import type { Check } from "./check.js";

/**
 * A run that enters a state without a task could go nowhere; a task of an exit, or under a key that is no state, would never be called.
 *
 * Breaks it: `enum S { A = "a", B = "b", Done = "done" }` with `exits: [S.Done], tasks: { [S.A]: First }`; the same with a task for
 * `S.Done`, or with the key `[T.A]` of another enum.
 */
export const checkHandlers: Check = (draft, report) => {
  for (const state of draft.states) {
    const binding = findBinding(state);
    if (binding === undefined && state.exit === undefined && !mayBeMeant(draft, state)) {
      report(
        missingTask(
          state.span,
          { state: state.name },
          { notes: [{ message: "the machine is declared here", span: draft.span }] },
        ),
      );
    }
    if (binding !== undefined && state.exit !== undefined) {
      report(
        exitWithTask(
          binding.state.span,
          { state: state.name },
          { notes: [{ message: "it is listed as an exit here", span: state.exit }] },
        ),
      );
    }
  }
  for (const { state } of draft.strays) {
    if (state.kind === "foreign" || state.kind === "unknown") {
      const meant = draft.states.find((candidate) => isSpelledAs(candidate, state))?.name;
      report(strayKey(state.span, { ref: state, states: draft.statesName, meant }));
    }
  }
};

// A key or exit that is refused at its own place may well be this state: one mistake, one message.
function mayBeMeant(draft: Draft, state: DraftState): boolean {
  const refused = [...draft.strays.map((binding) => binding.state), ...draft.exits].filter((ref) => ref.kind !== "member");
  return refused.some(
    (ref: StateRef) => ref.kind !== "foreign" || ref.text.endsWith(`.${state.name}`) || isSpelledAs(state, ref),
  );
}

// A plain key with a member's name or value: `run` or `Run` for `[Job.Run]`.
function isSpelledAs({ name, value }: DraftState, ref: StateRef): boolean {
  return ref.kind === "foreign" && [name, String(value)].includes(ref.text.replace(/^["']|["']$/g, ""));
}
