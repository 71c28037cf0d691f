/** Bounds on how long something in a scope may take, on the timer wheel of its workflow object. */

import type { CanoError } from "../errors/cano-error.js";
import { textOf } from "../errors/thrown.js";
import { warn } from "../errors/warn.js";
import { Timeout, TimerWheel } from "../time/timer-wheel.js";
import type { Home } from "./home.js";
import type { Scope } from "./scope.js";
import { clockOf } from "./timers.js";
import { hold, release, type Wait } from "./waits.js";

/** The timer wheel of a workflow object. */
export function wheelOf(home: Home): TimerWheel {
  return (home.wheel ??= new TimerWheel(clockOf(home), home.tick));
}

/** A timeout that does not outlive its scope. */
export abstract class ScopedTimeout<S extends Scope = Scope> extends Timeout implements Wait {
  constructor(protected readonly scope: S) {
    super(wheelOf(scope.home));
  }

  protected abstract fire(): void;
  abstract stop(error: CanoError): void;

  /** Sets it, unless the scope was stopped already. */
  arm(limit: number): void {
    const { scope } = this;
    if (scope.stopped !== undefined) return this.stop(scope.stopped);
    this.set(limit);
    hold(scope, this);
  }

  expire(): void {
    release(this.scope, this);
    this.fire();
  }

  end(): void {
    this.cancel();
  }

  disarm(): void {
    this.cancel();
    release(this.scope, this);
  }
}

class Alarm extends ScopedTimeout {
  constructor(
    scope: Scope,
    protected readonly fire: () => void,
    private readonly tell: (error: CanoError) => void,
  ) {
    super(scope);
  }

  stop(error: CanoError): void {
    this.cancel();
    this.tell(error);
  }
}

/**
 * Calls `fire` after `limit` milliseconds, or `stop` when `scope` is stopped before, or was stopped already. The returned function calls
 * both off.
 */
export function arm(scope: Scope, limit: number, fire: () => void, stop: (error: CanoError) => void): () => void {
  const alarm = new Alarm(scope, fire, stop);
  alarm.arm(limit);
  return () => alarm.disarm();
}

/** The same for what goes on without it where the clock, which is the user's, fails; `what` says in the log what that is. */
export function armIfPossible(
  what: string,
  scope: Scope,
  limit: number,
  fire: () => void,
  stop: (error: CanoError) => void,
): () => void {
  const alarm = new Alarm(scope, fire, stop);
  try {
    alarm.arm(limit);
  } catch (fault) {
    warn(scope.home.log, `${what} cannot be timed: ${textOf(fault)}`);
    // It may be in the wheel even so.
    alarm.disarm();
  }
  return () => alarm.disarm();
}
