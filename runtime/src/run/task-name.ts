/** How events call the task of a state. */

import type { AnyRun } from "./any-run.js";

/** The class of the task of state `s`, as the graph has it. */
export function taskNameOf(run: AnyRun, s: number): string {
  const state = run.graphState(s);
  return "task" in state ? state.task : state.name;
}
