/** Draws a workflow as a Mermaid flowchart. Kinds differ in shape, so that nothing depends on colour. */

import type { Drawing, DrawnState, DrawnTransition } from "./drawing.js";
import { labelLines, placesOf, transitionLabel } from "./labels.js";

/**
 * Renders a drawing: a dot leads to each initial state; a task is a box, one that can be undone a parallelogram that leans back, a router a diamond, a
 * poll a hexagon, a timer a box with round sides, a batch a parallelogram, a stepped task a trapezoid, a stream a cylinder, a split a box with double sides, an exit a double circle. A dashed arrow hands over an input or joined results.
 */
export function renderMermaid({ initial, states, transitions }: Drawing): string {
  const placeOf = placesOf(states);
  const lines = [
    "flowchart TD",
    ...states.map((state) => `  ${placeOf(state.name)}${shape(state)}`),
    ...initial.flatMap((to, index) => [`  start${index}((" "))`, `  start${index} --> ${placeOf(to)}`]),
    ...transitions.map((transition) => renderTransition(transition, placeOf)),
  ];
  return lines.join("\n") + "\n";
}

function shape(state: DrawnState): string {
  const label = `"${labelLines(state).map(escape).join("<br/>")}"`;
  const [left, right] = SHAPES[state.kind];
  return left + label + right;
}

const SHAPES: Readonly<Record<DrawnState["kind"], readonly [left: string, right: string]>> = {
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

function renderTransition(transition: DrawnTransition, placeOf: (name: string) => string): string {
  const label = transitionLabel(transition);
  const arrow = transition.carries !== "nothing" ? `-. ${label} .->` : label === "" ? "-->" : `-- ${label} -->`;
  return `  ${placeOf(transition.from)} ${arrow} ${placeOf(transition.to)}`;
}

/** Mermaid reads HTML entities with `#` in the place of `&`; all that could mean something to it or to HTML is written so. */
function escape(text: string): string {
  return [...text]
    .map((character) => (/[\p{L}\p{N} _.,:()$-]/u.test(character) ? character : `#${character.codePointAt(0)};`))
    .join("");
}
