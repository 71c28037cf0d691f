/** A shortest cycle through a node of a graph. */

import type { Graph } from "./graph.js";

/** Finds the nodes of a shortest cycle that begins with `start`, without naming it again at the end. */
export function findCycle(graph: Graph, start: number): readonly number[] | undefined {
  const paths: number[][] = [[start]];
  const seen = new Set([start]);
  // An array also visits what is pushed while it is walked: paths come in order of length.
  for (const path of paths) {
    for (const successor of graph[path.at(-1)!] ?? []) {
      if (successor === start) return path;
      if (seen.has(successor)) continue;
      seen.add(successor);
      paths.push([...path, successor]);
    }
  }
  return undefined;
}
