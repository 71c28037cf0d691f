/** Checks what passes between the methods of one task, and that a cursor can be stored. The types were compared by the read stage. */

import { flowMisfit, lossyCursor, wrongResult } from "../diagnostics/catalogue/data.js";
import { listSplits, listTasks } from "../model/bindings.js";
import { type Check, subjectOf } from "./check.js";

/**
 * Each method of a task must take what the one before it gives, strictly: TypeScript compares the parameters of methods in either direction.
 *
 * Breaks it: a batch with `load() { return [1]; }` and `processItem(_: object, item: string) { … }`; `open() { return 5; }`; and
 * `step() { return more({ due: new Date() }); }`.
 */
export const checkFlows: Check = (draft, report) => {
  for (const bound of listTasks(draft)) {
    const { flows, wrongResults, cursorLosses } = bound.task;
    const which = subjectOf(bound);
    for (const { span, ...facts } of wrongResults) report(wrongResult(span, { ...which, ...facts }));
    for (const { from, to, span, fit } of flows) {
      if (fit.kind === "misfit") report(flowMisfit(span, { ...which, from, to, ...fit }));
    }
    for (const { span, ...facts } of cursorLosses) report(lossyCursor(span, { ...which, ...facts }));
  }
  for (const { split, state } of listSplits(draft)) {
    if (split.branches.kind === "listed") continue;
    for (const { span, ...facts } of split.branches.wrongResults) report(wrongResult(span, { state: state.name, ...facts }));
  }
};
