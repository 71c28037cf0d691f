/** Runs an attempt of a task that can be undone, and keeps what undoes it. */

import type { AnyRun } from "../run/any-run.js";
import type { CanoError } from "../run/errors.js";
import { Scope } from "../run/scope.js";
import type { Draining } from "../run/watch.js";
import { Undoable } from "../transition.js";
import type { AnySagaRun } from "./any-saga-run.js";

/** What an attempt names as the next state. */
type NextOf<T> = T extends Undoable<infer N, unknown> ? N : T;

/**
 * The next state that `work` names, an attempt of state `s` in progress; what undoes it is kept. Until it has ended the run is not
 * interrupted, since its effect would be lost.
 */
export async function keepUndo<T>(run: AnySagaRun, s: number, work: T): Promise<NextOf<Awaited<T>>> {
  const shield = new Shield(run);
  let made: unknown;
  try {
    made = await work;
  } catch (error) {
    shield.lift();
    // Nothing is in flight: an end that has waited for it need not wait for another attempt.
    run.watch?.leave();
    throw error;
  }
  shield.lift();
  if (!(made instanceof Undoable)) return made as NextOf<Awaited<T>>;
  run.keep(s, made.output);
  return made.next as NextOf<Awaited<T>>;
}

/** Stands around an attempt: it ends by itself, however long that takes, before the run does. */
class Shield extends Scope implements Draining {
  readonly drains = true;
  readonly outlasts = true;

  constructor(private readonly run: AnyRun) {
    super(run.home);
    this.active = run.active;
    run.active = this;
  }

  drain(_error: CanoError): void {
    // The attempt is not told: it must come to an end of its own.
  }

  lift(): void {
    if (this.run.active === this) this.run.active = this.active;
  }
}
