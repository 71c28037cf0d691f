/** Checks that every class that is bound can be constructed; instances were constructed by their owner. */

import { notConstructible } from "../diagnostics/catalogue/bindings.js";
import { listTasks } from "../model/bindings.js";
import type { Check } from "./check.js";

/**
 * The generated module constructs a bound class once, without arguments.
 *
 * Breaks it: `class A { constructor(readonly url: string) {} run() { return S.Done; } }` bound as `[S.A]: A`.
 */
export const checkConstruction: Check = (draft, report) => {
  for (const { task, state } of listTasks(draft)) {
    if (task.construction === undefined) continue;
    const { problem, span } = task.construction;
    report(notConstructible(span, { task: task.className ?? state.name, problem }));
  }
};
