/**
 * Keeps what was read of tasks from one program to the next. A reading is taken again only where nothing that it may depend on has changed since
 * it was made: the class's file and all that it imports, the state set, and the same of every task that receives what it hands over. Finding
 * out what has changed is `find-changes.ts`.
 */

import type { Changes } from "./find-changes.js";
import type { BindingReading, TaskReading } from "./reading.js";
import type { StateSet } from "./states/state-set.js";
import type { BoundTask } from "./task/bound-task.js";
import type { ts } from "../../typescript/index.cjs";
import type { Bound } from "./workflow/bound-state.js";

/** What a task is read in. */
export interface TaskContext {
  readonly set: StateSet;
  readonly stored: boolean;
  /** All bindings of the workflow: any of them may receive what the task hands over. */
  readonly bound: readonly Bound[];
}

/** Reads a task anew. */
type Read = () => Extract<BindingReading, { kind: "task" }>["task"];

/** What a reading was made from. Nodes belong to one text of their file: the same node, the same text. */
interface Entry {
  readonly reading: TaskReading;
  /** The number of the program. */
  readonly made: number;
  readonly classNode: ts.Node;
  readonly states: ts.Node;
  readonly stored: boolean;
  /** The classes that receive what it hands over. */
  readonly receivers: readonly ts.Node[];
}

/** The memory of one project. */
export class TaskMemory {
  private now = 0;
  private known = new WeakMap<ts.Expression, Entry>();
  /** The number of the last program in which a type in a file may have become another. */
  private readonly changed = new WeakMap<ts.SourceFile, number>();

  /** Goes on to the next program. To be called for each, since changes are told of two that follow each other; not all need be read. */
  advance(changes: Changes | undefined): void {
    this.now++;
    for (const file of changes?.stale ?? []) this.changed.set(file, this.now);
    if (changes === undefined) this.known = new WeakMap();
  }

  /** The reading of a task, from memory where it must be the same. */
  recall(task: BoundTask, context: TaskContext, read: Read): TaskReading {
    const known = this.known.get(task.expression);
    if (known !== undefined && this.holds(known, task, context)) return known.reading;
    const reading = read();
    const receivers = receiversOf(reading, context);
    const { classNode, expression } = task;
    this.known.delete(expression);
    if (isPlainClass(task) && classNode && receivers)
      this.known.set(expression, {
        reading,
        made: this.now,
        classNode,
        receivers,
        states: context.set.root,
        stored: context.stored,
      });
    return reading;
  }

  private holds({ reading, made, classNode, states, stored, receivers }: Entry, task: BoundTask, context: TaskContext): boolean {
    if (task.classNode !== classNode || context.set.root !== states || context.stored !== stored) return false;
    const now = receiversOf(reading, context);
    if (now?.length !== receivers.length || !now.every((receiver, place) => receiver === receivers[place])) return false;
    return [classNode, states, ...receivers].every((node) => (this.changed.get(node.getSourceFile()) ?? 0) <= made);
  }
}

/** What depends on no more than its class: an instance depends on how it was made, an object literal on the place where it stands. */
function isPlainClass({ form, classNode }: BoundTask): boolean {
  return form === "class" && classNode !== undefined;
}

/** The classes bound to the states that a task goes to; undefined where one of them is bound to something else. */
function receiversOf({ method }: TaskReading, { bound }: TaskContext): readonly ts.Node[] | undefined {
  const members = new Set((method?.targets ?? []).map(({ state }) => (state.kind === "member" ? state.member : undefined)));
  const nodes: ts.Node[] = [];
  for (const receiver of bound) {
    if (receiver.state.kind !== "member" || !members.has(receiver.state.member)) continue;
    if (receiver.kind === "split" || !receiver.task.classNode || !isPlainClass(receiver.task)) return undefined;
    nodes.push(receiver.task.classNode);
  }
  return nodes;
}
