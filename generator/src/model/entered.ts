/** Which states a run can enter, and whether that can be said for certain. */

import type { Draft } from "./draft.js";
import { buildGraph } from "./graph.js";
import { findReachable } from "./reachable.js";

/** The states that a run can enter. */
export interface Entered {
  readonly states: ReadonlySet<number>;
  /** Whether no other state can be entered: every initial state is known, and so is every target of the states entered. */
  readonly certain: boolean;
}

/** Finds the states that a run can enter, along the edges that are known. */
export function findEntered(draft: Draft): Entered {
  const starts = draft.initial.flatMap((ref) => (ref.kind === "member" ? [ref.member] : []));
  const states = findReachable(buildGraph(draft), starts);
  // An exit among the initial states is an error of its own: what was meant instead is not known.
  const startsKnown =
    starts.length > 0 &&
    starts.length === draft.initial.length &&
    starts.every((start) => draft.states[start]?.exit === undefined);
  return { states, certain: startsKnown && [...states].every((number) => draft.states[number]?.open === false) };
}
