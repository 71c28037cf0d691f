/** Checks what one state hands to the next. The types were compared by the read stage; here they are judged against who receives them. */

import { bareEntry, misfit, unusedInput } from "../diagnostics/catalogue/data.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { findBinding, findInput } from "../model/bindings.js";
import type { DraftState, Edge } from "../model/draft.js";
import type { Check } from "./check.js";

/**
 * What is handed over must fit what the next task takes, a task that takes an input is not entered without one, and one that takes none
 * is not handed any. An exit takes everything: what it is handed is the output. A split passes its input on to its join.
 *
 * Breaks it: `run() { return to(S.B, 1); }` or `run() { return S.B; }`, where the task of `S.B` is
 * `run(resources: object, { input }: Context<string>) { … }`.
 */
export const checkHandover: Check = (draft, report) => {
  for (const sender of draft.states) {
    for (const edge of sender.edges) {
      const receiver = draft.states[edge.to]!;
      if (receiver.exit !== undefined) continue;
      const problem = judge(edge, findBinding(sender)?.kind === "split" ? "join" : "to", receiver);
      if (problem !== undefined) report(problem);
    }
  }
};

function judge({ target }: Edge, from: "to" | "join", receiver: DraftState): Diagnostic | undefined {
  const input = findInput(receiver);
  const state = receiver.name;
  // A transition written by hand carries nothing that could be trusted, and is reported as such.
  if (input === undefined || target.form === "hand-written") return undefined;
  if (target.carries.kind === "nothing") {
    if (input.kind === "nothing" || input.optional) return undefined;
    return bareEntry(target.state.span, { state, taken: input.text }, { notes: [takenHere(input)] });
  }
  const { fit, span } = target.carries;
  if (input.kind === "nothing") {
    return from === "join" || findBinding(receiver)?.kind === "split" ? undefined : unusedInput(span, { state });
  }
  return fit.kind === "fits" ? undefined : misfit(span, { state, from, ...fit }, { notes: [takenHere(input)] });
}

function takenHere({ text, span }: { readonly text: string; readonly span: DraftState["span"] }): Diagnostic["notes"][number] {
  return { message: `\`${text}\` is taken here`, span };
}
