/** What the marks of a picture mean: those that occur in it, and no others. */

import type { Drawing, DrawnState } from "../drawing.js";
import { drawBead } from "./draw-scene.js";
import { drawIcon, ICON, type IconName } from "./icons.js";
import { drawOutline } from "./outline.js";
import type { Scene } from "./scene.js";
import { renderLine, textWidth } from "./text-line.js";
import { element, round, translate } from "./xml.js";

/** A legend, drawn from 0, 0. */
export interface Legend {
  readonly height: number;
  readonly art: readonly string[];
}

interface Entry {
  readonly text: string;
  /** Draws the mark into a place of `MARK` pixels that begins at 0, 0. */
  readonly draw: () => readonly string[];
}

const MARK = { width: 28, height: 16 } as const;
const GAP = { mark: 7, entry: 22, row: 8 } as const;

/** Builds the legend of a picture, in as many columns as fit into `width` pixels. */
export function buildLegend(drawing: Drawing, scene: Scene, width: number): Legend {
  const entries = listEntries(drawing, scene);
  const column = MARK.width + GAP.mark + Math.max(0, ...entries.map(({ text }) => textWidth(text, "note"))) + GAP.entry;
  const columns = Math.max(1, Math.floor((width + GAP.entry) / column));
  const step = MARK.height + GAP.row;
  const art = entries.map(({ text, draw }, place) =>
    element(
      "g",
      { transform: translate((place % columns) * column, Math.floor(place / columns) * step) },
      ...draw(),
      renderLine({ x: round(MARK.width + GAP.mark + textWidth(text, "note") / 2), y: MARK.height / 2, text, style: "note" }),
    ),
  );
  return { height: Math.ceil(entries.length / columns) * step - GAP.row, art };
}

function listEntries({ states, durable }: Drawing, { entries, threads }: Scene): readonly Entry[] {
  const has = (kind: DrawnState["kind"]): boolean => states.some((state) => state.kind === kind);
  const carries = new Set(threads.map(({ thread }) => thread.carries));
  const all: readonly (Entry | false)[] = [
    entries.length > 0 && { text: "start", draw: drawBegin },
    has("exit") && { text: "exit", draw: () => shape("exit") },
    has("router") && { text: "router", draw: () => shape("router") },
    has("split") && { text: "split and join", draw: () => shape("split") },
    has("compensatable") && { text: "can be undone", draw: () => icon("undo") },
    durable && { text: "stored at entry", draw: () => icon("stored") },
    carries.has("input") && { text: "carries an input", draw: () => drawWay("input") },
    carries.has("joined") && !carries.has("input") && { text: "carries the results", draw: () => drawWay("joined") },
    carries.has("either") && { text: "with or without input", draw: () => drawWay("either") },
    threads.some(({ thread }) => thread.by === "fallback") && { text: "fallback", draw: () => drawWay("nothing", "fallback") },
  ];
  return all.filter((entry) => entry !== false);
}

function drawBegin(): readonly string[] {
  return [element("circle", { class: "dot", cx: 6, cy: 8, r: 4.5 }), ...drawArrow(11)];
}

function drawWay(carries: Parameters<typeof drawBead>[0]["carries"], look = ""): readonly string[] {
  return [element("g", { class: look }, ...drawArrow(1), ...drawBead({ carries }, { x: 8, y: 8 }))];
}

function drawArrow(from: number): readonly string[] {
  return [element("path", { class: "line", d: `M${from} 8H20` }), element("path", { class: "head", d: "M28 8l-8 -4v8z" })];
}

function shape(kind: DrawnState["kind"]): readonly string[] {
  return [element("g", { class: kind }, ...drawOutline(kind, MARK.width, MARK.height))];
}

function icon(name: IconName): readonly string[] {
  return [drawIcon(name, MARK.width - ICON - 4, (MARK.height - ICON) / 2)];
}
