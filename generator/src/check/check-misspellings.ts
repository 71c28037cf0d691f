/** Checks that no public member of a task could be taken for one that the runtime looks at. */

import { misspelledMember } from "../diagnostics/catalogue/bindings.js";
import { membersOf } from "../kinds/task-kinds.js";
import { listTasks } from "../model/bindings.js";
import { isOneSlip } from "../text/slips.js";
import type { Check } from "./check.js";

/**
 * A member that differs from a known one of its kind by a slip would never be looked at, though it reads as if it were. Classes that lack a
 * method of their kind are for `check-task-shapes.ts`.
 *
 * Breaks it: `class A { run() { return S.Done; } runs() {} }`, and a batch with `readonly concurency = 4`.
 */
export const checkMisspellings: Check = (draft, report) => {
  for (const { task } of listTasks(draft)) {
    const [shape] = task.shapes;
    if (shape === undefined || task.shapes.length > 1) continue;
    for (const { name, span } of task.otherMembers) {
      const meant = membersOf(shape.kind).find((known) => isOneSlip(name, known));
      if (meant !== undefined) {
        const notes = [{ message: "its task is told by the method here", span: shape.span }];
        report(misspelledMember(span, { found: name, meant }, { notes }));
      }
    }
  }
};
