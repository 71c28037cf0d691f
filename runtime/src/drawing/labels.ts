/** What the languages of drawings share: the text at a transition, and the lines of a state's label. */

import type { DrawnState, DrawnTransition, Walk } from "./drawing.js";

/** What became of a run, as it is written on the state in which it did. */
export const ENDED: Readonly<Record<Walk["end"], string>> = {
  finished: "ended here",
  failed: "failed here",
  standing: "stands here",
};

/** What is written at a transition: what it carries, and whether it is a fallback; empty for an ordinary bare one. */
export function transitionLabel({ carries, by }: DrawnTransition): string {
  return [...(carries === "nothing" ? [] : [carries]), ...(by === "fallback" ? [by] : [])].join(", ");
}

/** The lines of a state's label: its name, then what runs there. */
export function labelLines(state: DrawnState): string[] {
  switch (state.kind) {
    case "exit":
      return [state.name];
    case "split":
      return [
        state.name,
        state.branches === "dynamic" ? "split into computed branches" : `split: ${state.branches.join(", ")}`,
        ...(state.join === undefined ? [] : [`join: ${state.join}`]),
      ];
    case "task":
    case "router":
      return state.task === state.name ? [state.name] : [state.name, state.task];
    default:
      return [state.name, `${state.kind}: ${state.task}`];
  }
}

/** The places of the states by their names, which languages name their nodes by. */
export function placesOf(states: readonly DrawnState[]): (name: string) => string {
  const places = new Map(states.map(({ name }, place) => [name, `s${place}`]));
  return (name) => places.get(name) ?? name;
}
