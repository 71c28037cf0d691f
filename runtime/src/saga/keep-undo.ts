/** Makes an attempt of a task that can be undone, and keeps what undoes it. */

import { Undoable } from "../transition.js";
import type { AnySagaRun } from "./any-saga-run.js";

/** What an attempt names as the next state. */
type NextOf<T> = T extends Undoable<infer N, unknown> ? N : T;

/**
 * The next state that `work` names, which makes an attempt of state `s`; what undoes it is kept. From before it is called until it has ended
 * the run is not interrupted, since its effect would be lost. Rejects without calling it when the run was stopped before.
 */
export async function keepUndo<T>(run: AnySagaRun, s: number, work: () => T): Promise<NextOf<Awaited<T>>> {
  if (run.stopped !== undefined) throw run.stopped;
  run.watch?.shield();
  let made: unknown;
  try {
    made = await work();
  } catch (error) {
    run.watch?.unshield();
    // Nothing is in flight: an end that has waited for it need not wait for another attempt.
    run.watch?.leave();
    throw error;
  }
  run.watch?.unshield();
  if (!(made instanceof Undoable)) return made as NextOf<Awaited<T>>;
  run.keep(s, made.output);
  return made.next as NextOf<Awaited<T>>;
}
