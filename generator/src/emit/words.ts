/** The words in which one workflow is printed: how its states, tasks and types are called in the generated module. */

import type { Machine, Node, SplitNode, TaskNode } from "../model/machine.js";
import type { Imports } from "./imports.js";
import { camelCase, pascalCase } from "../model/generated-names.js";
import { type Flavour, flavourOf } from "./flavour.js";
import { memberAccess } from "../text/member-access.js";
import { literal, type Names } from "./names.js";

/** Names of one workflow's parts, and what its builder needs to make more of them. */
export interface Words {
  readonly machine: Machine;
  readonly imports: Imports;
  /** The prefix of exported types: `Order`. */
  readonly prefix: string;
  /** The identifier of the imported workflow. */
  readonly workflow: string;
  /** The state set's identifier. */
  readonly states: string;
  readonly tasks: string;
  readonly statesType: string;
  readonly tasksType: string;
  readonly inputsType: string;
  /** Identifiers of the bound tasks, by place. */
  readonly taskNames: readonly string[];
  readonly policyNames: readonly string[];
  /** Identifiers of what each task has returned, by place. */
  readonly returnedNames: readonly string[];
  readonly flavour: Flavour;
}

/** Chooses the words of `machine`; names that other workflows of the module use are in `names`. */
export function buildWords(machine: Machine, workflow: string, imports: Imports, names: Names): Words {
  const prefix = pascalCase(machine.name);
  const local = camelCase(machine.name);
  const words = {
    states: names.take(machine.statesKind === "tuple" ? `${local}States` : machine.statesName, "States"),
    tasks: names.takeFirst("tasks", `${local}Tasks`),
    statesType: names.takeFirst("States", `${prefix}States`),
    tasksType: names.takeFirst("Tasks", `${prefix}Tasks`),
    inputsType: names.takeFirst("Inputs", `${prefix}Inputs`),
  };
  const inner = names.scope();
  const taskNames = machine.nodes.map((node) => (node.kind === "exit" ? "" : inner.take(camelCase(node.name), "Task")));
  const policyNames = machine.nodes.map((node, place) =>
    hasPolicies(node) ? inner.take(`${taskNames[place] ?? ""}Policies`) : "",
  );
  // In the one variable for all, what one of them hands on could not be told from what another might hand to the same states.
  const apart = machine.nodes.filter(isWide).length > 1;
  const returnedNames = machine.nodes.map((node, place) =>
    apart && isWide(node) ? inner.take(`${taskNames[place] ?? ""}Returned`) : RETURNED,
  );
  const flavour = flavourOf(machine, imports);
  return { machine, imports, prefix, workflow, ...words, taskNames, policyNames, returnedNames, flavour };
}

/** What a dispatcher calls a task's answer, of whichever task it is. */
export const RETURNED = "r";

// Whether the type of what a task returns hands inputs to more states than the task does.
function isWide(node: Node): boolean {
  return node.kind !== "exit" && node.kind !== "split" && !node.exact && node.targets.some(({ carries }) => carries);
}

/** Whether a state's task declares a policy that the dispatcher acts on. */
export function hasPolicies(node: Node): node is TaskNode {
  return node.kind !== "exit" && node.kind !== "split" && (node.retry || node.attemptTimeout || node.guarded !== "no");
}

/** The expression of a state: `Order.Reserve`, or a literal for a tuple's. */
export function stateExpression(words: Words, place: number): string {
  const node = nodeAt(words, place);
  return words.machine.statesKind === "tuple" ? literal(node.value) : `${words.states}${memberAccess(node.name)}`;
}

/** The type of a state. */
export function stateType(words: Words, place: number): string {
  const node = nodeAt(words, place);
  return words.machine.statesKind === "tuple" ? literal(node.value) : `${words.statesType}[${literal(node.name)}]`;
}

/** The type of what is bound to a state. */
export function bindingType(words: Words, place: number): string {
  return `${words.tasksType}[${stateType(words, place)}]`;
}

/** The node at a place; a place always has one. */
export function nodeAt(words: Words, place: number): Node {
  const node = words.machine.nodes[place];
  if (node === undefined) throw new RangeError(`no state at place ${place}`);
  return node;
}

/** Whether a state's task, or some branch of its split, takes an input. */
export function takesInput(node: Node): node is TaskNode | SplitNode {
  return node.kind !== "exit" && node.takesInput;
}
