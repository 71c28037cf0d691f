/** How generated code prepares and calls a task of each kind. */

import type { TaskNode } from "../model/machine.js";
import type { Words } from "./words.js";

/** What the runtime offers for a kind that it runs in a loop. */
interface Loop {
  readonly run: string;
  /** Makes a task ready, once per workflow object; where there is none, the loop is given the task itself. */
  readonly prepare: string | undefined;
  /** Whether its steps are attempted by the loop: then it is given the policies, and what it does as a whole is not repeated. */
  readonly attempts: boolean;
}

// Kinds of which one method is called as it is.
type CalledKind = "task" | "router" | "compensatable";

const METHODS: Readonly<Record<CalledKind, string>> = { task: "run", router: "route", compensatable: "run" };

const LOOPS: Readonly<Record<Exclude<TaskNode["kind"], CalledKind>, Loop>> = {
  poll: { run: "poll", prepare: "preparePoll", attempts: false },
  timer: { run: "timer", prepare: undefined, attempts: false },
  batch: { run: "batch", prepare: "prepareBatch", attempts: false },
  stepped: { run: "steps", prepare: undefined, attempts: true },
  stream: { run: "stream", prepare: "prepareStream", attempts: false },
};

/** The function that makes a task of a kind ready; undefined where there is none. */
export function preparationOf(kind: TaskNode["kind"]): string | undefined {
  return isCalled(kind) ? undefined : LOOPS[kind].prepare;
}

/** Whether the attempts of a kind are the dispatcher's business. */
export function isAttempted(kind: TaskNode["kind"]): boolean {
  return isCalled(kind) || !LOOPS[kind].attempts;
}

/** Whether the method of a kind is given the number of its attempt by whoever calls it, not by a loop. */
export function isCalled(kind: TaskNode["kind"]): kind is CalledKind {
  return kind in METHODS;
}

/** One attempt of the task `task`, in state `number`: bounded, and what undoes it kept. `attempt` is its number where it is not the first. */
export function attemptOf(words: Words, node: TaskNode, task: string, policies: string, number: number, attempt: string): string {
  const { imports } = words;
  const call = callOf(words, node, task, policies, number, attempt);
  const isBounded = node.attemptTimeout && isAttempted(node.kind);
  // Where there is a context, that tells the number.
  const told = node.takesContext || !isCalled(node.kind) ? "" : attempt;
  const bounded = isBounded ? `${imports.use("within")}(run, ${number}, ${policies}.attemptTimeout, ${call}${told})` : call;
  return node.kind === "compensatable" ? `${imports.use("keepUndo")}(run, ${number}, () => ${bounded})` : bounded;
}

function callOf(words: Words, node: TaskNode, task: string, policies: string, number: number, attempt: string): string {
  const { imports } = words;
  if (isCalled(node.kind)) {
    const resources = node.takesResources ? "run.resources" : "";
    const context = node.takesContext ? `, ${imports.use("context")}(run, ${number}${attempt})` : "";
    return `${task}.${METHODS[node.kind]}(${resources}${context})`;
  }
  const { run, attempts } = LOOPS[node.kind];
  const given = attempts && policies !== "" ? `, ${policies}` : attempt;
  return `${imports.use(run)}(run, ${number}, ${task}${given})`;
}
