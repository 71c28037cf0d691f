/** Machines as JSON for other tools: states and transitions by name, no paths of the machine that made it. */

import type { Drawing, DrawnTransition } from "cano/graph";
import type { Machine, Node, TaskNode } from "../model/machine.js";

/** What `cano-gen graph --format json` prints. Members may be added under the same `version`, none is removed or changes its meaning. */
export interface GraphReport {
  readonly version: 1;
  readonly workflows: readonly GraphJson[];
}

/** One machine; states are named as the state set names its members. It is what pictures are drawn of. */
export interface GraphJson extends Drawing {
  readonly states: readonly GraphState[];
}

/** A state, and what is bound to it. */
export type GraphState = { readonly name: string; readonly value: string | number } & (
  | { readonly kind: "exit"; readonly reachable: boolean }
  | {
      readonly kind: TaskNode["kind"];
      readonly task: string;
      readonly retry: boolean;
      readonly attemptTimeout: boolean;
      readonly synchronous: boolean;
    }
  | { readonly kind: "split"; readonly branches: readonly string[] | "dynamic"; readonly join: string }
);

/** Renders `machines` as indented JSON with a line end. */
export function renderGraphJson(machines: readonly Machine[]): string {
  const report: GraphReport = { version: 1, workflows: machines.map(buildGraphJson) };
  return JSON.stringify(report, null, 2) + "\n";
}

/** Makes the description of one machine. */
export function buildGraphJson(machine: Machine): GraphJson {
  const nameOf = (index: number): string => machine.nodes[index]?.name ?? String(index);
  return {
    name: machine.name,
    durable: machine.durable,
    initial: machine.initial.map(nameOf),
    states: machine.nodes.map(buildState),
    transitions: machine.nodes.flatMap((node) => listTransitions(node, nameOf)),
  };
}

function listTransitions(node: Node, nameOf: (index: number) => string): readonly DrawnTransition[] {
  switch (node.kind) {
    case "exit":
      return [];
    case "split":
      return [{ from: node.name, to: nameOf(node.next), carries: node.handsOn ? "joined" : "nothing", by: "method" }];
    default:
      return node.targets.map(({ to, carries, by }) => ({
        from: node.name,
        to: nameOf(to),
        carries: carries ? "input" : "nothing",
        by,
      }));
  }
}

function buildState(node: Node): GraphState {
  const { name, value } = node;
  switch (node.kind) {
    case "exit":
      return { name, value, kind: node.kind, reachable: node.reachable };
    case "split":
      return { name, value, kind: node.kind, branches: node.branches, join: node.join };
    default:
      return {
        name,
        value,
        kind: node.kind,
        task: node.task,
        retry: node.retry,
        attemptTimeout: node.attemptTimeout,
        synchronous: node.synchronous,
      };
  }
}
