/** The leave that a closed circuit breaker gives: the same one to every call, since it takes nothing that another call might want. */

import type { Scope } from "../run/scope.js";
import { clockOf } from "../run/timers.js";
import type { Clock } from "../time/clock.js";
import type { Issuer, Outcome } from "./permit.js";

/** What the breaker has to do with it. */
interface Giver extends Issuer {
  succeed(epoch: number, clock: Clock): void;
  outcomeOf(error: unknown): Outcome;
}

/** See the file's first line. A call is made in a `scope`; what comes of it once that is stopped says nothing. */
export class ClosedLeave {
  constructor(
    private readonly breaker: Giver,
    private readonly epoch: number,
  ) {}

  succeed(scope: Scope): void {
    if (scope.stopped === undefined) this.breaker.succeed(this.epoch, clockOf(scope.home));
  }

  fail(scope: Scope, error: unknown): void {
    if (scope.stopped === undefined) this.breaker.handBack(this.epoch, this.breaker.outcomeOf(error), clockOf(scope.home));
  }

  end(): void {}
}
