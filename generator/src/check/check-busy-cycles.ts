/** Warns of cycles that may never end and let nothing else happen meanwhile. A heuristic: what a task counts in a field is not seen. */

import { busyCycle } from "../diagnostics/catalogue/states.js";
import type { Span } from "../diagnostics/diagnostic.js";
import { findBinding } from "../model/bindings.js";
import { findComponents } from "../model/components.js";
import { findCycle } from "../model/cycle.js";
import type { Draft, DraftState } from "../model/draft.js";
import { buildSubgraph, type Graph } from "../model/graph.js";
import { listUnreturned } from "../model/unreturned.js";
import type { Check } from "./check.js";

/**
 * A cycle in which every task is proven synchronous does not wait. Where its tasks ask for no resource either, and hand nothing on that
 * could be a count, nothing outside can end it.
 *
 * Breaks it: `class A { run() { return Math.random() < 0.5 ? S.A : S.Done; } }`.
 */
export const checkBusyCycles: Check = (draft, report) => {
  const graph = buildSubgraph(buildBareGraph(draft), (number) => isIdle(draft.states[number]!));
  for (const component of findComponents(graph)) {
    const cycle = findCycle(graph, component[0]!);
    if (cycle === undefined) continue;
    const [first, ...others] = cycle.map((number) => draft.states[number]!);
    const notes = others.map((state) => ({ message: `the cycle goes on with \`${state.name}\``, span: placeOf(state) }));
    report(busyCycle(placeOf(first!), { states: [first!, ...others].map((state) => state.name) }, { notes }));
  }
};

function isIdle(state: DraftState): boolean {
  const binding = findBinding(state);
  if (binding?.kind !== "task" || state.exit !== undefined) return false;
  const { method } = binding.task;
  return method !== undefined && !method.mayBePromise && !method.needsResources;
}

// An edge that carries an input may carry a count; one that is only declared is never taken.
function buildBareGraph(draft: Draft): Graph {
  return draft.states.map((state) => {
    const binding = findBinding(state);
    const method = binding?.kind === "task" ? binding.task.method : undefined;
    const unreturned = new Set(method === undefined ? [] : listUnreturned(method));
    const taken = state.edges.filter(({ target }) => target.carries.kind === "nothing" && !unreturned.has(target));
    return taken.map((edge) => edge.to);
  });
}

function placeOf(state: DraftState): Span {
  return findBinding(state)?.state.span ?? state.span;
}
