/** What the observers of a workflow object listen to, looked up once: an event that nobody hears is not made. */

import { Faults } from "../observe/faults.js";
import { type Hook, hears, HOOKS, type Surrounding, SURROUNDINGS } from "../observe/hooks.js";
import type { RunEvent } from "../observe/observer.js";
import type { Home } from "./home.js";

/** See the file's first line. */
export interface Heard {
  readonly hooks: Readonly<Record<Hook | Surrounding, boolean>>;
  /** Whether anybody is told how long a task, or a split, takes. */
  readonly times: boolean;
  /** How events call the task of each state, by number; undefined for splits and exits. */
  readonly tasks: readonly (string | undefined)[];
  /** The kinds of the states, by number. */
  readonly kinds: readonly RunEvent["kind"][];
  readonly faults: Faults;
}

/** Looks at the observers of `home`. */
export function listHeard({ observers, states, graph, log }: Home): Heard {
  const hooks = Object.fromEntries(
    [...HOOKS, ...SURROUNDINGS].map((hook) => [hook, observers.some((observer) => hears(observer, hook))]),
  ) as Heard["hooks"];
  const tasks = states.map((label) => {
    const state = graph.states[label];
    return state !== undefined && "task" in state ? state.task : undefined;
  });
  const kinds = states.map((label) => graph.states[label]?.kind ?? "exit");
  const times = hooks.taskSuccess || hooks.taskFailure || hooks.taskCancelled || hooks.join;
  return { hooks, times, tasks, kinds, faults: new Faults(graph.name, log) };
}
