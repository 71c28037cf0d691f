/** A store that dies with its process: from a chosen write on, nothing reaches the store behind it, and nobody is answered. */

import type { CheckpointStore } from "cano/checkpoints";

/** When a process dies: at the write of this number, before or after it is durable. */
export interface Death {
  readonly write: number;
  readonly when: "before" | "after";
}

/** See the file's first line. */
export interface CrashingStore {
  readonly store: CheckpointStore;
  /** How many writes were begun. */
  readonly writes: () => number;
  readonly isDead: () => boolean;
  /** Waits for an answer to something that has been asked of the store; `false` where nothing is to be answered, or nobody will be any more. */
  readonly answered: () => Promise<boolean>;
}

/** The store `inner`, which dies as `death` says; without it, it only counts. `onDeath` is called then. */
export function crashingStore(inner: CheckpointStore, death: Death | undefined, onDeath: () => void): CrashingStore {
  let writes = 0;
  let pending = 0;
  let isDead = false;
  let wake = (): void => undefined;
  const silence = (): Promise<never> => new Promise(() => undefined);
  const die = (): Promise<never> => {
    isDead = true;
    onDeath();
    wake();
    return silence();
  };
  const read = async <T>(make: () => Promise<T>): Promise<T> => {
    if (isDead) return await silence();
    pending++;
    try {
      return await make();
    } finally {
      pending--;
      wake();
    }
  };
  const write = <T>(make: () => Promise<T>): Promise<T> =>
    read(async () => {
      const isLast = death?.write === writes++;
      if (isLast && death?.when === "before") return await die();
      const made = await make();
      return isLast ? await die() : made;
    });
  const answered = async (): Promise<boolean> => {
    if (pending === 0 || isDead) return false;
    await new Promise<void>((resolve) => (wake = resolve));
    return true;
  };
  const store: CheckpointStore = {
    begin: (...given) => write(() => inner.begin(...given)),
    append: (...given) => write(() => inner.append(...given)),
    claim: (...given) => write(() => inner.claim(...given)),
    release: (claim) => read(() => inner.release(claim)),
    find: (run) => read(() => inner.find(run)),
    load: (run) => read(() => inner.load(run)),
    list: (query) => read(() => inner.list(query)),
    history: (...given) => read(() => inner.history(...given)),
    requestCancel: (run) => read(() => inner.requestCancel(run)),
    prune: (query) => read(() => inner.prune(query)),
    close: () => inner.close(),
    [Symbol.asyncDispose]: () => inner.close(),
  };
  return { store, writes: () => writes, isDead: () => isDead, answered };
}
