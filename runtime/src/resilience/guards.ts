/** Reads the part of a task's `config` that is more than a retry policy and an attempt timeout. What acts on it is `guarded.ts`. */

import type { Context } from "../context.js";
import { requireCount, requirePositive } from "../errors/require.js";
import { requireMethod } from "../errors/require-shape.js";
import type { Awaitable } from "../transition.js";
import type { Admission, Gates } from "./admission.js";
import type { Attempting } from "./attempting.js";
import { begin, goOn, guarded } from "./guarded.js";
import { type Policies, policies } from "./policies.js";
import type { RetryBudget } from "./retry-budget.js";
import type { Configured, FallbackOf, Hedge } from "./task-config.js";

/** A config that is complete and in range. `F` is what the fallback may stand in with. */
export interface Guards<F = unknown> extends Policies, Gates {
  readonly retryBudget: RetryBudget | undefined;
  readonly hedge: Required<Hedge> | undefined;
  /** Undefined where there is none. */
  readonly fallback: ((error: unknown, context: Context<unknown>) => Awaitable<F>) | undefined;
  /** See {@link begin}. */
  begin(scope: Attempting, s: number): Admission;
  /** Goes on after the first attempt, which was begun with `admission` unless it was refused, failed with `error`: see {@link goOn}. */
  goOn<T>(
    scope: Attempting,
    s: number,
    admission: Admission | undefined,
    error: unknown,
    work: (attempt: number) => T,
  ): Promise<Awaited<T> | F>;
  /** See {@link guarded}. */
  attempts<T>(scope: Attempting, s: number, work: (attempt: number) => T): Promise<Awaited<T> | F>;
}

/** The policies of `task`, called `name` in errors. Throws `configuration` when a value is out of range. */
export function guards<T extends Configured>(name: string, task: T): Guards<FallbackOf<T>> {
  const { retry, attemptTimeout, config } = policies(name, task);
  const { breaker, bulkhead, rateLimit, retryBudget, hedge, fallback } = config;
  requireMade("breaker", name, breaker, "forceOpen", "`circuitBreaker` makes");
  requireMade("bulkhead", name, bulkhead, "tryEnter", "`bulkhead` makes");
  requireMade("rateLimit", name, rateLimit, "tryAcquire", "`tokenBucket`, `fixedWindow` or `tiered` makes");
  requireMade("retryBudget", name, retryBudget, "withdraw", "`retryBudget` makes");
  if (hedge !== undefined) {
    requirePositive(`hedge.after\` of \`${name}`, hedge.after);
    requireCount(`hedge.max\` of \`${name}`, hedge.max ?? 1, 1);
  }
  const standIn = typeof fallback === "function" ? fallback : () => fallback;
  // While it is closed, a call has nothing else to pass.
  const only = bulkhead === undefined && retryBudget === undefined ? breaker : undefined;
  const made: Guards<FallbackOf<T>> = {
    retry,
    attemptTimeout,
    config,
    breaker,
    bulkhead,
    rateLimit,
    retryBudget,
    // Spread, a `max` that is there and undefined would stand for no end of copies.
    hedge: hedge && { after: hedge.after, max: hedge.max ?? 1 },
    // The types say what the config's own type says.
    fallback: "fallback" in config ? (standIn as Guards<FallbackOf<T>>["fallback"]) : undefined,
    begin: (scope, s) => only?.enterClosed() ?? begin(scope, s, made),
    goOn(scope, s, admission, error, work) {
      admission?.fail(scope, error);
      return goOn(scope, s, made, error, work);
    },
    attempts: (scope, s, work) => guarded(scope, s, made, work),
  };
  return made;
}

/** What is shared is told by a method that nothing else in a config has. */
function requireMade(option: string, task: string, value: unknown, method: string, made: string): void {
  if (value !== undefined) requireMethod(`${option}\` of \`${task}`, value, method, `what ${made}`);
}
