/** Strongly connected components of a graph, by Tarjan's algorithm without recursion, so that long chains cannot exhaust the stack. */

import type { Graph } from "./graph.js";

interface Visit {
  readonly node: number;
  /** How many successors have been followed. */
  followed: number;
}

/** Lists the components, each in ascending order, ordered by their first nodes. */
export function findComponents(graph: Graph): readonly (readonly number[])[] {
  const order = new Map<number, number>();
  const lowest = new Map<number, number>();
  const open: number[] = [];
  const isOpen = new Set<number>();
  const components: number[][] = [];

  const enter = (node: number): Visit => {
    order.set(node, order.size);
    lowest.set(node, order.size - 1);
    open.push(node);
    isOpen.add(node);
    return { node, followed: 0 };
  };
  const lower = (node: number, to: number): void => void lowest.set(node, Math.min(lowest.get(node)!, to));
  const close = (node: number): void => {
    const component = open.splice(open.lastIndexOf(node));
    for (const member of component) isOpen.delete(member);
    components.push(component.sort((a, b) => a - b));
  };
  const walk = (root: number): void => {
    const path = [enter(root)];
    for (let visit = path.at(-1); visit !== undefined; visit = path.at(-1)) {
      const successor = graph[visit.node]![visit.followed++];
      if (successor === undefined) {
        path.pop();
        const caller = path.at(-1);
        if (caller !== undefined) lower(caller.node, lowest.get(visit.node)!);
        if (lowest.get(visit.node) === order.get(visit.node)) close(visit.node);
      } else if (!order.has(successor)) path.push(enter(successor));
      else if (isOpen.has(successor)) lower(visit.node, order.get(successor)!);
    }
  };

  for (const root of graph.keys()) if (!order.has(root)) walk(root);
  return components.sort(([a], [b]) => a! - b!);
}
