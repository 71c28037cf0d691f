/** Checks that no public member of a task could be taken for one that the runtime looks at. */

import { misspelledMember } from "../diagnostics/catalogue/bindings.js";
import { membersOf, methodsOf } from "../kinds/task-kinds.js";
import { listTasks } from "../model/bindings.js";
import { isOneSlip } from "../text/slips.js";
import type { Check } from "./check.js";

/**
 * A member that differs from a known one of its kind by a slip would never be looked at, though it reads as if it were. Classes that lack a
 * method of their kind are for `check-task-shapes.ts`.
 *
 * Breaks it: `class A { run() { return S.Done; } runs() {} }`, a batch with `readonly concurency = 4`, and `static config = { retry: … }`.
 */
export const checkMisspellings: Check = (draft, report) => {
  for (const { task } of listTasks(draft)) {
    const [shape] = task.shapes;
    if (shape === undefined || task.shapes.length > 1) continue;
    const members = membersOf(shape.kind);
    const notes = [{ message: "its task is told by the method here", span: shape.span }];
    for (const { name, span } of task.otherMembers) {
      const meant = members.find((known) => isOneSlip(name, known));
      if (meant !== undefined)
        report(
          misspelledMember(
            span,
            { found: name, meant, isThere: methodsOf(shape.kind).includes(meant), isStatic: false },
            { notes },
          ),
        );
    }
    for (const { name, span } of task.staticMembers)
      if (members.includes(name))
        report(misspelledMember(span, { found: name, meant: name, isThere: false, isStatic: true }, { notes }));
  }
};
