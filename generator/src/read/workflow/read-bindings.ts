/** Reads the `tasks` option: binds everything first, since what one task hands over is judged by what another takes. */

import { ts } from "ts-morph";
import { unreadableBinding, unreadableOption } from "../../diagnostics/catalogue/reading.js";
import type { Report } from "../../diagnostics/diagnostic.js";
import { canoExport } from "../cano-export.js";
import type { Compiler } from "../compiler.js";
import { type Input, inputOf } from "../data/input-of.js";
import { findPayloadLosses, type StoredTypes } from "../data/payload-losses.js";
import { type Asker, findResourceConflicts } from "../data/resource-conflicts.js";
import { followConstant } from "../follow/follow-constant.js";
import { keyText, type Member, membersOf } from "../follow/members-of.js";
import type { BindingReading, Reading, StateRef } from "../reading.js";
import { spanOf } from "../span-of.js";
import { type BoundSplit, bindSplit, takenBy } from "../split/bound-split.js";
import { readSplit } from "../split/read-split.js";
import { readKey } from "../states/state-ref.js";
import type { StateSet } from "../states/state-set.js";
import { type BoundTask, bindTask, onlyShape, taskName } from "../task/bound-task.js";
import type { Surroundings } from "../task/read-method.js";
import { fallbackCalls, withFallback } from "../task/read-fallback.js";
import { readShape } from "../task/read-shape.js";
import { readTask } from "../task/read-task.js";

type Bound = { readonly state: StateRef } & (
  { readonly kind: "task"; readonly task: BoundTask } | { readonly kind: "split"; readonly split: BoundSplit }
);

/** Reads all bindings and what they ask for together; `stored` says whether runs are stored. What cannot be followed is reported and left out. */
export function readBindings(
  compiler: Compiler,
  set: StateSet,
  tasks: ts.Expression,
  stored: boolean,
  report: Report,
): Pick<Reading, "bindings" | "resourceConflicts" | "payloadLosses"> {
  const bound = listMembers(compiler, tasks, report).flatMap((member) => bind(compiler, set, member, report) ?? []);
  const around: Surroundings = { set, receivers: receiversOf(compiler, bound), stored };
  return {
    bindings: bound.map((binding) => readBinding(compiler, binding, around)),
    resourceConflicts: findResourceConflicts(compiler, bound.flatMap(askersOf)),
    payloadLosses: stored ? bound.flatMap((binding) => findPayloadLosses(compiler, storedTypes(compiler, set, binding))) : [],
  };
}

function listMembers(compiler: Compiler, tasks: ts.Expression, report: Report): Member[] {
  const refuse = (node: ts.Node, why: string): void => report(unreadableOption(spanOf(node), { option: "tasks", why }));
  const followed = followConstant(compiler, tasks);
  if (followed.kind !== "value" || !ts.isObjectLiteralExpression(followed.node)) {
    refuse(
      followed.kind === "refused" ? followed.node : tasks,
      followed.kind === "refused" ? followed.why : whyNoObject(followed.node),
    );
    return [];
  }
  const { members, refused } = membersOf(compiler, followed.node);
  for (const { node, why } of refused) refuse(node, why);
  // A later spread or key replaces an earlier one that was spread in; keys written twice in one literal are the compiler's to refuse.
  return members.filter(({ name, node }, index) => {
    const key = keyText(compiler, name);
    return (
      key === undefined ||
      !members.slice(index + 1).some((later) => later.node.parent !== node.parent && keyText(compiler, later.name) === key)
    );
  });
}

function bind(compiler: Compiler, set: StateSet, { name, value }: Member, report: Report): Bound | undefined {
  const state = readKey(compiler, set, name);
  if (value === undefined) {
    report(unreadableBinding(spanOf(name), { why: "it is a method" }));
    return undefined;
  }
  const { kind, node } = followConstant(compiler, value);
  if (kind === "value" && ts.isCallExpression(node) && canoExport(compiler, node.expression) === "split") {
    const split = bindSplit(compiler, node, report);
    return split && { kind: "split", state, split };
  }
  const task = bindTask(compiler, value, report);
  return task && { kind: "task", state, task };
}

function readBinding(compiler: Compiler, bound: Bound, around: Surroundings): BindingReading {
  const { state } = bound;
  if (bound.kind === "split") return readSplit(compiler, bound.split, state, around);
  const { task } = bound;
  const shape = onlyShape(task);
  const method = shape && withFallback(compiler, task, readShape(compiler, task, shape, around), around);
  const reading = readTask(compiler, task, method);
  return { kind: "task", state, span: reading.span, task: reading };
}

function receiversOf(compiler: Compiler, bound: readonly Bound[]): Surroundings["receivers"] {
  const receivers = new Map<number, readonly ts.Type[]>();
  for (const binding of bound) {
    if (binding.state.kind !== "member") continue;
    const types = binding.kind === "split" ? takenBy(binding.split) : taskInput(compiler, binding.task);
    receivers.set(binding.state.member, [...(receivers.get(binding.state.member) ?? []), ...types]);
  }
  return receivers;
}

function taskInput(compiler: Compiler, task: BoundTask): readonly ts.Type[] {
  return taskInputs(compiler, task).flatMap(({ type }) => type ?? []);
}

function taskInputs(compiler: Compiler, task: BoundTask): readonly Input[] {
  const calls = [...(onlyShape(task)?.calls ?? []), ...fallbackCalls(compiler, task)];
  return calls.map(({ method, context }) => inputOf(compiler, method.signature, context));
}

function storedTypes(compiler: Compiler, set: StateSet, bound: Bound): StoredTypes {
  const state = bound.state.kind === "member" ? (set.reading.members[bound.state.member]?.name ?? "") : "";
  if (bound.kind === "split") {
    const { takers, values, branchesNode } = bound.split;
    const branches = { values, span: spanOf(branchesNode) };
    return { state, inputs: takers.map(({ input }) => input), undoable: undefined, branches };
  }
  const { task } = bound;
  const shape = onlyShape(task);
  const [run, compensate] = shape?.kind === "compensatable" ? shape.calls : [];
  const taken = compensate?.method.signature.parameters[1]?.valueDeclaration;
  const undoable = run && taken && { returned: run.method.signature.getReturnType(), span: spanOf(taken) };
  return { state, inputs: taskInputs(compiler, task), undoable, branches: undefined };
}

function askersOf(bound: Bound): readonly Asker[] {
  if (bound.kind === "split") return bound.split.takers;
  const calls = onlyShape(bound.task)?.calls ?? [];
  return calls.map(({ method }) => ({ name: taskName(bound.task), signature: method.signature }));
}

function whyNoObject(node: ts.Node): string {
  return ts.isCallExpression(node) ? "it is a call" : "it is no object literal";
}
