/** Draws a workflow in Graphviz' DOT language. Kinds differ in shape, so that nothing depends on colour. */

import type { Drawing, DrawnState, DrawnTransition } from "./drawing.js";
import { labelLines, placesOf, transitionLabel } from "./labels.js";
import { requireDrawing } from "./require-drawing.js";

/**
 * Renders a drawing: a point leads to each initial state; a task is a box, one that can be undone a parallelogram, a router a diamond, a poll a hexagon, a timer an oval, a batch
 * a stack, a stepped task a tab, a stream a cylinder, a split a component, an exit a double octagon. A dashed arrow hands over an input or joined results.
 */
export function renderDot(drawing: Drawing): string {
  requireDrawing(drawing);
  const { name, initial, states, transitions } = drawing;
  const placeOf = placesOf(states);
  const lines = [
    `digraph ${quote(name)} {`,
    ...states.map((state) => `  ${placeOf(state.name)} [shape=${SHAPES[state.kind]}, label=${quote(...labelLines(state))}];`),
    ...initial.flatMap((to, index) => [`  start${index} [shape=point, label=""];`, `  start${index} -> ${placeOf(to)};`]),
    ...transitions.map((transition) => renderTransition(transition, placeOf)),
    "}",
  ];
  return lines.join("\n") + "\n";
}

const SHAPES: Readonly<Record<DrawnState["kind"], string>> = {
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

function renderTransition(transition: DrawnTransition, placeOf: (name: string) => string): string {
  const label = transitionLabel(transition);
  const style = transition.carries === "nothing" ? "" : "style=dashed, ";
  return `  ${placeOf(transition.from)} -> ${placeOf(transition.to)}${label === "" ? "" : ` [${style}label=${quote(label)}]`};`;
}

/**
 * A quoted string of DOT; between two lines stands its own mark for a line end. Graphviz reads the entities of HTML in it, and a character that has no
 * look of its own, as the one that ends its strings, becomes the mark for a character that cannot be shown.
 */
function quote(...lines: readonly string[]): string {
  return `"${lines.map(escape).join("\\n")}"`;
}

function escape(text: string): string {
  return text
    .replace(/[\\"]/g, "\\$&")
    .replace(/\s/g, " ")
    .replace(/\p{Cc}/gu, "\u{FFFD}")
    .replace(/&(?=#?\w+;)/g, "&amp;");
}
