/** Lets one call of a task begin, by its circuit breaker, bulkhead and rate limiter, and hands back what it took when the call is over. */

import type { CanoError } from "../errors/cano-error.js";
import { describe } from "../run/failure.js";
import type { Scope } from "../run/scope.js";
import { taskFacts } from "../run/task-name.js";
import { clockOf } from "../run/timers.js";
import { hold, release, type Wait } from "../run/waits.js";
import type { Attempting } from "./attempting.js";
import type { Bulkhead } from "./bulkhead.js";
import type { CircuitBreaker } from "./circuit-breaker.js";
import type { RateLimiter } from "./rate-limiter.js";

/** What a call has to pass, in this order. */
export interface Gates {
  readonly breaker: CircuitBreaker | undefined;
  readonly bulkhead: Bulkhead | undefined;
  readonly rateLimit: RateLimiter | undefined;
}

/** What a call that is made in `scope` holds while it is under way. Handed back once. */
export interface Admission {
  succeed(scope: Scope): void;
  fail(scope: Scope, error: unknown): void;
  /** The call was called off: it says nothing of what was called. */
  end(): void;
}

/** Nothing is held. */
const FREE: Admission = { succeed() {}, fail() {}, end() {} };

/** A place, or leave on trial, which others may be waiting for: handed back also when the scope that made the call is stopped. */
class HeldAdmission implements Admission, Wait {
  private isOut = true;

  /** `epoch` is what the breaker gave leave with, if there is one. */
  constructor(
    private readonly scope: Scope,
    private readonly gates: Gates,
    private readonly epoch: number | undefined,
  ) {
    hold(scope, this);
  }

  succeed(): void {
    this.handBack("success");
  }

  fail(_scope: Scope, error: unknown): void {
    // A run that is ended by who hears of its call fails with that.
    if (this.scope.stopped !== undefined) this.end();
    else this.handBack(this.gates.breaker?.outcomeOf(error) ?? "failure");
  }

  end(): void {
    this.handBack("none");
  }

  stop(): void {
    this.end();
  }

  private handBack(outcome: "success" | "failure" | "none"): void {
    // Asked only here: who says what a failure counts as may have ended the run, which hands back, too.
    if (!this.isOut) return;
    const { scope, gates, epoch } = this;
    this.isOut = false;
    release(scope, this);
    gates.bulkhead?.depart();
    if (epoch !== undefined) gates.breaker?.handBack(epoch, outcome, clockOf(scope.home));
  }
}

/** Waits until `attempt` of state `s` may begin. Rejects with `circuit_open`, `bulkhead_full` or `rate_limited`, and when `scope` is stopped. */
export async function admit(scope: Attempting, s: number, gates: Gates, attempt: number): Promise<Admission> {
  const { breaker, bulkhead, rateLimit } = gates;
  if (bulkhead === undefined && rateLimit === undefined) return admitNow(scope, s, gates, attempt);
  // Who would be refused in the end need not wait for it.
  try {
    breaker?.turnAway(clockOf(scope.home));
  } catch (refusal) {
    throw refused(scope, s, attempt, refusal);
  }
  await bulkhead?.admit(scope);
  try {
    await rateLimit?.admit(scope);
    if (scope.stopped !== undefined) throw scope.stopped;
    return admitNow(scope, s, gates, attempt);
  } catch (error) {
    bulkhead?.depart();
    throw error;
  }
}

/** The same without waiting, for who has passed the others: throws `circuit_open`. */
export function admitNow(scope: Attempting, s: number, gates: Gates, attempt: number): Admission {
  const { breaker, bulkhead } = gates;
  if (bulkhead === undefined) {
    const leave = breaker === undefined ? FREE : breaker.enterClosed();
    if (leave !== undefined) return leave;
  }
  try {
    return new HeldAdmission(scope, gates, breaker?.enter(clockOf(scope.home)));
  } catch (refusal) {
    throw refused(scope, s, attempt, refusal);
  }
}

/** The same for a call that is worth making only if it need not wait: undefined when it would have to, or is refused. */
export function tryAdmit(scope: Attempting, gates: Gates): Admission | undefined {
  const { breaker, bulkhead, rateLimit } = gates;
  const clock = clockOf(scope.home);
  const place = bulkhead?.tryEnter();
  if (bulkhead !== undefined && place === undefined) return undefined;
  let epoch: number | undefined;
  try {
    epoch = breaker?.enter(clock);
    if (rateLimit === undefined || rateLimit.tryAdmit(clock)) return new HeldAdmission(scope, gates, epoch);
  } catch {
    // The breaker's refusal, or a clock that fails: there is nothing to tell, since nobody counts on this call.
  }
  if (epoch !== undefined) breaker?.handBack(epoch, "none", clock);
  place?.leave();
  return undefined;
}

/** The breaker's refusal as the error of state `s`. Observers are told. */
function refused(scope: Attempting, s: number, attempt: number, refusal: unknown): CanoError {
  const error = describe(scope.run, s, refusal, 0);
  scope.run.watch?.tell(s, ["circuitOpen", taskFacts(scope, s, attempt, { error })]);
  return error;
}
