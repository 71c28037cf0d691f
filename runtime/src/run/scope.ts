/** What can be stopped: a run, one of its branches, one attempt. */

import type { CanoError } from "../errors/cano-error.js";
import type { Home } from "./home.js";
import type { Wait } from "./waits.js";

/** A part of a run that ends by itself or is stopped from outside, with everything inside it. */
export class Scope {
  /** Why it was stopped; undefined while it may go on. */
  stopped: CanoError | undefined = undefined;
  /** What is in flight inside it: the attempt of a state, or a split. */
  active: Scope | undefined = undefined;
  /** What it waits for; `waits.ts` takes care of it. */
  waits: Wait | undefined = undefined;

  constructor(readonly home: Home) {}

  /** Stops what is in flight and rejects every wait with `error`. Only the first call counts. */
  stop(error: CanoError): void {
    if (this.stopped !== undefined) return;
    this.stopped = error;
    this.waits?.stop(error);
    this.active?.stop(error);
  }

  /** Calls off the timers of a scope that is over. */
  end(): void {
    this.waits?.end();
    this.active?.end();
  }
}
