/** Checks that the dispatcher can give a task's method what its parameters ask for. */

import { closedParameter } from "../diagnostics/catalogue/bindings.js";
import { listTasks } from "../model/bindings.js";
import { type Check, subjectOf } from "./check.js";

/**
 * A method is given resources and a context, both of them objects. TypeScript lets a method take less than its interface says, so only the generated
 * module would not compile.
 *
 * Breaks it: `run(_: undefined, { input }: Context<string>) { … }`, `run(_: object, { input }: Context<never>) { … }`, `processItem(item: number) { … }`.
 */
export const checkParameters: Check = (draft, report) => {
  for (const bound of listTasks(draft)) {
    for (const { span, always, ...facts } of bound.task.closedParameters)
      if (always || bound.role !== "branch") report(closedParameter(span, { ...subjectOf(bound), ...facts }));
  }
};
