/** Machines as JSON for other tools: states and transitions by name, no paths of the machine that made it. */

import type { Machine, Node, TaskNode } from "../model/machine.js";
import { type GraphEdge, listEdges } from "./edges-of.js";

/** What `cano-gen graph --format json` prints. Members may be added under the same `version`, none is removed or changes its meaning. */
export interface GraphReport {
  readonly version: 1;
  readonly workflows: readonly GraphJson[];
}

/** One machine; states are named as the state set names its members. */
export interface GraphJson {
  readonly name: string;
  readonly initial: readonly string[];
  readonly states: readonly GraphState[];
  readonly transitions: readonly ({ readonly from: string; readonly to: string } & Pick<GraphEdge, "carries" | "by">)[];
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
  const report: GraphReport = { version: 1, workflows: machines.map(buildGraph) };
  return JSON.stringify(report, null, 2) + "\n";
}

function buildGraph(machine: Machine): GraphJson {
  const nameOf = (index: number): string => machine.nodes[index]?.name ?? String(index);
  return {
    name: machine.name,
    initial: machine.initial.map(nameOf),
    states: machine.nodes.map(buildState),
    transitions: listEdges(machine).map(({ from, to, carries, by }) => ({ from: nameOf(from), to: nameOf(to), carries, by })),
  };
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
