/** Rows of a card: texts and chips that stand side by side, centred, and know the room that they take before anything is drawn. */

import { drawIcon, ICON, type IconName } from "./icons.js";
import { lineHeight, type TextLine, type TextStyle, textWidth } from "./text-line.js";
import { element, round } from "./xml.js";

/** Something in a row. `draw` is given its left end and its middle height. */
export interface Piece {
  readonly width: number;
  readonly height: number;
  readonly draw: (left: number, middle: number) => Drawn;
}

/** What was drawn: shapes below, texts on top. */
export interface Drawn {
  readonly art: readonly string[];
  readonly lines: readonly TextLine[];
}

/** Pieces side by side. */
export interface Row extends Piece {
  /** The room above it, in pixels. */
  readonly above: number;
}

/** A text on its own. */
export function textPiece(text: string, style: TextStyle): Piece {
  const width = textWidth(text, style);
  return {
    width,
    height: lineHeight(style),
    draw: (left, middle) => ({ art: [], lines: [{ x: round(left + width / 2), y: round(middle), text, style }] }),
  };
}

/** An icon on its own. */
export function iconPiece(icon: IconName): Piece {
  return {
    width: ICON,
    height: ICON,
    draw: (left, middle) => ({ art: [drawIcon(icon, left, middle - ICON / 2)], lines: [] }),
  };
}

/** What a chip looks like: a class of the style sheet. */
export type ChipLook = "plain" | "dashed" | "branch" | "computed" | "visits" | "finished" | "failed" | "standing";

const COLOURED: readonly ChipLook[] = ["visits", "finished", "failed", "standing"];

/** A text in a frame with round ends, after an icon if there is one. */
export function chipPiece(label: string, look: ChipLook, icon?: IconName): Piece {
  const before = icon === undefined ? 7 : 6 + ICON + 3;
  const wide = textWidth(label, "chip");
  const width = Math.ceil(before + wide + 7);
  const height = 18;
  return {
    width,
    height,
    draw: (left, middle) => ({
      art: [
        element(
          "g",
          { class: `chip ${look}` },
          element("rect", { x: left, y: middle - height / 2, width, height, rx: height / 2 }),
          ...(icon === undefined ? [] : [drawIcon(icon, left + 6, middle - ICON / 2)]),
        ),
      ],
      lines: [
        { x: round(left + before + wide / 2), y: round(middle), text: label, style: "chip", onColour: COLOURED.includes(look) },
      ],
    }),
  };
}

/** Puts pieces side by side, `gap` pixels apart. */
export function buildRow(pieces: readonly Piece[], above: number, gap: number): Row {
  const width = pieces.reduce((sum, piece) => sum + piece.width, 0) + gap * Math.max(0, pieces.length - 1);
  return {
    above,
    width,
    height: Math.max(0, ...pieces.map(({ height }) => height)),
    draw: (left, middle) => {
      let at = left;
      const drawn = pieces.map((piece) => {
        const here = at;
        at += piece.width + gap;
        return piece.draw(here, middle);
      });
      return mergeDrawn(drawn);
    },
  };
}

/** Puts pieces into as many rows as they need, none wider than `limit` pixels unless it holds a single piece. */
export function flowRows(pieces: readonly Piece[], limit: number, above: number, gap: number): readonly Row[] {
  const rows: Piece[][] = [];
  let taken = 0;
  for (const piece of pieces) {
    const row = rows.at(-1);
    taken += gap + piece.width;
    if (row !== undefined && taken <= limit) row.push(piece);
    else {
      rows.push([piece]);
      taken = piece.width;
    }
  }
  return rows.map((row, place) => buildRow(row, place === 0 ? above : gap, gap));
}

/** Several drawings as one. */
export function mergeDrawn(drawn: readonly Drawn[]): Drawn {
  return { art: drawn.flatMap(({ art }) => art), lines: drawn.flatMap(({ lines }) => lines) };
}
