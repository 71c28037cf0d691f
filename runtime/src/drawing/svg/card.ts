/** The card of a state: what stands on it, row by row, and the outline that tells its kind. Where it stands in the picture is decided elsewhere. */

import type { DrawnState } from "../drawing.js";
import { ENDED } from "../labels.js";
import type { Figure } from "./figures.js";
import { drawOutline, insetOf, recessOf } from "./outline.js";
import { LOOP_HALF } from "./route.js";
import { buildRow, chipPiece, type Drawn, flowRows, iconPiece, mergeDrawn, type Piece, type Row, textPiece } from "./row.js";
import type { Passage } from "../tally-walk.js";
import { wrapText } from "./wrap-text.js";

/** A card, drawn from its own left upper corner; sizes in pixels. */
export interface Card extends Drawn {
  readonly width: number;
  readonly height: number;
  /** How much of its upper and lower side no arrow may touch, at either end. */
  readonly inset: number;
  /** How far its right side is from its width where a link to itself begins and ends. */
  readonly recess: number;
}

// A name is broken beyond this width; a row of chips as well.
const WIDEST = 190;
const PADDING = { x: 14, y: 9 } as const;
// What the bars of a split take of it, above and below.
const BAR = 4;
const NARROWEST = 72;
// More branches, by their classes, are only counted.
const MOST_BRANCHES = 12;

/** Builds the card of a figure; `durable` says whether its workflow's runs are stored. */
export function buildCard({ state, passage }: Figure, durable: boolean): Card {
  const stored = durable && state.kind !== "exit";
  const marks = flowRows([...kindMarks(state), ...passageMarks(passage)], WIDEST, 6, 5);
  const rows = [...titleRows(state, stored, passage), ...taskRows(state), ...branchRows(state), ...marks];
  const padding = PADDING.y + (state.kind === "split" ? BAR : 0);
  const height = 2 * padding + rows.reduce((sum, row) => sum + row.above + row.height, 0);
  const inset = insetOf(state.kind, height);
  // What is cut off or rounded at the sides is no room for text.
  const width = Math.ceil(Math.max(NARROWEST, ...rows.map((row) => row.width + 2 * PADDING.x)) + (inset > 8 ? inset : 0));
  let top = padding;
  const drawn = rows.map((row) => {
    const middle = top + row.above + row.height / 2;
    top += row.above + row.height;
    return row.draw((width - row.width) / 2, middle);
  });
  const { art, lines } = mergeDrawn(drawn);
  const recess = recessOf(state.kind, height, LOOP_HALF);
  return { width, height, inset, recess, art: [...drawOutline(state.kind, width, height), ...art], lines };
}

function titleRows({ name }: DrawnState, stored: boolean, passage: Passage | undefined): readonly Row[] {
  return wrapText(name, "title", WIDEST).map((line, place) => {
    const before = place === 0 && passage !== undefined && passage.visits > 0 ? [chipPiece(`${passage.visits}×`, "visits")] : [];
    const after = place === 0 && stored ? [iconPiece("stored")] : [];
    return buildRow([...before, textPiece(line, "title"), ...after], 0, 6);
  });
}

function taskRows(state: DrawnState): readonly Row[] {
  const text = "task" in state && state.task !== state.name ? state.task : undefined;
  if (text === undefined) return [];
  return wrapText(text, "task", WIDEST).map((line) => buildRow([textPiece(line, "task")], 0, 0));
}

function branchRows(state: DrawnState): readonly Row[] {
  if (state.kind !== "split") return [];
  if (state.branches === "dynamic") return [buildRow([chipPiece("computed branches", "computed")], 6, 0)];
  const counts = new Map<string, number>();
  for (const branch of state.branches) counts.set(branch, (counts.get(branch) ?? 0) + 1);
  const labels = [...counts].map(([branch, count]) => (count === 1 ? branch : `${branch} ×${count}`));
  const left = labels.length - MOST_BRANCHES;
  const shown = left > 0 ? [...labels.slice(0, MOST_BRANCHES), `and ${left} more`] : labels;
  return flowRows(
    shown.map((label) => chipPiece(label, "branch")),
    WIDEST + 60,
    6,
    5,
  );
}

function kindMarks(state: DrawnState): readonly Piece[] {
  switch (state.kind) {
    case "exit":
      return state.reachable ? [] : [chipPiece("never reached", "dashed")];
    case "split":
      return state.join === undefined ? [] : [chipPiece(`join: ${state.join}`, "plain", "join")];
    default:
      return [
        ...kindMark(state.kind),
        ...(state.retry === true ? [chipPiece("retry", "plain", "retry")] : []),
        ...(state.attemptTimeout === true ? [chipPiece("timeout", "plain", "timeout")] : []),
      ];
  }
}

function kindMark(kind: Exclude<DrawnState["kind"], "exit" | "split">): readonly Piece[] {
  switch (kind) {
    case "task":
    case "router":
      return [];
    case "compensatable":
      return [chipPiece("undo", "dashed", "undo")];
    default:
      return [chipPiece(kind, "plain", kind)];
  }
}

function passageMarks(passage: Passage | undefined): readonly Piece[] {
  return passage?.end === undefined ? [] : [chipPiece(ENDED[passage.end], passage.end, passage.end)];
}
