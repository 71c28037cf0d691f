/** Checks that every task has the methods of exactly one kind, and of the kind that it claims. Slips beside a right method are for `check-misspellings.ts`. */

import { disagreeingInterface, missingMethods, noTaskMethod, twoShapes } from "../diagnostics/catalogue/bindings.js";
import { undoableBranch } from "../diagnostics/catalogue/sagas.js";
import type { Diagnostic, Fix } from "../diagnostics/diagnostic.js";
import { ALL_KINDS, BRANCH_KINDS, interfaceOf, methodsOf, tellingMethodOf } from "../kinds/task-kinds.js";
import { type BoundTask, listTasks } from "../model/bindings.js";
import type { NameReading } from "../read/config-reading.js";
import type { BegunReading, TaskReading } from "../read/reading.js";
import { isOneSlip } from "../text/slips.js";
import { type Check, subjectOf } from "./check.js";
import { renameTo } from "./rename-to.js";

/**
 * The kind of a task is told by its methods: with none there is nothing to call, with those of two kinds only one would be called, with
 * some of a kind the others would be missing when they are needed, and an interface that says something else is a mistake on one side.
 * A branch yields data, which routers, stepped tasks and streams do not.
 *
 * Breaks it: `class A { runs() { return S.Done; } }`, `class A { run() { return S.Done; } route() { return S.Done; } }`,
 * `class A { load() { return [1]; } finish() { return S.Done; } }`, `class A implements Branch { run() { return S.Done; } }` bound to a
 * state, and a class with `run` and `compensate` in a split.
 */
export const checkTaskShapes: Check = (draft, report) => {
  for (const bound of listTasks(draft)) {
    for (const problem of judge(bound)) report(problem);
  }
};

function judge(bound: BoundTask): readonly Diagnostic[] {
  const { role, task } = bound;
  const [first, second] = task.shapes;
  if (first !== undefined && second !== undefined) {
    const methods = task.shapes.flatMap(({ kind }) => methodsOf(kind));
    const notes = [{ message: `\`${methodsOf(first.kind)[0] ?? ""}\` is here`, span: first.span }];
    return [twoShapes(second.span, { ...subjectOf(bound), methods: [...new Set(methods)] }, { notes })];
  }
  if (first === undefined) return [task.begun === undefined ? withoutMethod(bound) : withoutAll(bound, task.begun)];
  const compensate = task.otherMembers.find(({ name }) => name === "compensate");
  if (compensate !== undefined) {
    const notes = [{ message: `\`${methodsOf(first.kind)[0] ?? ""}\` is here`, span: first.span }];
    return [twoShapes(compensate.span, { ...subjectOf(bound), methods: [...methodsOf(first.kind), "compensate"] }, { notes })];
  }
  if (role === "branch" && first.kind === "compensatable") return [undoableBranch(task.span, subjectOf(bound))];
  if (role === "branch" && !BRANCH_KINDS.includes(first.kind)) return [withoutMethod(bound)];
  const claim = role === "branch" && first.kind === "task" ? "branch" : first.kind;
  const method = tellingMethodOf(first.kind);
  return task.implemented
    .filter(({ kind }) => kind !== claim)
    .map(({ kind, name, span }) => {
      const lacks = first.kind === "task" && kind === "compensatable" ? "compensate" : undefined;
      return disagreeingInterface(span, { ...subjectOf(bound), named: name, role, method, lacks });
    });
}

function withoutMethod(bound: BoundTask): Diagnostic {
  const { role, task } = bound;
  const kinds = role === "branch" ? BRANCH_KINDS : ALL_KINDS;
  const methods = [...new Set(kinds.map((kind) => methodsOf(kind)[0] ?? ""))];
  const only = slipAmong(task, methods);
  const hidden = [...task.staticMembers, ...task.hiddenMembers].find(({ name }) => methods.includes(name));
  const facts = { ...subjectOf(bound), methods, role, slip: only, hidden: hidden?.name };
  if (hidden) return noTaskMethod(task.span, facts, { notes: [{ message: `\`${hidden.name}\` is here`, span: hidden.span }] });
  return only === undefined ? noTaskMethod(task.span, facts) : noTaskMethod(task.span, facts, renaming(only));
}

/** Some methods of a kind are there, others are not. */
function withoutAll(bound: BoundTask, { kind, present, missing }: BegunReading): Diagnostic {
  const { task } = bound;
  const only = slipAmong(task, missing);
  const facts = { ...subjectOf(bound), named: interfaceOf(kind), present: present.map(({ name }) => name), missing, slip: only };
  const notes = present.map(({ name, span }) => ({ message: `\`${name}\` is here`, span }));
  return missingMethods(task.span, facts, only === undefined ? { notes } : renaming(only));
}

type Slip = { readonly found: string; readonly meant: string; readonly written: NameReading };

// Where several members could be meant, none of them is.
function slipAmong(task: TaskReading, methods: readonly string[]): Slip | undefined {
  const slips = task.otherMembers.flatMap((written) =>
    methods.filter((meant) => isOneSlip(written.name, meant)).map((meant) => ({ found: written.name, meant, written })),
  );
  return slips.length === 1 ? slips[0] : undefined;
}

function renaming({ found, meant, written }: Slip): Pick<Diagnostic, "notes" | "fix"> & { fix: Fix } {
  return {
    notes: [{ message: `\`${found}\` is here`, span: written.span }],
    fix: renameTo(meant, written, `rename it to \`${meant}\``),
  };
}
