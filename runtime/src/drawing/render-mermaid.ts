/** Draws a workflow as a Mermaid flowchart. Kinds differ in shape, so that nothing depends on colour. */

import type { Drawing, DrawingOptions, DrawnState, DrawnTransition } from "./drawing.js";
import { ENDED, labelLines, placesOf, transitionLabel } from "./labels.js";
import { type Passage, type Tally, tallyWalk } from "./tally-walk.js";
import { requireDrawing } from "./require-drawing.js";

/**
 * Renders a drawing: a dot leads to each initial state; a task is a box, one that can be undone a parallelogram that leans back, a router a diamond, a
 * poll a hexagon, a timer a box with round sides, a batch a parallelogram, a stepped task a trapezoid, a stream a cylinder, a split a box with double sides, an exit a double circle. A dashed arrow hands over an input or joined results.
 * With the way of a run, what it passed has thick lines and says how often where that is more than once, its last state says what became of it, and the rest is pale.
 */
export function renderMermaid(drawing: Drawing, { walk }: DrawingOptions = {}): string {
  requireDrawing(drawing);
  const { initial, states, transitions } = drawing;
  const placeOf = placesOf(states);
  const tally = walk && tallyWalk(walk, states);
  const lines = [
    "flowchart TD",
    ...states.map((state) => `  ${placeOf(state.name)}${shape(state, tally?.passages.get(state.name))}`),
    ...initial.flatMap((to, index) => [`  start${index}((" "))`, `  start${index} --> ${placeOf(to)}`]),
    ...transitions.map((transition) => renderTransition(transition, placeOf)),
    ...(tally === undefined ? [] : renderWay(tally, { initial, states, transitions }, placeOf)),
  ];
  return lines.join("\n") + "\n";
}

function shape(state: DrawnState, passage: Passage | undefined): string {
  const label = `"${[...labelLines(state), ...noteOf(passage)].map(escape).join("<br/>")}"`;
  const [left, right] = SHAPES[state.kind];
  return left + label + right;
}

/** What a run did in a state, as far as it is to be said. */
function noteOf(passage: Passage | undefined): readonly string[] {
  if (passage === undefined) return [];
  const { visits, end } = passage;
  const parts = [...(visits > 1 ? [`${visits}×`] : []), ...(end === undefined ? [] : [ENDED[end]])];
  return parts.length === 0 ? [] : [parts.join(", ")];
}

/** The looks of what a run passed, and of what it did not. */
function renderWay(
  { passages, crossings, strangers }: Tally,
  { initial, states, transitions }: Pick<Drawing, "initial" | "states" | "transitions">,
  placeOf: (name: string) => string,
): readonly string[] {
  const placesWhere = (isMeant: (passage: Passage | undefined) => boolean): string =>
    states.flatMap(({ name }) => (isMeant(passages.get(name)) ? [placeOf(name)] : [])).join(",");
  const classes = [
    ["away", "opacity:0.4", placesWhere((passage) => passage === undefined)],
    ["passed", "stroke-width:3px", placesWhere((passage) => passage !== undefined && passage.end === undefined)],
    ["last", "stroke-width:5px", placesWhere((passage) => passage?.end !== undefined)],
  ].filter(([, , places]) => places !== "");
  // Arrows are numbered in the order in which they are written, those to the initial states first.
  const byMethod = new Set(transitions.filter(({ by }) => by === "method").map(({ from, to }) => JSON.stringify([from, to])));
  // Where a method and a fallback lead to one state, the path does not tell which it was: it is the method's.
  const taken = transitions.flatMap(({ from, to, by }, at) =>
    crossings(from, to) > 0 && (by === "method" || !byMethod.has(JSON.stringify([from, to]))) ? [initial.length + at] : [],
  );
  return [
    ...classes.map(([name, style]) => `  classDef ${name} ${style}`),
    ...classes.map(([name, , places]) => `  class ${places} ${name}`),
    ...(taken.length === 0 ? [] : [`  linkStyle ${taken.join(",")} stroke-width:3px`]),
    ...strangers.map((state) => `  %% not in this machine: ${escape(state)}`),
  ];
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

/**
 * Mermaid reads HTML entities with `#` in the place of `&`; all that could mean something to it or to HTML is written so, and the spaces at the ends, which
 * it takes away.
 */
function escape(text: string): string {
  return text.replaceAll(/^ | $|[^\p{L}\p{N} _.,:()$-]/gu, (character) => `#${character.codePointAt(0)};`);
}
