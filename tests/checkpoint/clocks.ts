/** Clocks for the tests of stores. */

import type { Clock } from "cano";

/** A clock on which the store's seconds pass a hundred times as fast, so that no test waits for them. Its timers keep no process alive. */
export const hastyClock: Clock = {
  now: () => performance.now() * 100,
  epoch: () => Date.now() * 100,
  schedule(callback, delay) {
    const timer = setTimeout(callback, delay / 100).unref();
    return () => clearTimeout(timer);
  },
};
