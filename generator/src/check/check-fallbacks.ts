/** Checks where fallbacks lead. */

import { circularFallback, fallbackOnly } from "../diagnostics/catalogue/guards.js";
import { isSameSpan } from "../diagnostics/same-span.js";
import { findBinding } from "../model/bindings.js";
import { findComponents } from "../model/components.js";
import { findCycle } from "../model/cycle.js";
import type { DraftState, Edge } from "../model/draft.js";
import { findEntered } from "../model/entered.js";
import type { Check } from "./check.js";

/**
 * A state that only failures lead to is never tried out by anything else.
 *
 * Breaks it: `fallback: S.Manual`, where no task returns `S.Manual` and it is no exit.
 */
export const checkFallbackOnly: Check = (draft, report) => {
  const entered = findEntered(draft);
  if (!entered.certain) return;
  const waysTo = draft.states.map((): { readonly from: DraftState; readonly target: Edge["target"] }[] => []);
  draft.states.forEach((from, number) => {
    // Where no run gets to, nothing leads on.
    if (entered.states.has(number)) for (const { to, target } of from.edges) waysTo[to]?.push({ from, target });
  });
  draft.states.forEach((state, number) => {
    if (state.initial !== undefined || state.exit !== undefined) return;
    const ways = waysTo[number]!;
    const [first] = ways;
    if (first === undefined || ways.some(({ target }) => target.by === "method")) return;
    const binding = findBinding(first.from);
    const task = binding?.kind === "task" ? binding.task.className : undefined;
    report(fallbackOnly(first.target.state.span, { task, state: first.from.name, target: state.name }));
  });
};

/**
 * A task that falls back to itself, or to others that fall back to it, is begun again for as long as it fails: without a wait, and without an end.
 *
 * Breaks it: `class A { readonly config = { fallback: S.A }; … }` as the task of `S.A`.
 */
export const checkFallbackCircles: Check = (draft, report) => {
  const edges = draft.states.map(listBareFallbacks);
  const graph = edges.map((ways) => ways.map(({ to }) => to));
  for (const component of findComponents(graph)) {
    const circle = findCycle(graph, component[0]!);
    const [first, ...others] = (circle ?? []).map((number) => ({ name: draft.states[number]!.name, edge: edges[number]![0]! }));
    if (first === undefined) continue;
    const notes = others.map(({ name, edge }) => ({ message: `\`${name}\` falls back from here`, span: edge.target.state.span }));
    report(circularFallback(first.edge.target.state.span, { states: [first, ...others].map(({ name }) => name) }, { notes }));
  }
};

// A function may wait, or choose by the error; what is handed on may be a count.
function listBareFallbacks(state: DraftState): readonly Edge[] {
  const binding = findBinding(state);
  const guards = binding?.kind === "task" ? (binding.task.config?.guards ?? []) : [];
  const value = guards.find(({ key }) => key === "fallback")?.span;
  return state.edges.filter(({ target: { by, state: to } }) => by === "fallback" && isSameSpan(to.span, value));
}
