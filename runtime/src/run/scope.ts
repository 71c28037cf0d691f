/** What can be stopped: a run, one of its branches, one attempt. Holds the timers that must not outlive it. */

import type { Clock } from "../clock.js";
import { CanoError } from "./errors.js";

/** A timer that a scope owns. */
interface Wait {
  cancel(): void;
  /** Told why the scope was stopped before the timer fired. */
  stop(error: CanoError): void;
}

/** A part of a run that ends by itself or is stopped from outside, with everything inside it. */
export class Scope {
  /** Why it was stopped; undefined while it may go on. */
  stopped: CanoError | undefined = undefined;
  /** What is in flight inside it: the attempt of a state, or a split. */
  active: Scope | undefined = undefined;
  private waits: Set<Wait> | undefined = undefined;

  constructor(readonly clock: Clock) {}

  /** Stops what is in flight and rejects every wait with `error`. Only the first call counts. */
  stop(error: CanoError): void {
    if (this.stopped !== undefined) return;
    this.stopped = error;
    const waits = this.waits;
    this.waits = undefined;
    for (const wait of waits ?? []) {
      wait.cancel();
      wait.stop(error);
    }
    this.active?.stop(error);
  }

  /** Calls off the timers of a scope that is over; nobody is waiting for them any more. */
  end(): void {
    for (const wait of this.waits ?? []) wait.cancel();
    this.waits = undefined;
    this.active?.end();
  }

  /** Calls `fire` after `delay` milliseconds, or `stop` when the scope is stopped before; the returned function calls both off. */
  arm(delay: number, fire: () => void, stop: (error: CanoError) => void): () => void {
    if (this.stopped !== undefined) {
      stop(this.stopped);
      return () => undefined;
    }
    const cancel = this.clock.schedule(() => {
      this.waits?.delete(wait);
      fire();
    }, delay);
    const wait: Wait = { cancel, stop };
    this.waits ??= new Set();
    this.waits.add(wait);
    return () => {
      if (this.waits?.delete(wait) === true) cancel();
    };
  }
}

/** Waits `delay` milliseconds; rejects as soon as `scope` is stopped. Throws `configuration` when `delay` is negative or not finite. */
export function sleep(scope: Scope, delay: number): Promise<void> {
  return new Promise((resolve, reject) => {
    if (!Number.isFinite(delay) || delay < 0) {
      const bound = "a finite number of milliseconds, 0 or more";
      return reject(new CanoError("configuration", `a delay must be ${bound}, not ${String(delay)}`, { code: "CANO7009" }));
    }
    scope.arm(delay, resolve, reject);
  });
}
