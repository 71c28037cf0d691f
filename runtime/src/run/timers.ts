/** Pauses that do not outlive the scope that makes them. Bounds on how long something may take are `timeouts.ts`. */

import { CanoError } from "../errors/cano-error.js";
import { type Clock, systemClock } from "../time/clock.js";
import type { Home } from "./home.js";
import type { Scope } from "./scope.js";
import { hold, release, type Wait } from "./waits.js";

/** The clock of a workflow object. */
export function clockOf(home: Home): Clock {
  return home.clock ?? systemClock;
}

/** Waits `delay` milliseconds; rejects as soon as `scope` is stopped, and with `configuration` when `delay` is negative or not finite. */
export function sleep(scope: Scope, delay: number): Promise<void> {
  return new Promise((resolve, reject) => {
    if (!Number.isFinite(delay) || delay < 0) {
      const bound = "a finite number of milliseconds, 0 or more";
      return reject(new CanoError("configuration", `a delay must be ${bound}, not ${String(delay)}`, { code: "CANO7009" }));
    }
    if (scope.stopped !== undefined) return reject(scope.stopped);
    let callOff = (): void => undefined;
    const wait: Wait = {
      end: () => callOff(),
      stop(error) {
        callOff();
        reject(error);
      },
    };
    // Before the clock is asked, which may call at once where there is nothing to wait for.
    hold(scope, wait);
    callOff = clockOf(scope.home).schedule(() => {
      release(scope, wait);
      resolve();
    }, delay);
  });
}
