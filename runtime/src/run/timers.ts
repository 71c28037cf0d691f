/** Timers that do not outlive the scope that set them. */

import { type Clock, systemClock } from "../clock.js";
import { CanoError } from "./errors.js";
import type { Home } from "./home.js";
import type { Scope, Waits } from "./scope.js";

interface Wait {
  cancel(): void;
  stop(error: CanoError): void;
}

/** The timers that a scope has set. */
class SetTimers extends Set<Wait> implements Waits {
  stop(error: CanoError): void {
    const waits = [...this];
    this.end();
    for (const wait of waits) wait.stop(error);
  }

  end(): void {
    for (const wait of this) wait.cancel();
    this.clear();
  }
}

/** The clock of a workflow object. */
export function clockOf(home: Home): Clock {
  return home.clock ?? systemClock;
}

/**
 * Calls `fire` after `delay` milliseconds, or `stop` when `scope` is stopped before, or was stopped already. The returned function calls
 * both off.
 */
export function arm(scope: Scope, delay: number, fire: () => void, stop: (error: CanoError) => void): () => void {
  if (scope.stopped !== undefined) {
    stop(scope.stopped);
    return () => undefined;
  }
  const waits = scope.waits instanceof SetTimers ? scope.waits : new SetTimers();
  scope.waits = waits;
  const cancel = clockOf(scope.home).schedule(() => {
    waits.delete(wait);
    fire();
  }, delay);
  const wait: Wait = { cancel, stop };
  waits.add(wait);
  return () => {
    if (waits.delete(wait)) cancel();
  };
}

/** Waits `delay` milliseconds; rejects as soon as `scope` is stopped, and with `configuration` when `delay` is negative or not finite. */
export function sleep(scope: Scope, delay: number): Promise<void> {
  return new Promise((resolve, reject) => {
    if (Number.isFinite(delay) && delay >= 0) arm(scope, delay, resolve, reject);
    else {
      const bound = "a finite number of milliseconds, 0 or more";
      reject(new CanoError("configuration", `a delay must be ${bound}, not ${String(delay)}`, { code: "CANO7009" }));
    }
  });
}
