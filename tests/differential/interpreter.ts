/** The reference: walks a random machine in virtual time, with nothing in mind but being obviously right. */

import type { BreakerState } from "cano";
import { interpretSplit } from "./interpret-split.js";
import { interpretTask } from "./interpret-task.js";
import { interpretUndo } from "./interpret-undo.js";
import type { Steps } from "./script.js";
import type { MachineSpec } from "./spec.js";
import { Ended, nameOf, Virtual } from "./virtual-run.js";

/** What can be seen of a run. */
export interface Outcome {
  readonly events: readonly string[];
  readonly result: string;
  /** Where the machine's circuit breakers stand in the end. */
  readonly breakers: readonly BreakerState[];
}

/** Runs `spec` with `input`, cancelled at `cancelAt` milliseconds if given. */
export function interpret(spec: MachineSpec, steps: Steps, input: number, cancelAt: number | undefined): Outcome {
  const run = new Virtual(spec, steps, cancelAt);
  run.events.push(`runStart ${nameOf(spec, 0)}`);
  try {
    for (let place = 0, value: unknown = input; ;) {
      const state = nameOf(spec, place);
      run.path.push(state);
      run.enter(place);
      run.events.push(`stateEnter ${state}`);
      const current = spec.states[place];
      if (current === undefined) throw new Ended(`${state} ${JSON.stringify(value)}`, state);
      const given = current.takesInput ? Number(value) : 0;
      if (current.kind === "split") {
        value = interpretSplit(run, current, place, current.takesInput ? given : undefined);
        place = current.next;
      } else {
        ({ place, value } = interpretTask(run, current, place, given));
      }
    }
  } catch (ended) {
    if (!(ended instanceof Ended)) throw ended;
    const { state, isFailure } = ended;
    const result = isFailure ? interpretUndo(run, ended.result, state) : ended.result;
    const outcome = !isFailure ? "completed" : result.startsWith("cancelled") ? "cancelled" : "failed";
    run.events.push(`runEnd ${state} ${outcome}`);
    return { events: run.events, result, breakers: run.breakers.map(({ state: now }) => now) };
  }
}
