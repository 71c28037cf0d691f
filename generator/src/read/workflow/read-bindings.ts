/** Reads the `tasks` option: binds everything first, since what one task hands over is judged by what another takes. */

import { ts } from "../../../typescript/index.cjs";
import { unreadableBinding, unreadableOption } from "../../diagnostics/catalogue/reading.js";
import type { Report } from "../../diagnostics/diagnostic.js";
import { canoExport } from "../cano-export.js";
import { type Compiler, propertyType, typeText } from "../compiler.js";
import { findPayloadLosses } from "../data/payload-losses.js";
import { findResourceConflicts } from "../data/resource-conflicts.js";
import { followConstant } from "../follow/follow-constant.js";
import { keyText, type Member, membersOf } from "../follow/members-of.js";
import type { BindingReading, Reading, TaskReading } from "../reading.js";
import { spanOf } from "../span-of.js";
import { bindSplit } from "../split/bound-split.js";
import { readSplit } from "../split/read-split.js";
import { readKey } from "../states/state-ref.js";
import type { StateSet } from "../states/state-set.js";
import { bindTask, onlyShape } from "../task/bound-task.js";
import { withFallback } from "../task/read-fallback.js";
import type { Surroundings } from "../task/read-method.js";
import { readShape } from "../task/read-shape.js";
import { readTask } from "../task/read-task.js";
import { hidingType } from "../task/seen-as.js";
import { askersOf, type Bound, receiversOf, shapesOf, storedTypes, undoReceiversOf } from "./bound-state.js";
import { readMigrations } from "./read-migrations.js";
import { recallTask } from "./task-memory.js";

/** What is bound, and what hangs on it. */
export interface GivenBindings {
  readonly tasks: ts.Expression;
  /** The type by which generated modules see them, where it is known. */
  readonly seen: ts.Type | undefined;
  readonly migrations: ts.Expression | undefined;
  /** Whether runs are stored. */
  readonly stored: boolean;
}

/** Reads all bindings and what they ask for and store together. What cannot be followed is reported and left out. */
export function readBindings(
  compiler: Compiler,
  set: StateSet,
  { tasks, seen, migrations, stored }: GivenBindings,
  report: Report,
): Pick<Reading, "bindings" | "resourceConflicts" | "payloadLosses" | "shapes" | "migrations"> {
  const bound = listMembers(compiler, tasks, report).flatMap((member) => bind(compiler, set, member, seen, report) ?? []);
  const around: Surroundings = { set, receivers: receiversOf(compiler, bound), stored };
  const undone: Surroundings = { set, receivers: undoReceiversOf(compiler, bound), stored };
  return {
    bindings: bound.map((binding) => readBinding(compiler, binding, around, bound)),
    resourceConflicts: findResourceConflicts(compiler, bound.flatMap(askersOf)),
    payloadLosses: stored ? bound.flatMap((binding) => findPayloadLosses(compiler, storedTypes(compiler, set, binding))) : [],
    shapes: stored ? bound.flatMap((binding) => shapesOf(compiler, binding)) : [],
    migrations: stored && migrations ? readMigrations(compiler, migrations, around, undone, report) : [],
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

function bind(
  compiler: Compiler,
  set: StateSet,
  { name, value }: Member,
  seen: ts.Type | undefined,
  report: Report,
): Bound | undefined {
  const state = readKey(compiler, set, name);
  if (value === undefined) {
    report(unreadableBinding(spanOf(name), { why: "it is a method" }));
    return undefined;
  }
  const key = keyText(compiler, name);
  const own = seen && key !== undefined ? propertyType(compiler, seen, key) : undefined;
  const tells = (type: ts.Type): boolean => {
    const hiding = hidingType(compiler, own, [type]);
    if (hiding) report(unreadableBinding(spanOf(value), { declaredAs: typeText(compiler, hiding) }));
    return hiding === undefined;
  };
  const { kind, node } = followConstant(compiler, value);
  if (kind === "value" && ts.isCallExpression(node) && canoExport(compiler, node.expression) === "split") {
    const split = bindSplit(compiler, node, report);
    return split && tells(compiler.checker.getTypeAtLocation(node)) ? { kind: "split", state, split } : undefined;
  }
  const task = bindTask(compiler, value, report);
  return task && tells(task.type) ? { kind: "task", state, task } : undefined;
}

function readBinding(compiler: Compiler, bound: Bound, around: Surroundings, all: readonly Bound[]): BindingReading {
  const { state } = bound;
  if (bound.kind === "split") return readSplit(compiler, bound.split, state, around);
  const { task } = bound;
  const read = (): TaskReading => {
    const shape = onlyShape(task);
    const method = shape && withFallback(compiler, task, readShape(compiler, task, shape, around), around);
    return readTask(compiler, task, method);
  };
  // What survives being stored depends on the workflow's own codecs, too.
  const freshness = compiler.codecs.some(({ isOwn }) => isOwn) ? undefined : compiler.freshness;
  const reading = freshness
    ? recallTask(freshness, task, { compiler, set: around.set, stored: around.stored, bound: all }, read)
    : read();
  return { kind: "task", state, span: reading.span, task: reading };
}

function whyNoObject(node: ts.Node): string {
  return ts.isCallExpression(node) ? "it is a call" : "it is no object literal";
}
