/** Draws a machine in Graphviz' DOT language. Kinds differ in shape, so that nothing depends on colour. */

import type { Machine, Node } from "../model/machine.js";
import { edgeLabel, type GraphEdge, labelLines, listEdges } from "./edges-of.js";

/**
 * Renders `machine`: a point leads to each initial state; a task is a box, one that can be undone a parallelogram, a router a diamond, a poll a hexagon, a timer an oval, a batch
 * a stack, a stepped task a tab, a stream a cylinder, a split a component, an exit a double octagon. A dashed arrow hands over an input or joined results.
 */
export function renderDot(machine: Machine): string {
  const lines = [
    `digraph ${quote(machine.name)} {`,
    ...machine.nodes.map((node, index) => `  s${index} [shape=${shapes[node.kind]}, label=${quote(...labelLines(node))}];`),
    ...machine.initial.flatMap((to, index) => [`  start${index} [shape=point, label=""];`, `  start${index} -> s${to};`]),
    ...listEdges(machine).map(renderEdge),
    "}",
  ];
  return lines.join("\n") + "\n";
}

const shapes: Readonly<Record<Node["kind"], string>> = {
  task: "box",
  router: "diamond",
  compensatable: "parallelogram",
  poll: "hexagon",
  timer: "oval",
  batch: "box3d",
  stepped: "tab",
  stream: "cylinder",
  split: "component",
  exit: "doubleoctagon",
};

function renderEdge(edge: GraphEdge): string {
  const label = edgeLabel(edge);
  const style = edge.carries === "nothing" ? "" : "style=dashed, ";
  return `  s${edge.from} -> s${edge.to}${label === "" ? "" : ` [${style}label=${quote(label)}]`};`;
}

/** A quoted string of DOT; between two lines stands its own mark for a line end. */
function quote(...lines: readonly string[]): string {
  return `"${lines.map((line) => line.replace(/[\\"]/g, "\\$&").replace(/\s/g, " ")).join("\\n")}"`;
}
