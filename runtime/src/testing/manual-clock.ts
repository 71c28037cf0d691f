/** A clock that moves only when a test moves it. */

import { loadOnDemand } from "../engine/load-on-demand.js";
import { requireDelay, requireTime } from "../errors/require.js";
import type { Clock, Effect } from "../time/clock.js";
import { Heap } from "../time/heap.js";
// Loaded here, no test has to wait for a file.
import "../engine/on-demand.js";

// As they are now: the fake timers of a test runner, which are put in their place later, would keep whoever waits for this clock waiting for ever.
const { setImmediate: soon } = globalThis;
const nextTick = process.nextTick.bind(process);

interface Timer {
  readonly due: number;
  readonly order: number;
  readonly callback: () => unknown;
  /** Neither fired nor called off. */
  isSet: boolean;
}

/** Starts at 0 milliseconds, which is the date `start`; by default 1970. Timers fire in the order of their due times, those of one moment in the order in which they were set. */
export class ManualClock implements Clock {
  private time = 0;
  private count = 0;
  private set = 0;
  /** In their order, among them some that were called off. */
  private readonly timers = new Heap<Timer>((a, b) => a.due < b.due || (a.due === b.due && a.order < b.order));
  private readonly start: number;

  /** Throws `configuration` when `start` is no date. */
  constructor(start: Date | number = 0) {
    this.start = Number(start);
    requireTime("start", this.start);
  }

  now(): number {
    return this.time;
  }

  epoch(): number {
    return this.start + this.time;
  }

  schedule(callback: () => unknown, delay: number): () => void {
    // As `setTimeout` has it, what is no number is no delay: it would come neither before nor after any other.
    const timer: Timer = { due: this.time + (delay > 0 ? delay : 0), order: this.count++, callback, isSet: true };
    this.set++;
    this.timers.push(timer);
    return () => this.unset(timer);
  }

  /** How many timers are set. */
  get pending(): number {
    return this.set;
  }

  /**
   * Moves on by `ms` milliseconds, 0 or more, firing what falls due on the way, also what that sets in turn. Lets promises settle after each. Rejects with
   * `configuration` when `ms` is out of range.
   */
  async advance(ms: number): Promise<void> {
    requireDelay("ms", ms);
    const end = this.time + ms;
    await settled();
    for (let timer = this.next(); timer !== undefined && timer.due <= end; timer = this.next()) await this.fire(timer);
    // Another call, beside this one or from a timer, may have moved on further meanwhile.
    this.time = Math.max(this.time, end);
    await settled();
  }

  /** Moves on to the next timer and fires it. `false` when none is set that ever falls due. */
  async runNext(): Promise<boolean> {
    await settled();
    const timer = this.next();
    if (timer === undefined) return false;
    await this.fire(timer);
    return true;
  }

  /** Fires timers until none is set that ever falls due; throws after `limit` of them. */
  async runAll(limit = 100_000): Promise<void> {
    for (let fired = 0; await this.runNext(); fired++) {
      if (fired >= limit) throw new Error(`timers are still being set after ${limit} have fired`);
    }
  }

  private next(): Timer | undefined {
    while (this.timers.first?.isSet === false) this.timers.pop();
    const { first } = this.timers;
    // There is no time after what never comes.
    return first?.due === Number.POSITIVE_INFINITY ? undefined : first;
  }

  private unset(timer: Timer): void {
    if (!timer.isSet) return;
    timer.isSet = false;
    this.set--;
  }

  private fire(timer: Timer): Promise<void> {
    this.unset(timer);
    this.time = Math.max(this.time, timer.due);
    const effect = timer.callback();
    return isEffect(effect) ? settledOrOver(effect) : settled();
  }
}

function isEffect(value: unknown): value is Effect {
  return typeof value === "object" && value !== null && "isOver" in value;
}

/** Lets everything run that waits for promises only, or for a module that is there: a macrotask comes after all of them. */
export async function settled(): Promise<void> {
  // Asked for behind whatever else was, it comes behind that: where a loader works in a thread of its own, that takes a while.
  await loadOnDemand();
  await new Promise<void>((resolve) => soon(resolve));
}

/**
 * The same; where all is over once everything has run that waits for promises and for nothing else, no longer than that. It takes a tenth of the
 * time, which counts where a test fires a timer half a million times.
 */
function settledOrOver(effect: Effect): Promise<void> {
  return new Promise((resolve) => {
    nextTick(() => {
      if (effect.isOver) resolve();
      else resolve(settled());
    });
  });
}
