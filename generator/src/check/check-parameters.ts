/** Checks that the dispatcher can give a task's method what its parameters ask for. */

import { closedParameter } from "../diagnostics/catalogue/bindings.js";
import { listSplits, listTasks } from "../model/bindings.js";
import { type Check, subjectOf } from "./check.js";

/**
 * A method is given resources and a context, both of them objects. TypeScript lets a method take less than its interface says, so only the generated
 * module would not compile.
 *
 * Breaks it: `run(_: undefined, { input }: Context<string>) { … }`, `run(_: object, { input }: Context<never>) { … }`, `processItem(item: number) { … }`,
 * `run({ input }: Context<string>) { … }`, `split(({ input }: Context<string[]>) => …, { … })`.
 */
export const checkParameters: Check = (draft, report) => {
  for (const bound of listTasks(draft)) {
    for (const { span, always, ...facts } of bound.task.closedParameters)
      if (always || bound.role !== "branch") report(closedParameter(span, { ...subjectOf(bound), ...facts }));
  }
  for (const { split, state } of listSplits(draft)) {
    if (split.branches.kind === "listed") continue;
    for (const { span, given, type } of split.branches.closedParameters)
      report(closedParameter(span, { task: undefined, state: state.name, method: undefined, given, type }));
  }
};
