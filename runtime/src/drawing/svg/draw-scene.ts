/** A scene as SVG: lines below, cards on top, each with a title that says in words what it shows. */

import type { Drawing } from "../drawing.js";
import { describeState, describeThread } from "./describe.js";
import type { Point, Route } from "./route.js";
import { DOT, type PlacedCard, type PlacedEntry, type PlacedThread, type Scene } from "./scene.js";
import { lineHeight, renderLine, textWidth } from "./text-line.js";
import type { Thread } from "./threads.js";
import { element, textElement, translate } from "./xml.js";

/** Draws a scene whose left upper corner is at 0, 0. */
export function drawScene({ cards, threads, entries }: Scene, { states }: Drawing): readonly string[] {
  const nameOf = (place: number): string => states[place]?.name ?? "";
  return [
    ...entries.map(drawEntry),
    ...threads.map((placed) => drawThread(placed, nameOf)),
    ...threads.flatMap(drawLabel),
    ...cards.map(drawCard),
  ];
}

function drawEntry({ dot, route, crossings }: PlacedEntry): string {
  return element(
    "g",
    { class: `entry${lookOf(crossings)}` },
    ...drawRoute(route),
    element("circle", { class: "dot", cx: dot.x, cy: dot.y, r: DOT }),
  );
}

function drawThread({ thread, route }: PlacedThread, nameOf: (place: number) => string): string {
  return element(
    "g",
    { class: `thread ${thread.by}${lookOf(thread.crossings)}` },
    textElement("title", {}, describeThread(thread, nameOf)),
    ...drawRoute(route),
    ...drawBead(thread, route.begin),
  );
}

function drawRoute({ line, head }: Route): readonly string[] {
  return [element("path", { class: "line", d: line }), element("path", { class: "head", d: head })];
}

/** The class of what a run passed so often; none when no run is shown. */
function lookOf(times: number | undefined): string {
  return times === undefined ? "" : times > 0 ? " walked" : " away";
}

/** What travels along is a bead on the line: full for an input or joined results, hollow where there may be one. */
export function drawBead({ carries }: Pick<Thread, "carries">, { x, y }: Point): readonly string[] {
  if (carries === "nothing") return [];
  return [element("circle", { class: carries === "either" ? "bead hollow" : "bead", cx: x, cy: y, r: 3.2 })];
}

function drawLabel({ label, thread, route: { label: at } }: PlacedThread): readonly string[] {
  if (at === undefined) return [];
  const width = textWidth(label, "note") + 6;
  const height = lineHeight("note");
  return [
    element(
      "g",
      { class: `label${lookOf(thread.crossings)}` },
      element("rect", { class: "under", x: at.x - width / 2, y: at.y - height / 2, width, height }),
      renderLine({ ...at, text: label, style: "note" }),
    ),
  ];
}

function drawCard(card: PlacedCard): string {
  const { state, passage, x, y, width, height, art, lines } = card;
  const stopped = passage?.end === "failed" ? " stopped" : "";
  return element(
    "g",
    { class: `state ${state.kind}${lookOf(passage?.visits)}${stopped}`, transform: translate(x - width / 2, y - height / 2) },
    textElement("title", {}, describeState(card)),
    ...art,
    ...lines.map(renderLine),
  );
}
