/** Lets what concerns the same run happen one after the other within a store object. What concerns other runs does not wait. */

import type { RunName } from "../checkpoint-store.js";

/** See the file's first line. */
export class Turns {
  private readonly last = new Map<string, Promise<unknown>>();

  /** Does `work` when all that was asked for before on the same run has come to an end. */
  async take<T>(run: RunName, work: () => Promise<T>): Promise<T> {
    const name = nameOf(run);
    const before = this.last.get(name);
    const turn = before === undefined ? work() : before.then(work, work);
    this.last.set(name, turn);
    try {
      return await turn;
    } finally {
      if (this.last.get(name) === turn) this.last.delete(name);
    }
  }
}

/** One text for a name: no two names have the same. */
export function nameOf({ workflow, runId }: RunName): string {
  return JSON.stringify([workflow, runId]);
}
