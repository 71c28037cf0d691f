/** The outlines of cards: what kind of state it is, told by its shape. */

import type { DrawnState } from "../drawing.js";
import { element } from "./xml.js";

/** How much of the upper and lower side is not straight, at either end, in pixels. */
export function insetOf(kind: DrawnState["kind"], height: number): number {
  switch (kind) {
    case "router":
      return 14;
    case "exit":
      return Math.min(height / 2, 20);
    default:
      return 8;
  }
}

/** How far a card's side is from its width at `offset` pixels above or below its middle. */
export function recessOf(kind: DrawnState["kind"], height: number, offset: number): number {
  return kind === "router" ? (insetOf(kind, height) * offset) / (height / 2) : 0;
}

/** Draws the outline of a card: a router's sides are points, an exit's border is double, a split has bars where branches begin and meet. */
export function drawOutline(kind: DrawnState["kind"], width: number, height: number): readonly string[] {
  // In a legend it is much smaller than on a card.
  const inset = Math.min(insetOf(kind, height), width / 4);
  const size = { width, height };
  const bar = Math.min(5, height / 5);
  switch (kind) {
    case "router": {
      const d = `M${inset} 0H${width - inset}L${width} ${height / 2} ${width - inset} ${height}H${inset}L0 ${height / 2}z`;
      return [element("path", { class: "outline", d })];
    }
    case "exit":
      return [
        element("rect", { class: "outline", ...size, rx: inset }),
        element("rect", { class: "inner", x: 3.5, y: 3.5, width: width - 7, height: height - 7, rx: inset - 3.5 }),
      ];
    case "split":
      return [
        element("rect", { class: "outline", ...size, rx: 2 }),
        ...[0, height - bar].map((y) => element("rect", { class: "bar", x: -2, y, width: width + 4, height: bar, rx: bar / 2 })),
      ];
    default:
      return [element("rect", { class: "outline", ...size, rx: inset })];
  }
}
