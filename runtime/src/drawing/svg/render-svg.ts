/** Draws a workflow as SVG that needs no script, no font and no other file, with the way of a run on it if there is one. */

import type { Drawing, DrawingOptions } from "../drawing.js";
import { requireDrawing } from "../require-drawing.js";
import { describeDrawing } from "./describe.js";
import { drawScene } from "./draw-scene.js";
import { buildLegend } from "./legend.js";
import { loadDagre } from "./load-dagre.js";
import { buildScene } from "./scene.js";
import { renderStyleSheet } from "./style-sheet.js";
import { type TextLine, renderLine, textWidth } from "./text-line.js";
import { element, round, textElement, translate } from "./xml.js";

const MARGIN = 24;
const CAPTION = 52;
const LEGEND_GAP = 28;
const NARROWEST = 340;

/**
 * Renders a drawing; the same drawing gives the same bytes. An exit has a double border, a router pointed sides, a split bars where its branches begin and meet; a dot leads to each
 * initial state, a bead on an arrow hands over an input. What else there is to a state is a chip on it, what is stored has a small cylinder; a legend names the marks that occur.
 * Light or dark as the reader's system is. Rejects with `configuration` (CANO7022) where `@dagrejs/dagre` is not installed.
 */
export async function renderSvg(drawing: Drawing, { walk }: DrawingOptions = {}): Promise<string> {
  requireDrawing(drawing);
  const scene = buildScene(await loadDagre(), drawing, walk);
  const summary = describeDrawing(drawing, walk, scene.tally);
  const inner = Math.max(scene.width, NARROWEST, textWidth(drawing.name, "heading"), textWidth(summary, "note"));
  const legend = buildLegend(drawing, scene, inner);
  const width = Math.ceil(inner + 2 * MARGIN);
  const below = MARGIN + CAPTION + scene.height + LEGEND_GAP;
  const height = Math.ceil(below + legend.height + MARGIN);
  return (
    element(
      "svg",
      { xmlns: "http://www.w3.org/2000/svg", class: "cano-graph", role: "img", width, height, viewBox: `0 0 ${width} ${height}` },
      textElement("title", {}, `Workflow ${drawing.name}`),
      textElement("desc", {}, summary),
      `<style>\n${renderStyleSheet()}\n</style>`,
      element("rect", { class: "paper", width, height, rx: 12 }),
      renderLine(startingAt(MARGIN, MARGIN + 9, drawing.name, "heading")),
      renderLine(startingAt(MARGIN, MARGIN + 30, summary, "note")),
      element("g", { transform: translate(MARGIN + (inner - scene.width) / 2, MARGIN + CAPTION) }, ...drawScene(scene, drawing)),
      element("g", { class: "legend", transform: translate(MARGIN, below) }, ...legend.art),
    ) + "\n"
  );
}

function startingAt(left: number, y: number, text: string, style: TextLine["style"]): TextLine {
  return { x: round(left + textWidth(text, style) / 2), y, text, style };
}
