/** Checks that a run can end from every state. */

import { trappedState } from "../diagnostics/catalogue/states.js";
import type { Note } from "../diagnostics/diagnostic.js";
import { findBinding } from "../model/bindings.js";
import { findComponents } from "../model/components.js";
import type { Draft } from "../model/draft.js";
import { findEntered } from "../model/entered.js";
import { buildGraph, buildReverse, type Graph } from "../model/graph.js";
import { findReachable } from "../model/reachable.js";
import type { Check } from "./check.js";

/**
 * From every state some exit can be reached, or a task that ends the run by always throwing. States that merely lead into a trap are not
 * reported: the trap is the cause. A state with an unknown target, or without its task, counts as a way out.
 *
 * Breaks it: `First` returns only `S.B`, and `Second`, bound to `S.B`, returns only `S.A`.
 */
export const checkTraps: Check = (draft, report) => {
  for (const component of listTraps(draft)) {
    const state = draft.states[component[0]!]!;
    report(
      trappedState(findBinding(state)?.state.span ?? state.span, { state: state.name }, { notes: describe(draft, component) }),
    );
  }
};

/** Lists the traps of a machine, each by the numbers of its states. */
export function listTraps(draft: Draft): readonly (readonly number[])[] {
  // Without exits, or with one that is refused at its own place, every state would look trapped.
  if (draft.exits.length === 0 || draft.exits.some((ref) => ref.kind !== "member")) return [];
  const graph = buildGraph(draft);
  const free = findReachable(buildReverse(graph), listWaysOut(draft));
  const entered = findEntered(draft);
  return findComponents(graph).filter((component) => {
    const [first] = component;
    if (first === undefined || free.has(first) || !isClosed(graph, component)) return false;
    return !entered.certain || entered.states.has(first);
  });
}

function listWaysOut(draft: Draft): readonly number[] {
  return draft.states.flatMap((state, number) => (state.exit !== undefined || state.neverReturns || state.open ? [number] : []));
}

function isClosed(graph: Graph, component: readonly number[]): boolean {
  return component.every((node) => graph[node]!.every((successor) => component.includes(successor)));
}

function describe(draft: Draft, component: readonly number[]): readonly Note[] {
  return component.slice(1).map((number) => {
    const state = draft.states[number]!;
    return { message: `nor from \`${state.name}\`, which leads back to it`, span: findBinding(state)?.state.span ?? state.span };
  });
}
