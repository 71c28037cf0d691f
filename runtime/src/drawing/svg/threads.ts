/** Transitions as the lines that stand for them: those between the same two states are one line, unless a fallback takes one of them. */

import type { Drawing, DrawnTransition } from "../drawing.js";
import type { Tally } from "../tally-walk.js";

/** One line of a picture, between states given by their places. */
export interface Thread {
  readonly from: number;
  readonly to: number;
  readonly by: DrawnTransition["by"];
  /** `either` is with and without an input. */
  readonly carries: DrawnTransition["carries"] | "either";
  /** How often a run went this way; undefined when no run is shown. */
  readonly crossings: number | undefined;
}

/** Lists the lines, in the order of the transitions. A crossing is counted for the methods where they and a fallback lead to the same state. */
export function listThreads({ states, transitions }: Drawing, tally: Tally | undefined): readonly Thread[] {
  const places = new Map(states.map(({ name }, place) => [name, place]));
  const threads = new Map<string, Thread>();
  const byMethod = new Set(transitions.filter(({ by }) => by === "method").map(({ from, to }) => JSON.stringify([from, to])));
  for (const { from, to, by, carries } of transitions) {
    const [source, target] = [places.get(from), places.get(to)];
    if (source === undefined || target === undefined) continue;
    const pair = JSON.stringify([from, to]);
    const counts = by === "method" || !byMethod.has(pair);
    const before = threads.get(pair + by);
    threads.set(pair + by, {
      from: source,
      to: target,
      by,
      carries: before === undefined || before.carries === carries ? carries : "either",
      crossings: tally && (counts ? tally.crossings(from, to) : 0),
    });
  }
  return [...threads.values()];
}

/** What is written at a line: empty for most. */
export function threadLabel({ by, crossings = 0 }: Thread): string {
  return [...(by === "fallback" ? [by] : []), ...(crossings > 1 ? [`${crossings}×`] : [])].join(", ");
}
