/** Lets the process breathe: a loop over values that are always ready would otherwise keep timers, signals and everything else waiting. */

import type { Scope } from "../run/scope.js";

/** Lets everything else of the process have its turn. Rejects when `scope` was stopped meanwhile. */
export async function breathe(scope: Scope): Promise<void> {
  await new Promise<void>((resolve) => setImmediate(resolve));
  if (scope.stopped !== undefined) throw scope.stopped;
}

// Reading the time costs as much as a short item, so it is read for one of so many only.
const ITEMS = 16;
// Short enough to keep timers on time, long enough for a turn of the event loop to cost nothing beside it. Milliseconds.
const LONGEST = 8;

/** Says when a loop has run long enough to let others have their turn. */
export class Breath {
  private items = 0;
  private since = performance.now();

  /** To be asked once for every item. */
  isDue(): boolean {
    if (++this.items % ITEMS !== 0) return false;
    const now = performance.now();
    if (now - this.since < LONGEST) return false;
    this.since = now;
    return true;
  }
}
