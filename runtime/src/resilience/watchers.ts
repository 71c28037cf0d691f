/** Who is told what a circuit breaker or a rate limiter does, whoever calls it. What they are told is `gate-watcher.ts`. */

import type { Log } from "../context.js";
import { reportRejection } from "../errors/thenable.js";
import { textOf } from "../errors/thrown.js";
import { warn } from "../errors/warn.js";

/** See the file's first line. What a watcher throws, or rejects with, changes nothing, and is said once. */
export class Watchers<W extends object> {
  private readonly all = new Set<W>();
  private isFaultKnown = false;

  constructor(
    /** How the log calls what is watched. */
    private readonly what: string,
    private readonly log: Pick<Log, "warn">,
  ) {}

  /** Tells `watcher`, too, until the function that is returned is called. One that is there already is told once. */
  add(watcher: W): () => void {
    this.all.add(watcher);
    return () => void this.all.delete(watcher);
  }

  tell(call: (watcher: W) => unknown): void {
    const report = (fault: unknown): void => this.report(fault);
    for (const watcher of this.all) {
      try {
        reportRejection(call(watcher), report);
      } catch (fault) {
        report(fault);
      }
    }
  }

  private report(fault: unknown): void {
    if (!this.isFaultKnown) warn(this.log, `a watcher of ${this.what} failed, which changes nothing: ${textOf(fault)}`);
    this.isFaultKnown = true;
  }
}
