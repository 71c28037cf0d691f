/** Draws a machine as a Mermaid flowchart. Kinds differ in shape, so that nothing depends on colour. */

import type { Machine, Node } from "../model/machine.js";
import { edgeLabel, type GraphEdge, labelLines, listEdges } from "./edges-of.js";

/**
 * Renders `machine`: a dot leads to each initial state; a task is a box, one that can be undone a parallelogram that leans back, a router a diamond, a
 * poll a hexagon, a timer a box with round sides, a batch a parallelogram, a stepped task a trapezoid, a stream a cylinder, a split a box with double sides, an exit a double circle. A dashed arrow hands over an input or joined results.
 */
export function renderMermaid(machine: Machine): string {
  const lines = [
    "flowchart TD",
    ...machine.nodes.map((node, index) => `  s${index}${shape(node)}`),
    ...machine.initial.flatMap((to, index) => [`  start${index}((" "))`, `  start${index} --> s${to}`]),
    ...listEdges(machine).map(renderEdge),
  ];
  return lines.join("\n") + "\n";
}

function shape(node: Node): string {
  const label = `"${labelLines(node).map(escape).join("<br/>")}"`;
  const [left, right] = SHAPES[node.kind];
  return left + label + right;
}

const SHAPES: Readonly<Record<Node["kind"], readonly [left: string, right: string]>> = {
  task: ["[", "]"],
  router: ["{", "}"],
  compensatable: ["[\\", "\\]"],
  poll: ["{{", "}}"],
  timer: ["([", "])"],
  batch: ["[/", "/]"],
  stepped: ["[/", "\\]"],
  stream: ["[(", ")]"],
  split: ["[[", "]]"],
  exit: ["(((", ")))"],
};

function renderEdge(edge: GraphEdge): string {
  const label = edgeLabel(edge);
  const arrow = edge.carries !== "nothing" ? `-. ${label} .->` : label === "" ? "-->" : `-- ${label} -->`;
  return `  s${edge.from} ${arrow} s${edge.to}`;
}

/** Mermaid reads HTML entities with `#` in the place of `&`; all that could mean something to it or to HTML is written so. */
function escape(text: string): string {
  return [...text]
    .map((character) => (/[\p{L}\p{N} _.,:()$-]/u.test(character) ? character : `#${character.codePointAt(0)};`))
    .join("");
}
