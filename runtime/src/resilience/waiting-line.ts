/** A line in which callers wait for their turn: first come, first served. Anyone may leave it early, and it may be bounded in length and time. */

import type { CanoError } from "../errors/cano-error.js";
import { requireCount, requirePositive } from "../errors/require.js";
import type { Scope } from "../run/scope.js";
import { SignalHub } from "../run/signal-hub.js";
import { clockOf } from "../run/timers.js";
import { hold, release, type Wait } from "../run/waits.js";
import { type Clock, systemClock } from "../time/clock.js";

/** How many may wait, and how long. */
export interface LineOptions {
  /** How many may wait at once: a whole number, 0 or more; the next one is refused. Default: any number. */
  readonly maxQueue?: number;
  /** How long one may wait, in milliseconds, above 0. Default: as long as it takes. */
  readonly maxWait?: number;
}

/** Who waits: a scope of a run, which stops waiting when it is stopped, or a call by hand with its signal. */
export type Caller = Scope | { readonly clock: Clock | undefined; readonly signal: AbortSignal | undefined };

/** The clock of a caller. */
export function clockOfCaller(caller: Caller): Clock {
  return isScope(caller) ? clockOf(caller.home) : (caller.clock ?? systemClock);
}

/** Why a caller wants nothing any more; undefined while it does. */
export function stoppedBy(caller: Caller): unknown {
  if (isScope(caller)) return caller.stopped;
  return caller.signal?.aborted === true ? caller.signal.reason : undefined;
}

/** See the file's first line. `T` is what is waited for. */
export class WaitingLine<T> {
  private readonly line = new Set<Waiter<T>>();
  /** @internal Many may wait with one signal. */
  readonly signals = new SignalHub();
  private readonly maxQueue: number;
  readonly maxWait: number | undefined;

  /** `refuse` makes the error of those who may not wait (any longer); `onLeave` is called after someone has left early. */
  constructor(
    { maxQueue, maxWait }: LineOptions,
    private readonly refuse: (request: T, caller: Caller, why: "full" | "late") => CanoError,
    private readonly onLeave: () => void,
  ) {
    if (maxQueue !== undefined) requireCount("maxQueue", maxQueue);
    if (maxWait !== undefined) requirePositive("maxWait", maxWait);
    this.maxQueue = maxQueue ?? Number.POSITIVE_INFINITY;
    this.maxWait = maxWait;
  }

  get length(): number {
    return this.line.size;
  }

  get isEmpty(): boolean {
    return this.line.size === 0;
  }

  /** Whose turn is next. */
  get first(): Waiter<T> | undefined {
    return this.line.values().next().value;
  }

  /**
   * Waits for a turn, for a caller who is not stopped yet. Rejects when the line is full, the wait too long, or the caller is stopped, and with what
   * `joined` throws, which is called once the caller is in the line.
   */
  join(request: T, caller: Caller, joined?: () => void): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.line.size >= this.maxQueue) return reject(this.refuse(request, caller, "full"));
      const waiter = new Waiter(this, request, caller, resolve, reject);
      try {
        if (this.maxWait !== undefined) waiter.bound(this.maxWait, () => this.refuse(request, caller, "late"));
        this.line.add(waiter);
        joined?.();
      } catch (error) {
        // The clock is the user's, and may refuse: nobody would wake who is left in the line.
        waiter.depart(error);
      }
    });
  }

  /** The first has had its turn. */
  serveFirst(): void {
    this.first?.serve();
  }

  /** @internal */
  remove(waiter: Waiter<T>): void {
    this.line.delete(waiter);
  }

  /** @internal */
  leave(waiter: Waiter<T>): void {
    if (this.line.delete(waiter)) this.onLeave();
  }
}

/** One who waits. */
class Waiter<T> implements Wait {
  private callOff: (() => void) | undefined = undefined;
  private unwatch: (() => void) | undefined = undefined;

  constructor(
    private readonly line: WaitingLine<T>,
    readonly request: T,
    readonly caller: Caller,
    private readonly resolve: () => void,
    private readonly reject: (reason: unknown) => void,
  ) {
    if (isScope(caller)) hold(caller, this);
    else if (caller.signal !== undefined)
      this.unwatch = line.signals.listen(caller.signal, () => this.depart(caller.signal?.reason));
  }

  bound(maxWait: number, error: () => CanoError): void {
    const expire = (): void => this.ask(() => this.depart(error()));
    this.callOff = clockOfCaller(this.caller).schedule(expire, maxWait);
  }

  /** What comes of asking its clock. That is the user's, and may throw: then it waits no longer, since those behind it have other clocks. */
  ask<R>(question: (clock: Clock) => R): R | undefined {
    try {
      return question(clockOfCaller(this.caller));
    } catch (error) {
      this.depart(error);
      return undefined;
    }
  }

  serve(): void {
    this.quit();
    this.line.remove(this);
    this.resolve();
  }

  stop(error: CanoError): void {
    this.depart(error);
  }

  /** Its scope is over: nobody will hear of it. */
  end(): void {
    this.quit();
    this.line.leave(this);
  }

  /** Waits no longer, which rejects with `reason`. */
  depart(reason: unknown): void {
    this.quit();
    this.line.leave(this);
    this.reject(reason);
  }

  private quit(): void {
    this.callOff?.();
    this.unwatch?.();
    if (isScope(this.caller)) release(this.caller, this);
  }
}

function isScope(caller: Caller): caller is Scope {
  return "home" in caller;
}
