/** Listens to the callers' signals: one listener per signal, however many runs share it, and none once they are over. */

import { requireSignal } from "../errors/require-shape.js";

class Listeners extends Set<() => void> {
  handleEvent(): void {
    for (const listener of this) listener();
  }
}

/** See the file's first line. */
export class SignalHub extends WeakMap<AbortSignal, Listeners> {
  /** Calls `listener` once when `signal` fires; the returned function calls it off. Throws `configuration` when it is given something else. */
  listen(signal: AbortSignal, listener: () => void): () => void {
    let listeners = this.get(signal);
    if (listeners === undefined) {
      requireSignal(signal);
      this.set(signal, (listeners = new Listeners()));
    }
    if (listeners.size === 0) signal.addEventListener("abort", listeners);
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) signal.removeEventListener("abort", listeners);
    };
  }
}
