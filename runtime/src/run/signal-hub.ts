/** Listens to the callers' signals: one listener per signal, however many runs share it, and none once they are over. */

/** See the file's first line. */
export class SignalHub {
  private readonly watched = new WeakMap<AbortSignal, Set<() => void>>();

  /** Calls `listener` once when `signal` fires; the returned function calls it off. */
  listen(signal: AbortSignal, listener: () => void): () => void {
    const known = this.watched.get(signal);
    const listeners = known ?? new Set();
    if (known === undefined) this.watched.set(signal, listeners);
    if (listeners.size === 0) this.attach(signal, listeners);
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) this.detach(signal);
    };
  }

  private readonly handlers = new WeakMap<AbortSignal, () => void>();

  private attach(signal: AbortSignal, listeners: Set<() => void>): void {
    const handler = (): void => {
      for (const listener of [...listeners]) listener();
    };
    this.handlers.set(signal, handler);
    signal.addEventListener("abort", handler);
  }

  private detach(signal: AbortSignal): void {
    const handler = this.handlers.get(signal);
    if (handler !== undefined) signal.removeEventListener("abort", handler);
  }
}
