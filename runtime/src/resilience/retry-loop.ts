/** What follows a failed attempt: the loop of a task whose config has a retry policy. The first attempt is made inline by the dispatcher. */

import { CanoError, isCanoError } from "../errors/cano-error.js";
import { requireDelay } from "../errors/require.js";
import { textOf } from "../errors/thrown.js";
import { factsAt } from "../run/failure.js";
import { taskFacts } from "../run/task-name.js";
import { clockOf, sleep } from "../run/timers.js";
import type { PastAttempts } from "../run/visit-log.js";
import type { Attempting } from "./attempting.js";
import type { Retry } from "./retry.js";

// A policy without a limit would fill the memory with what its attempts failed with.
const KEPT_ERRORS = 16;

/** What is known of the attempts of state `s` that were made before the run was resumed. Waits until the next one is due, and begins it. */
export async function pastAttempts(scope: Attempting, s: number): Promise<PastAttempts | undefined> {
  const past = scope.visitLog?.takeAttempts();
  if (past?.due !== undefined) {
    const left = Math.max(0, past.due - clockOf(scope.home).epoch());
    // It is never more than the whole delay: the date may have been put back since.
    await sleep(scope, Math.min(left, past.delay ?? left));
  }
  if (past !== undefined) scope.run.watch?.attempt(scope, s, past.failed + 1);
  return past;
}

/**
 * Makes the further attempts that `policy` allows after the first one failed with `error`, or the first that followed those of `past`;
 * `again` makes one. Throws `retry_exhausted` when several attempts were made and the policy allows no more, the failure itself when it may not be retried.
 */
export async function retry<T>(
  scope: Attempting,
  s: number,
  policy: Retry,
  error: unknown,
  again: (attempt: number) => T,
  past?: PastAttempts,
): Promise<Awaited<T>> {
  const errors = [error];
  let last = error;
  let delay = past?.delay;
  for (let failed = (past?.failed ?? 0) + 1; ; failed++) {
    if (scope.stopped !== undefined) throw scope.stopped;
    // Whatever goes wrong from here on says which attempt it was; of a part of a run it is known how many there were.
    if (scope === scope.run) scope.run.attempt = failed;
    if (!isRetryable(last)) throw last;
    delay = failed <= policy.retries ? policy.delay(failed - 1, last, scope.run.home.random, delay) : undefined;
    if (delay === undefined) throw failed === 1 ? last : exhausted(scope, s, failed, errors);
    // Before anybody hears of it, or it is stored: there is no further attempt.
    requireDelay("delay", delay);
    scope.run.watch?.tell(s, ["retry", taskFacts(scope, s, failed, { delay, error: last })]);
    // Who is told may have ended the run: nothing is stored of it behind that.
    if (scope.stopped !== undefined) throw scope.stopped;
    await scope.visitLog?.recordAttempt(failed, delay);
    await sleep(scope, delay);
    scope.run.watch?.attempt(scope, s, failed + 1);
    try {
      const result = await begin(scope, s, failed + 1, again);
      scope.run.attempt = undefined;
      return result;
    } catch (caught) {
      last = caught;
      errors.push(caught);
      if (errors.length > KEPT_ERRORS) errors.shift();
    }
  }
}

/** Makes the attempts of state `s` that `policy` allows, each by a call of `work`; those that were made before the run was resumed count. */
export async function attempts<T>(
  scope: Attempting,
  s: number,
  policy: Retry,
  work: (attempt: number) => T,
): Promise<Awaited<T>> {
  const past = scope.visitLog && (await pastAttempts(scope, s));
  try {
    return await begin(scope, s, (past?.failed ?? 0) + 1, work);
  } catch (error) {
    return await retry(scope, s, policy, error, work, past);
  }
}

/** Makes an attempt: what others set up around it is set up where it is the run's; a part of it sees to that itself. */
export function begin<T>(scope: Attempting, s: number, attempt: number, work: (attempt: number) => T): T {
  // A run that goes on has waited for its attempt, and may have been stopped since.
  if (scope.stopped !== undefined) throw scope.stopped;
  const { watch } = scope.run;
  return watch === undefined || scope !== scope.run ? work(attempt) : watch.call(scope, s, attempt, () => work(attempt));
}

function exhausted(scope: Attempting, s: number, attempts: number, errors: readonly unknown[]): CanoError {
  const name = scope.run.graphState(s).name;
  const last = errors.at(-1);
  const cause = new AggregateError(errors, `${attempts} attempts failed`, { cause: last });
  return new CanoError("retry_exhausted", `state \`${name}\` failed after ${attempts} attempts: ${textOf(last)}`, {
    code: "CANO7002",
    ...factsAt(scope.run, s, attempts),
    attempts,
    cause,
  });
}

/** Everything thrown is retried, except what says that it must not be, and what would only come about again: a breaker's refusal, a run that somebody else has taken over. */
export function isRetryable(error: unknown): boolean {
  try {
    if (isCanoError(error, "circuit_open") || isCanoError(error, "run_conflict")) return false;
    return !(typeof error === "object" && error !== null && "retryable" in error && error.retryable === false);
  } catch {
    // A getter that throws says nothing against a retry.
    return true;
  }
}
