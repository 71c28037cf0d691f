/** Listens to the callers' signals: one listener per signal, however many runs share it, and none once they are over. */

class Listeners extends Set<() => void> {
  handleEvent(): void {
    for (const listener of this) listener();
  }
}

/** See the file's first line. */
export class SignalHub extends WeakMap<AbortSignal, Listeners> {
  /** Calls `listener` once when `signal` fires; the returned function calls it off. */
  listen(signal: AbortSignal, listener: () => void): () => void {
    const listeners = this.get(signal) ?? new Listeners();
    this.set(signal, listeners);
    if (listeners.size === 0) signal.addEventListener("abort", listeners);
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) signal.removeEventListener("abort", listeners);
    };
  }
}
