/** A graph as plain lists of numbers, and what turns a draft into one. The algorithms are in files of their own. */

import type { Draft } from "./draft.js";

/** The successors of each node, by its place in the list. */
export type Graph = readonly (readonly number[])[];

/** Builds the graph of a draft's known edges: each successor once, in ascending order. */
export function buildGraph(draft: Draft): Graph {
  return draft.states.map((state) => [...new Set(state.edges.map((edge) => edge.to))].sort((a, b) => a - b));
}

/** Builds the graph with every edge turned round. */
export function buildReverse(graph: Graph): Graph {
  const reverse: number[][] = graph.map(() => []);
  graph.forEach((successors, node) => {
    for (const successor of successors) reverse[successor]!.push(node);
  });
  return reverse;
}

/** Builds the graph with the nodes that `keeps` refuses cut off from all others; numbers stay. */
export function buildSubgraph(graph: Graph, keeps: (node: number) => boolean): Graph {
  return graph.map((successors, node) => (keeps(node) ? successors.filter(keeps) : []));
}
