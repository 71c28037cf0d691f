/** Checks that no public method of a task could be taken for the one that the engine calls. */

import { misspelledMethod } from "../diagnostics/catalogue/bindings.js";
import { listTasks } from "../model/bindings.js";
import { METHODS } from "../model/task-kinds.js";
import type { Check } from "./check.js";
import { isOneSlip } from "./one-slip.js";

/**
 * A method that differs from a known one of its kind by a slip would never be called, though it reads as if it were. Classes without any
 * known method are for `check-task-shapes.ts`.
 *
 * Breaks it: `class A { run() { return S.Done; } runs() {} }`.
 */
export const checkMisspellings: Check = (draft, report) => {
  for (const { task } of listTasks(draft)) {
    const [shape] = task.shapes;
    if (shape === undefined || task.shapes.length > 1) continue;
    const meant = METHODS[shape.kind];
    for (const { name, span } of task.otherMethods) {
      if (isOneSlip(name, meant))
        report(
          misspelledMethod(span, { found: name, meant }, { notes: [{ message: `\`${meant}\` is here`, span: shape.span }] }),
        );
    }
  }
};
