/** Checks that every task has the method of exactly one kind, and of the kind that it claims. Slips beside a right method are for `check-misspellings.ts`. */

import { disagreeingInterface, noTaskMethod, twoShapes } from "../diagnostics/catalogue/bindings.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { type BoundTask, listTasks } from "../model/bindings.js";
import { METHODS } from "../model/task-kinds.js";
import { type Check, subjectOf } from "./check.js";
import { isOneSlip } from "./one-slip.js";

/**
 * The kind of a task is told by its method: with none there is nothing to call, with two only one would be called, and an interface that
 * says something else is a mistake on one side. A branch is called by `run`.
 *
 * Breaks it: `class A { runs() { return S.Done; } }`, `class A { run() { return S.Done; } route() { return S.Done; } }`, and
 * `class A implements Branch { run() { return S.Done; } }` bound to a state.
 */
export const checkTaskShapes: Check = (draft, report) => {
  for (const bound of listTasks(draft)) {
    for (const problem of judge(bound)) report(problem);
  }
};

function judge(bound: BoundTask): readonly Diagnostic[] {
  const [first, second] = bound.task.shapes;
  if (first !== undefined && second !== undefined) {
    const methods = bound.task.shapes.map(({ kind }) => METHODS[kind]);
    const notes = [{ message: `\`${METHODS[first.kind]}\` is here`, span: first.span }];
    return [twoShapes(second.span, { ...subjectOf(bound), methods }, { notes })];
  }
  if (first === undefined || (bound.role === "branch" && first.kind !== "task")) return [withoutMethod(bound)];
  const { role, task } = bound;
  const claim = role === "branch" ? "branch" : first.kind;
  return task.implemented
    .filter(({ kind }) => kind !== claim)
    .map(({ name, span }) => disagreeingInterface(span, { ...subjectOf(bound), named: name, role, method: METHODS[first.kind] }));
}

function withoutMethod(bound: BoundTask): Diagnostic {
  const { role, task } = bound;
  const methods = role === "branch" ? [METHODS.task] : Object.values(METHODS);
  const slips = task.otherMethods.flatMap(({ name, span }) =>
    methods.filter((meant) => isOneSlip(name, meant)).map((meant) => ({ found: name, meant, span })),
  );
  const only = slips.length === 1 ? slips[0] : undefined;
  const facts = { ...subjectOf(bound), methods, role, slip: only };
  if (only === undefined) return noTaskMethod(task.span, facts);
  const fix = { title: `rename it to \`${only.meant}\``, span: only.span, text: only.meant };
  return noTaskMethod(task.span, facts, { notes: [{ message: `\`${only.found}\` is here`, span: only.span }], fix });
}
