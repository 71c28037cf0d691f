/**
 * Keeps what was read of tasks from one program to the next. A reading is taken again only where nothing that it may depend on has changed since
 * it was made: the class's file and all that it imports, the state set, the same of every task that receives what it hands over, and the files
 * that may change what it reads. Finding out what has changed is `find-changes.ts`, and since when, `freshness.ts`.
 */

import type { ts } from "../../../typescript/index.cjs";
import { isStillAnswered } from "../asked-files.js";
import type { Asked, Compiler } from "../compiler.js";
import type { Freshness } from "../freshness.js";
import type { BindingReading, TaskReading } from "../reading.js";
import type { StateSet } from "../states/state-set.js";
import type { BoundTask } from "../task/bound-task.js";
import type { Bound } from "./bound-state.js";

/** What a task is read in. */
export interface TaskContext {
  readonly compiler: Compiler;
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
  /** What was asked of all files of the program, for whatever task. */
  readonly asked: Asked;
}

/** What is kept of each project. */
const memories = new WeakMap<Freshness, WeakMap<ts.Expression, Entry>>();

/** The reading of a task, from memory where it must be the same. */
export function recallTask(freshness: Freshness, task: BoundTask, context: TaskContext, read: Read): TaskReading {
  const memory = memories.get(freshness) ?? new WeakMap<ts.Expression, Entry>();
  memories.set(freshness, memory);
  const known = memory.get(task.expression);
  if (known !== undefined && holds(freshness, known, task, context)) return known.reading;
  const reading = read();
  const receivers = receiversOf(reading, context);
  const { classNode, expression } = task;
  memory.delete(expression);
  const { now: made } = freshness;
  if (isPlainClass(task) && classNode && receivers)
    memory.set(expression, {
      reading,
      made,
      classNode,
      receivers,
      states: context.set.root,
      stored: context.stored,
      asked: context.compiler.asked,
    });
  return reading;
}

function holds(
  freshness: Freshness,
  { reading, made, classNode, states, stored, receivers, asked }: Entry,
  task: BoundTask,
  context: TaskContext,
): boolean {
  if (task.classNode !== classNode || context.set.root !== states || context.stored !== stored) return false;
  const now = receiversOf(reading, context);
  if (now?.length !== receivers.length || !now.every((receiver, place) => receiver === receivers[place])) return false;
  if (!isStillAnswered(context.compiler, freshness, made, asked)) return false;
  return freshness.holds(
    made,
    [classNode, states, ...receivers].map((node) => node.getSourceFile()),
  );
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
