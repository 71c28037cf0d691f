/** Finds the workflows that a state without a task belongs to: several may share one state set. */

import type { Span } from "../../diagnostics/diagnostic.js";
import { findBinding } from "../../model/bindings.js";
import type { Draft, DraftState } from "../../model/draft.js";

/** A state that goes nowhere, in its workflow. */
export interface Unbound {
  readonly draft: Draft;
  readonly state: DraftState;
}

/** The states that are declared at `place` and are neither bound nor exits. */
export function findUnbound(drafts: readonly Draft[], place: Span | undefined): readonly Unbound[] {
  return drafts.flatMap((draft) =>
    draft.states
      .filter(({ span }) => span.file === place?.file && span.start === place.start && span.end === place.end)
      .filter((state) => state.exit === undefined && findBinding(state) === undefined)
      .map((state) => ({ draft, state })),
  );
}
