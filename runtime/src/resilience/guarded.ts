/** Runs a task whose config has more than a retry policy and an attempt timeout: gates, a retry budget, a hedge, a fallback. */

import { activate, TaskContext, type Whole } from "../run/task-context.js";
import { taskFacts } from "../run/task-name.js";
import { clockOf } from "../run/timers.js";
import type { PastAttempts } from "../run/visit-log.js";
import { admit, type Admission, admitNow } from "./admission.js";
import type { Attempting } from "./attempting.js";
import type { Guards } from "./guards.js";
import { Hedging } from "./hedging.js";
import { begin as beginAttempt, pastAttempts, retry } from "./retry-loop.js";
import type { Retry } from "./retry.js";

/** Begins the first attempt of state `s`, where it has not to wait for its turn. Throws `circuit_open`. */
export function begin(scope: Attempting, s: number, policies: Guards): Admission {
  policies.retryBudget?.deposit(clockOf(scope.home));
  return admitNow(scope, s, policies, 1);
}

/**
 * Makes the attempts of state `s`, each by a call of `work`, until one succeeds, the policies allow no more or `scope` is stopped; then the
 * fallback stands in, if there is one.
 */
export async function guarded<T, F>(
  scope: Attempting,
  s: number,
  policies: Guards<F>,
  work: (attempt: number) => T,
): Promise<Awaited<T> | F> {
  const past = scope.visitLog && (await pastAttempts(scope, s));
  try {
    policies.retryBudget?.deposit(clockOf(scope.home));
    const first = (past?.failed ?? 0) + 1;
    return await beginAttempt(scope, s, first, (attempt) => callOnce(scope, s, policies, attempt, work));
  } catch (error) {
    return await goOn(scope, s, policies, error, work, past);
  }
}

/** The same from where the first attempt has failed with `error`. */
export async function goOn<T, F>(
  scope: Attempting,
  s: number,
  policies: Guards<F>,
  error: unknown,
  work: (attempt: number) => T,
  past?: PastAttempts,
): Promise<Awaited<T> | F> {
  let made = (past?.failed ?? 0) + 1;
  const again = (attempt: number): Promise<Awaited<T>> => {
    made = attempt;
    return callOnce(scope, s, policies, attempt, work);
  };
  try {
    return await retry(scope, s, budgeted(scope, policies), error, again, past);
  } catch (failure) {
    const { fallback } = policies;
    if (fallback === undefined || scope.stopped !== undefined) throw failure;
    scope.run.watch?.tell(s, ["fallback", taskFacts(scope, s, made, { error: failure })]);
    // One of its own: an attempt that was refused has made none, and what is there may be of an earlier visit.
    const context = new TaskContext(scope.run, s, made, scope.input, isWhole(scope) ? scope : undefined);
    const standIn = await fallback(failure, activate(scope, context));
    scope.run.attempt = undefined;
    return standIn;
  }
}

function isWhole(scope: Attempting): scope is Attempting & Whole {
  return "idempotencyKey" in scope;
}

async function callOnce<T>(
  scope: Attempting,
  s: number,
  policies: Guards,
  attempt: number,
  work: (attempt: number) => T,
): Promise<Awaited<T>> {
  const admission = await admit(scope, s, policies, attempt);
  if (scope.stopped !== undefined) {
    admission.end();
    throw scope.stopped;
  }
  if (policies.hedge !== undefined) return await new Hedging(scope, s, policies, attempt, work).begin(policies.hedge, admission);
  try {
    const result = await work(attempt);
    admission.succeed(scope);
    return result;
  } catch (error) {
    admission.fail(scope, error);
    throw error;
  }
}

/** The task's retry policy, as far as its budget goes. */
function budgeted(scope: Attempting, { retry: policy, retryBudget }: Guards): Retry {
  if (retryBudget === undefined) return policy;
  return {
    retries: policy.retries,
    delay(failed, error, random, previous) {
      const delay = policy.delay(failed, error, random, previous);
      return delay !== undefined && retryBudget.withdraw(clockOf(scope.home)) ? delay : undefined;
    },
  };
}
