/** The graph of a generated module as a drawing. It knows kinds and targets; what only the generator knows is left out. */

import type { Graph, GraphState } from "../graph.js";
import { requireOptions } from "../errors/require-shape.js";
import type { Drawing, DrawnState } from "./drawing.js";
import { requireGraph } from "./require-drawing.js";

/** Makes a drawing of `graph`; `durable` says whether the workflow's runs are stored, which the graph does not. */
export function buildDrawing(graph: Graph, options: { readonly durable: boolean }): Drawing {
  requireGraph(graph);
  requireOptions("buildDrawing", options, { durable: 1 });
  const { durable } = options;
  const states: readonly (readonly [string, GraphState])[] = Object.entries(graph.states);
  const nameOf = (value: string | number): string => graph.states[value]?.name ?? String(value);
  return {
    name: graph.name,
    durable,
    initial: graph.initial.map(nameOf),
    states: states.map(([value, state]) => drawState(value, state)),
    transitions: states.flatMap(([, state]) =>
      state.kind === "exit"
        ? []
        : state.targets.map((to) => ({ from: state.name, to: nameOf(to), carries: "nothing", by: "method" }) as const),
    ),
  };
}

function drawState(value: string, state: GraphState): DrawnState {
  const { name } = state;
  switch (state.kind) {
    case "exit":
      return { name, value, kind: state.kind, reachable: true };
    case "split":
      return { name, value, kind: state.kind, branches: state.branches.length === 0 ? "dynamic" : state.branches };
    default:
      return { name, value, kind: state.kind, task: state.task };
  }
}
