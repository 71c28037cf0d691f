/** The line of a link: straight through the ranks, bent between them, with the head of an arrow at its end. */

import { LOOP, type Size, type Stop } from "./arrange.js";
import type { Level, Levels } from "./levels.js";
import { round } from "./xml.js";

/** A point of the picture, in pixels. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A line that can be drawn. */
export interface Route {
  /** The path of the line, without its head. */
  readonly line: string;
  /** The path of the head. */
  readonly head: string;
  /** Near the box that it leaves, where that which travels along is drawn. */
  readonly begin: Point;
  /** The middle of the label, if it has one. */
  readonly label: Point | undefined;
}

// The head of an arrow, what is straight before it, and what is straight where a line begins, so that what travels along has a place.
const HEAD = 8;
const HALF = 4;
const STRAIGHT = 4;
const BEGIN = 9;
const START = 13;

/** Routes a link along `way`, from a box to another, given by their middles. */
export function routeLink(way: readonly Stop[], from: Point & Size, to: Point & Size, levels: Levels): Route {
  const sign = Math.sign(to.y - from.y);
  const leave = from.y + (sign * from.height) / 2;
  const reach = to.y - (sign * to.height) / 2;
  const columns = way.map(({ x, rank }, step) => {
    const { top, bottom } = levels.get(rank) ?? { top: leave, bottom: leave };
    const [enter, exit] = sign > 0 ? [top, bottom] : [bottom, top];
    if (step === 0) return { x, enter: leave, exit: exit + sign * START };
    return step === way.length - 1
      ? { x, enter: enter - sign * (HEAD + STRAIGHT), exit: reach - sign * HEAD }
      : { x, enter, exit };
  });
  const line = columns.map(({ x, enter, exit }, step) => {
    const before = columns[step - 1];
    return (before === undefined ? `M${point(x, enter)}` : bend(before.x, before.exit, x, enter)) + `V${round(exit)}`;
  });
  const labelled = way.find(({ label }) => label !== undefined);
  const [start, end] = [way[0]?.x ?? from.x, way.at(-1)?.x ?? to.x];
  return {
    line: line.join(""),
    head: `M${point(end, reach)}l${-HALF} ${-sign * HEAD}h${2 * HALF}z`,
    begin: { x: start, y: leave + sign * BEGIN },
    label: labelled && { x: labelled.x, y: middleOf(levels.get(labelled.rank)) },
  };
}

/** Routes a link from a box to itself, on its right; `recess` is how far its side is from its width where the link begins and ends. */
export function routeLoop(way: readonly Stop[], box: Point & Size, recess: number): Route {
  const right = box.x + box.width / 2;
  const [up, down] = [box.y - LOOP_HALF, box.y + LOOP_HALF];
  const far = right + LOOP;
  const labelled = way.find(({ label }) => label !== undefined);
  return {
    line: `M${point(right - recess, up)}C${point(far, up)} ${point(far, down)} ${point(right - recess + HEAD, down)}`,
    head: `M${point(right - recess, down)}l${HEAD} ${-HALF}v${2 * HALF}z`,
    begin: { x: right - recess + BEGIN, y: up + 0.5 },
    label: labelled && { x: labelled.x, y: box.y },
  };
}

/** How far above and below the middle of its box a link from a box to itself begins and ends, in pixels. */
export const LOOP_HALF = 9;

/** A line that leaves one column straight and enters another straight. */
function bend(fromX: number, fromY: number, toX: number, toY: number): string {
  if (round(fromX) === round(toX)) return "";
  const middle = (fromY + toY) / 2;
  return `C${point(fromX, middle)} ${point(toX, middle)} ${point(toX, toY)}`;
}

/** The middle of a rank. */
export function middleOf(level: Level | undefined): number {
  return level === undefined ? 0 : (level.top + level.bottom) / 2;
}

function point(x: number, y: number): string {
  return `${round(x)} ${round(y)}`;
}
