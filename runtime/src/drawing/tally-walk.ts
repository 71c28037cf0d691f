/** Counts what a run did: how often it entered each state and took each transition, and where it ended. */

import type { DrawnState, Walk } from "./drawing.js";

/** What a run did in one state. */
export interface Passage {
  readonly visits: number;
  /** What became of it there, if it is the last state of its way. */
  readonly end: Walk["end"] | undefined;
}

/** A walk, counted. */
export interface Tally {
  /** The states in which it began and in which it ended or stands, by name, if they are of this workflow. */
  readonly first: string | undefined;
  readonly last: string | undefined;
  /** By the states' names. */
  readonly passages: ReadonlyMap<string, Passage>;
  /** How often the run went from one state to another, both by name. */
  readonly crossings: (from: string, to: string) => number;
  /** What it entered that is no state of this workflow, as a run of another version may have; each once. */
  readonly strangers: readonly string[];
}

/** Counts `walk` in a workflow of these `states`. */
export function tallyWalk({ path, end }: Walk, states: readonly DrawnState[]): Tally {
  const names = new Map([
    ...states.map(({ name }) => [name, name] as const),
    ...states.map(({ name, value }) => [String(value), name] as const),
  ]);
  const way = path.map((state) => names.get(String(state)) ?? { stranger: String(state) });
  const passages = new Map<string, Passage>();
  const crossed = new Map<string, Map<string, number>>();
  way.forEach((name, place) => {
    if (typeof name !== "string") return;
    passages.set(name, { visits: (passages.get(name)?.visits ?? 0) + 1, end: place === way.length - 1 ? end : undefined });
    const before = way[place - 1];
    if (typeof before !== "string") return;
    const from = crossed.get(before) ?? new Map<string, number>();
    crossed.set(before, from.set(name, (from.get(name) ?? 0) + 1));
  });
  const [first, last] = [way[0], way.at(-1)];
  return {
    first: typeof first === "string" ? first : undefined,
    last: typeof last === "string" ? last : undefined,
    passages,
    crossings: (from, to) => crossed.get(from)?.get(to) ?? 0,
    strangers: [...new Set(way.flatMap((name) => (typeof name === "string" ? [] : [name.stranger])))],
  };
}
