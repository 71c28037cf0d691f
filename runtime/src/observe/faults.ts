/** What goes wrong in observers: it changes nothing, and is said in the log once for each hook of each of them. */

import type { Log } from "../context.js";
import { textOf } from "../errors/thrown.js";
import { warn } from "../errors/warn.js";
import type { Observer } from "./observer.js";

/** See the file's first line. Those of one workflow object. */
export class Faults {
  private readonly known = new WeakMap<Observer, Set<keyof Observer>>();
  private isClockKnown = false;

  constructor(
    private readonly workflow: string,
    private readonly log: Log,
  ) {}

  /** Takes note of what `hook` of `observer` threw, or rejected with. */
  report(observer: Observer, hook: keyof Observer, fault: unknown): void {
    const known = this.known.get(observer) ?? new Set();
    if (known.has(hook)) return;
    this.known.set(observer, known.add(hook));
    warn(this.log, `an observer of workflow \`${this.workflow}\` failed at \`${hook}\`, which changes nothing: ${textOf(fault)}`);
  }

  /** Takes note that the clock could not be read for an event. */
  reportClock(fault: unknown): void {
    if (this.isClockKnown) return;
    this.isClockKnown = true;
    warn(this.log, `the clock of workflow \`${this.workflow}\` failed, so its observers are not told the time: ${textOf(fault)}`);
  }
}
