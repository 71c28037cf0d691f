/** Reachability in a graph. */

import type { Graph } from "./graph.js";

/** Lists, as a set, the nodes that can be reached from `starts`, the starts themselves included. */
export function findReachable(graph: Graph, starts: Iterable<number>): ReadonlySet<number> {
  const reached = new Set(starts);
  // A set also visits what is added to it while it is walked.
  for (const node of reached) {
    for (const successor of graph[node] ?? []) reached.add(successor);
  }
  return reached;
}
