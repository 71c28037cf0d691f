/** Checks that every target is a state of this machine. Whether it can be reached, and what it carries, is for others. */

import { badNext, foreignTarget, handWrittenTransition, unknownTarget } from "../diagnostics/catalogue/states.js";
import { TARGET_CAUSES } from "../diagnostics/catalogue/target-causes.js";
import type { Report } from "../diagnostics/diagnostic.js";
import { namingMethodsOf } from "../kinds/task-kinds.js";
import { type BoundTask, listSplits, listTasks } from "../model/bindings.js";
import type { Draft } from "../model/draft.js";
import type { TargetReading } from "../read/target-reading.js";
import { type Check, subjectOf } from "./check.js";
import { intends } from "./intends.js";

/**
 * The machine is proven from the states that its tasks return, so each must be known and a member of its own state set.
 *
 * Breaks it: `run() { return Other.Done; }`, `run() { return "done" as any; }`, `run() { return { state: S.Done, input: 1 }; }`, and
 * `split([A], { next: Other.Done })`.
 */
export const checkTargets: Check = (draft, report) => {
  for (const bound of listTasks(draft)) {
    for (const target of bound.task.method?.targets ?? []) judgeTarget(draft, bound, target, report);
  }
  for (const { split, state } of listSplits(draft)) {
    const ref = split.next.state;
    if (ref.kind === "foreign" || ref.kind === "unknown")
      report(badNext(ref.span, { ref, state: state.name, states: draft.statesName }));
  }
};

function judgeTarget(draft: Draft, bound: BoundTask, target: TargetReading, report: Report): void {
  const ref = target.state;
  const states = draft.statesName;
  if (target.form === "hand-written") {
    report(handWrittenTransition(ref.span, subjectOf(bound)));
  } else if (ref.kind === "foreign") {
    const notes = [{ message: `the states of this machine are the members of \`${states}\``, span: draft.statesSpan }];
    report(foreignTarget(ref.span, { ...subjectOf(bound), target: ref.text, states }, { notes }));
  } else if (ref.kind === "unknown") {
    // That a method is called otherwise, or missing, is told where that is; what it would undo is no mistake then.
    if (ref.why === TARGET_CAUSES.undoable && intends("compensatable", bound.task)) return;
    const kind = bound.task.shapes[0]?.kind ?? "task";
    const annotated = bound.task.method?.annotated === true;
    report(unknownTarget(ref.span, { ...subjectOf(bound), methods: namingMethodsOf(kind), why: ref.why, states, annotated }));
  }
}
