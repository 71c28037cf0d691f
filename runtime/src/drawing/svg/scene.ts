/** A workflow laid out: every card, line and label with its place, as plain data. Knows where things are, not what they look like. */

import type { Drawing, Walk } from "../drawing.js";
import type { Link, Size } from "./arrange.js";
import { buildCard, type Card } from "./card.js";
import { type Figure, listFigures } from "./figures.js";
import { type Box, layOut } from "./lay-out.js";
import type { Dagre } from "./load-dagre.js";
import type { Point, Route } from "./route.js";
import { type Tally, tallyWalk } from "../tally-walk.js";
import { lineHeight, textWidth } from "./text-line.js";
import { listThreads, type Thread, threadLabel } from "./threads.js";

/** A picture without its caption and legend; the left upper corner is 0, 0. */
export interface Scene extends Size {
  readonly cards: readonly PlacedCard[];
  readonly threads: readonly PlacedThread[];
  readonly entries: readonly PlacedEntry[];
  readonly tally: Tally | undefined;
}

/** A card in its place: `x` and `y` are its middle. */
export interface PlacedCard extends Figure, Card, Point {}

/** A line in its place. */
export interface PlacedThread {
  readonly thread: Thread;
  readonly route: Route;
  /** Empty for most. */
  readonly label: string;
}

/** A dot before an initial state, by its middle, and the line from it. */
export interface PlacedEntry {
  readonly dot: Point;
  readonly route: Route;
  /** Whether the run that is shown began here, 1 or 0; undefined when none is. */
  readonly crossings: number | undefined;
}

/** The radius of a dot, in pixels. */
export const DOT = 6;

const DOT_BOX: Box = { width: 2 * DOT, height: 2 * DOT, inset: DOT, recess: 0 };

/** Lays out a drawing, and the way of a run if there is one. Deterministic. */
export function buildScene(dagre: Dagre, drawing: Drawing, walk: Walk | undefined): Scene {
  const { states, durable, initial } = drawing;
  const tally = walk && tallyWalk(walk, states);
  const threads = listThreads(drawing, tally);
  const { figures, ends } = listFigures(states, threads, tally);
  const cards = figures.map((figure) => ({ ...figure, ...buildCard(figure, durable) }));
  const entries = figures.flatMap(({ state }, place) => (initial.includes(state.name) ? [place] : []));
  const links: readonly Link[] = [
    ...join(threads, ends, (thread, { from, to }) => ({
      from,
      to,
      label: labelSize(threadLabel(thread)),
      // What goes on is straight rather than what ends.
      weight: states[thread.to]?.kind === "exit" ? 1 : 2,
    })),
    ...entries.map((to, place) => ({ from: figures.length + place, to, label: undefined, weight: 3 })),
  ];
  const { boxes, routes, ...size } = layOut(dagre, [...cards, ...entries.map(() => DOT_BOX)], links);
  return {
    ...size,
    cards: join(cards, boxes, (card, { x, y }) => ({ ...card, x, y })),
    threads: join(threads, routes, (thread, route) => ({ thread, route, label: threadLabel(thread) })),
    entries: entries.flatMap((entry, place) => {
      const [dot, route] = [boxes[figures.length + place], routes[threads.length + place]];
      const begun = tally && Number(tally.first === figures[entry]?.state.name);
      return dot === undefined || route === undefined ? [] : [{ dot: { x: dot.x, y: dot.y }, route, crossings: begun }];
    }),
    tally,
  };
}

/** The room of a label, with what is kept free around it; undefined without one. */
function labelSize(label: string): Size | undefined {
  return label === "" ? undefined : { width: Math.ceil(textWidth(label, "note")) + 8, height: lineHeight("note") + 4 };
}

function join<A, B, C>(as: readonly A[], bs: readonly B[], both: (a: A, b: B) => C): readonly C[] {
  return as.flatMap((a, place) => {
    const b = bs[place];
    return b === undefined ? [] : [both(a, b)];
  });
}
