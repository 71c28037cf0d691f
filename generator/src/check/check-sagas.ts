/** Checks that everything can be undone, where the workflow says that it is to be. A heuristic: whether a task has an effect is not seen. */

import { lastingEffect } from "../diagnostics/catalogue/sagas.js";
import type { TaskKind } from "../kinds/kinds.js";
import { findBinding } from "../model/bindings.js";
import type { Check } from "./check.js";

// What only decides, asks or waits leaves nothing behind.
const HARMLESS: readonly TaskKind[] = ["router", "poll", "timer"];

/**
 * A task without `compensate`, or that leaves nothing for it, does what nothing undoes when a state behind it fails.
 *
 * Breaks it: `run() { return S.Done; } compensate() {}`; `sagas: "complete"`, and `run` of a plain task that returns a state which is no exit, or one beside a `compensate` that does so without
 * `undoable()`.
 */
export const checkSagas: Check = (draft, report) => {
  for (const state of draft.states) {
    const binding = findBinding(state);
    if (binding === undefined || isHarmless(binding)) continue;
    if (binding.kind === "task" && binding.task.leavesNothing) {
      const { className, span } = binding.task;
      report(lastingEffect(span, { task: className, state: state.name, later: "never called" }));
      continue;
    }
    if (draft.sagas !== "complete") continue;
    const later = [...new Set(state.edges.map(({ to }) => draft.states[to]!))].filter(({ exit }) => exit === undefined);
    if (later.length === 0) continue;
    const task = binding.kind === "task" ? binding.task.className : undefined;
    report(lastingEffect(binding.span, { task, state: state.name, later: later.map(({ name }) => name) }));
  }
};

function isHarmless(binding: NonNullable<ReturnType<typeof findBinding>>): boolean {
  if (binding.kind === "split") return binding.kinds.length > 0 && binding.kinds.every((kind) => HARMLESS.includes(kind));
  const { shapes, leavesNothing } = binding.task;
  const [shape] = shapes;
  if (shape?.kind === "compensatable") return !leavesNothing;
  return shape === undefined || HARMLESS.includes(shape.kind);
}
