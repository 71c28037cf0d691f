/** The process's own clock for what goes on in the background: its timers keep no process alive. */

import { type Clock, systemClock } from "../time/clock.js";

/** See the file's first line. Delays must be below 2^31 milliseconds. */
export const backgroundClock: Clock = {
  ...systemClock,
  schedule(callback, delay) {
    const timer = setTimeout(callback, delay).unref();
    return () => clearTimeout(timer);
  },
};
