/** What all pictures of a machine share: its transitions in order, and the lines of a node's label. */

import type { Machine, Node } from "../model/machine.js";

/** A transition between two places of `machine.nodes`. */
export interface GraphEdge {
  readonly from: number;
  readonly to: number;
  /** What travels along: nothing, an input made by `to()`, or the joined results of a split. */
  readonly carries: "nothing" | "input" | "joined";
  /** Whether a task goes there by its methods, or only its fallback does. */
  readonly by: "method" | "fallback";
}

/** Lists the transitions, in the order of their states. */
export function listEdges(machine: Machine): GraphEdge[] {
  return machine.nodes.flatMap((node, from): GraphEdge[] => {
    switch (node.kind) {
      case "exit":
        return [];
      case "split":
        return [{ from, to: node.next, carries: node.handsOn ? "joined" : "nothing", by: "method" }];
      default:
        return node.targets.map(({ to, carries, by }) => ({ from, to, carries: carries ? "input" : "nothing", by }));
    }
  });
}

/** What is written at a transition: what it carries, and whether it is a fallback; empty for an ordinary bare one. */
export function edgeLabel({ carries, by }: GraphEdge): string {
  return [...(carries === "nothing" ? [] : [carries]), ...(by === "fallback" ? [by] : [])].join(", ");
}

/** The lines of a node's label: its state, then what runs there. */
export function labelLines(node: Node): string[] {
  switch (node.kind) {
    case "exit":
      return [node.name];
    case "split":
      return [
        node.name,
        node.branches === "dynamic" ? "split into computed branches" : `split: ${node.branches.join(", ")}`,
        `join: ${node.join}`,
      ];
    case "task":
    case "router":
      return node.task === node.name ? [node.name] : [node.name, node.task];
    default:
      return [node.name, `${node.kind}: ${node.task}`];
  }
}
