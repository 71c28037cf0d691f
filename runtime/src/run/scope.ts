/** What can be stopped: a run, one of its branches, one attempt. */

import type { CanoError } from "./errors.js";
import type { Home } from "./home.js";

/** The timers of a scope; `timers.ts` makes them, so that a machine without timers has no code for them. */
export interface Waits {
  /** Calls every timer off and tells those who wait for it why. */
  stop(error: CanoError): void;
  /** Calls every timer off; nobody is waiting any more. */
  end(): void;
}

/** A part of a run that ends by itself or is stopped from outside, with everything inside it. */
export class Scope {
  /** Why it was stopped; undefined while it may go on. */
  stopped: CanoError | undefined = undefined;
  /** What is in flight inside it: the attempt of a state, or a split. */
  active: Scope | undefined = undefined;
  waits: Waits | undefined = undefined;

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
