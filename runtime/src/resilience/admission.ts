/** Lets one call of a task begin, by its circuit breaker, bulkhead and rate limiter, and hands back what it took when the call is over. */

import type { CanoError } from "../run/errors.js";
import { describe } from "../run/failure.js";
import type { Scope } from "../run/scope.js";
import { taskNameOf } from "../run/task-name.js";
import { clockOf } from "../run/timers.js";
import { hold, release, type Wait } from "../run/waits.js";
import type { Attempting } from "../task/attempting.js";
import type { Bulkhead } from "./bulkhead.js";
import type { CircuitBreaker, Permit } from "./circuit-breaker.js";
import type { RateLimiter } from "./rate-limiter.js";

/** What a call has to pass, in this order. */
export interface Gates {
  readonly breaker: CircuitBreaker | undefined;
  readonly bulkhead: Bulkhead | undefined;
  readonly rateLimit: RateLimiter | undefined;
}

/** What a call holds while it is under way. Handed back once, also when the scope that made the call is stopped. */
export class Admission implements Wait {
  private isOut = true;

  constructor(
    private readonly scope: Scope,
    private readonly gates: Gates,
    private readonly permit: Permit | undefined,
  ) {
    hold(scope, this);
  }

  succeed(): void {
    if (this.handBack()) this.permit?.succeed();
  }

  fail(error: unknown): void {
    if (!this.handBack() || this.permit === undefined) return;
    this.gates.breaker?.settle(this.permit, error);
  }

  /** The call was called off: it says nothing of what was called. */
  end(): void {
    if (this.handBack()) this.permit?.release();
  }

  stop(): void {
    this.end();
  }

  private handBack(): boolean {
    if (!this.isOut) return false;
    this.isOut = false;
    release(this.scope, this);
    this.gates.bulkhead?.depart();
    return true;
  }
}

/** Waits until a call of state `s` may begin. Rejects with `circuit_open`, `bulkhead_full` or `rate_limited`, and when `scope` is stopped. */
export async function admit(scope: Attempting, s: number, gates: Gates): Promise<Admission> {
  const { breaker, bulkhead, rateLimit } = gates;
  if (bulkhead === undefined && rateLimit === undefined) return admitNow(scope, s, gates);
  // Who would be refused in the end need not wait for it.
  guardBreaker(scope, s, () => breaker?.check(clockOf(scope.home)));
  await bulkhead?.admit(scope);
  try {
    await rateLimit?.admit(scope);
    if (scope.stopped !== undefined) throw scope.stopped;
    return admitNow(scope, s, gates);
  } catch (error) {
    bulkhead?.depart();
    throw error;
  }
}

/** The same without waiting, for who has passed the others: throws `circuit_open`. */
export function admitNow(scope: Attempting, s: number, gates: Gates): Admission {
  const permit = guardBreaker(scope, s, () => gates.breaker?.acquire(clockOf(scope.home)));
  return new Admission(scope, gates, permit);
}

/** The same for a call that is worth making only if it need not wait: undefined when it would have to, or is refused. */
export function tryAdmit(scope: Attempting, gates: Gates): Admission | undefined {
  const { breaker, bulkhead, rateLimit } = gates;
  const clock = clockOf(scope.home);
  const place = bulkhead?.tryEnter();
  if (bulkhead !== undefined && place === undefined) return undefined;
  try {
    const permit = breaker?.acquire(clock);
    if (rateLimit === undefined || rateLimit.tryAdmit(clock)) return new Admission(scope, gates, permit);
    permit?.release();
  } catch {
    // The breaker's refusal: there is nothing to tell, since nobody counts on this call.
  }
  place?.leave();
  return undefined;
}

function guardBreaker<T>(scope: Attempting, s: number, ask: () => T): T {
  try {
    return ask();
  } catch (refusal) {
    const error: CanoError = describe(scope.run, s, refusal, 0);
    scope.run.watch?.tell(s, ["circuitOpen", { task: scope.branchName ?? taskNameOf(scope.run, s), error }]);
    throw error;
  }
}
