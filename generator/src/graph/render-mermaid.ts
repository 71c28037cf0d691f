/** Draws a machine as a Mermaid flowchart. Kinds differ in shape, so that nothing depends on colour. */

import type { Machine, Node } from "../model/machine.js";
import { type GraphEdge, labelLines, listEdges } from "./edges-of.js";

/**
 * Renders `machine`: a dot leads to each initial state; a task is a box, a router a diamond, a split a box with double sides, an exit a
 * double circle. A dashed arrow hands over an input or joined results.
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
  switch (node.kind) {
    case "task":
      return `[${label}]`;
    case "router":
      return `{${label}}`;
    case "split":
      return `[[${label}]]`;
    case "exit":
      return `(((${label})))`;
  }
}

function renderEdge({ from, to, carries }: GraphEdge): string {
  return `  s${from} ${carries === "nothing" ? "-->" : `-. ${carries} .->`} s${to}`;
}

/** Mermaid reads HTML entities with `#` in the place of `&`; all that could mean something to it or to HTML is written so. */
function escape(text: string): string {
  return [...text]
    .map((character) => (/[\p{L}\p{N} _.,:()$-]/u.test(character) ? character : `#${character.codePointAt(0)};`))
    .join("");
}
