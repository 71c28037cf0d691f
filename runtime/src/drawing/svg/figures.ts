/** Which cards a picture has: one for each state, but an exit that many states lead to is drawn beside each of them, so that no bundle of lines crosses the picture. */

import type { DrawnState } from "../drawing.js";
import type { Passage, Tally } from "../tally-walk.js";
import type { Thread } from "./threads.js";

/** A card to be drawn. */
export interface Figure {
  readonly state: DrawnState;
  /** What a run did here; undefined when no run is shown. */
  readonly passage: Passage | undefined;
}

/** The cards, and between which of them each line is, in the order of the lines. */
export interface Figures {
  readonly figures: readonly Figure[];
  readonly ends: readonly { readonly from: number; readonly to: number }[];
}

// An exit that more lines lead to is drawn at each of them.
const MOST_AT_EXIT = 3;

const NEVER: Passage = { visits: 0, end: undefined };

/** Lists the cards of `states` and the `threads` between them. */
export function listFigures(states: readonly DrawnState[], threads: readonly Thread[], tally: Tally | undefined): Figures {
  const leading = (place: number): number => threads.filter(({ to }) => to === place).length;
  const figures: Figure[] = [];
  const figureOf = new Map<number, number>();
  states.forEach((state, place) => {
    if (state.kind === "exit" && leading(place) > MOST_AT_EXIT) return;
    figureOf.set(place, figures.length);
    figures.push({ state, passage: tally && (tally.passages.get(state.name) ?? NEVER) });
  });
  const ends = threads.map(({ from, to, crossings = 0 }) => {
    const state = states[to];
    const shared = figureOf.get(to);
    if (shared === undefined && state !== undefined)
      figures.push({ state, passage: tally && (crossings > 0 ? tally.passages.get(state.name) : NEVER) });
    return { from: figureOf.get(from) ?? 0, to: shared ?? figures.length - 1 };
  });
  return { figures, ends };
}
