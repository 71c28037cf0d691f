/** Graphs and the algorithms on them, against naive ones. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findComponents } from "./components.js";
import { findCycle } from "./cycle.js";
import { buildReverse, buildSubgraph, type Graph } from "./graph.js";
import { findReachable } from "./reachable.js";

const graphs = fc
  .integer({ min: 1, max: 8 })
  .chain((size) => fc.array(fc.uniqueArray(fc.nat(size - 1), { maxLength: 3 }), { minLength: size, maxLength: size }));

/** Tells for each pair of nodes whether a path of at least one edge leads from the first to the second. */
function closureOf(graph: Graph): (from: number, to: number) => boolean {
  const nodes = [...graph.keys()];
  const pairs = new Set(graph.flatMap((successors, from) => successors.map((to) => `${from} ${to}`)));
  const leads = (from: number, to: number): boolean => pairs.has(`${from} ${to}`);
  for (const via of nodes) {
    for (const from of nodes.filter((node) => leads(node, via))) {
      for (const to of nodes.filter((node) => leads(via, node))) pairs.add(`${from} ${to}`);
    }
  }
  return leads;
}

describe("findReachable", () => {
  it("includes the starts, and nothing that only leads to them", () => {
    expect([...findReachable([[1], [], [0]], [0])]).toEqual([0, 1]);
    expect([...findReachable([[1], []], [])]).toEqual([]);
  });

  it("agrees with the closure", () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const leads = closureOf(graph);
        const expected = [...graph.keys()].filter((node) => node === 0 || leads(0, node));
        expect([...findReachable(graph, [0])].sort()).toEqual(expected);
      }),
    );
  });
});

describe("findComponents", () => {
  it.each([
    ["a chain", [[1], [2], []], [[0], [1], [2]]],
    ["a cycle with a tail", [[1], [2], [0, 3], []], [[0, 1, 2], [3]]],
    ["two cycles that share a node", [[1], [0, 2], [1]], [[0, 1, 2]]],
    ["nothing", [], []],
  ])("%s", (_, graph, components) => {
    expect(findComponents(graph)).toEqual(components);
  });

  it("agrees with the closure", () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const leads = closureOf(graph);
        const together = (a: number, b: number): boolean => a === b || (leads(a, b) && leads(b, a));
        const components = [...graph.keys()].map((node) => [...graph.keys()].filter((other) => together(node, other)));
        expect(findComponents(graph)).toEqual(components.filter(([first], node) => first === node));
      }),
    );
  });

  it("takes a chain of any length", () => {
    const chain = Array.from({ length: 50_000 }, (_, node) => (node < 49_999 ? [node + 1] : []));
    expect(findComponents(chain)).toHaveLength(50_000);
  });
});

describe("findCycle", () => {
  it("finds a shortest one, or none", () => {
    expect(findCycle([[1], [2], [0, 1]], 0)).toEqual([0, 1, 2]);
    expect(findCycle([[1, 0], [0]], 0)).toEqual([0]);
    expect(findCycle([[1], [1]], 0)).toBeUndefined();
  });

  it("finds one wherever the closure has one, along edges", () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const cycle = findCycle(graph, 0);
        expect(cycle !== undefined).toBe(closureOf(graph)(0, 0));
        cycle?.forEach((node, place) => expect(graph[node]).toContain(cycle[(place + 1) % cycle.length]));
      }),
    );
  });
});

describe("buildReverse and buildSubgraph", () => {
  it("turn edges round, and cut nodes off", () => {
    expect(buildReverse([[1, 2], [2], []])).toEqual([[], [0], [0, 1]]);
    expect(buildSubgraph([[1, 2], [2], [0]], (node) => node !== 1)).toEqual([[2], [], [0]]);
  });

  it("twice round is the same graph", () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const sorted = graph.map((successors) => [...successors].sort((a, b) => a - b));
        expect(buildReverse(buildReverse(graph))).toEqual(sorted);
      }),
    );
  });
});
