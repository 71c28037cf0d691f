/** What the observers of a workflow object listen to, looked up once: an event that nobody hears is not made. */

import type { Home } from "../run/home.js";
import type { Observer } from "./observer.js";

/** See the file's first line. */
export interface Heard {
  readonly stateEnter: boolean;
  readonly taskStart: boolean;
  readonly taskSuccess: boolean;
  readonly progress: boolean;
  readonly checkpoint: boolean;
  /** How events call the task of each state, by number; undefined for splits and exits. */
  readonly tasks: readonly (string | undefined)[];
}

/** Looks at the observers of `home`. */
export function listHeard({ observers, states, graph }: Home): Heard {
  // `in` calls no getter.
  const hears = (hook: keyof Observer): boolean => observers.some((observer) => hook in observer);
  const tasks = states.map((label) => {
    const state = graph.states[label];
    return state !== undefined && "task" in state ? state.task : undefined;
  });
  return {
    stateEnter: hears("stateEnter"),
    taskStart: hears("taskStart"),
    taskSuccess: hears("taskSuccess"),
    progress: hears("progress"),
    checkpoint: hears("checkpoint"),
    tasks,
  };
}
