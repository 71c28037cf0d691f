/** Checks that a circuit breaker lets the attempts through that a retry policy promises. */

import { unmadeAttempts } from "../diagnostics/catalogue/guards.js";
import { listTasks } from "../model/bindings.js";
import type { GuardReading } from "../read/config-reading.js";
import { type Check, subjectOf } from "./check.js";
import { countRetries, longestDelay } from "./retry-delays.js";

// What the runtime takes where an option is not given.
const FAILURE_THRESHOLD = 5;
const RESET_TIMEOUT = 30_000;

/**
 * A breaker that opens in the middle of a task's own attempts refuses the rest of them.
 *
 * Breaks it: `{ retry: fixed({ retries: 5, delay: 100 }), breaker: circuitBreaker({ failureThreshold: 3 }) }`.
 */
export const checkUnmadeAttempts: Check = (draft, report) => {
  for (const bound of listTasks(draft)) {
    const { retry, guards = [] } = bound.task.config ?? {};
    const breaker = guards.find(({ key }) => key === "breaker");
    if (retry === undefined || breaker?.told !== true) continue;
    const threshold = thresholdOf(breaker);
    const retries = countRetries(retry);
    if (threshold === undefined || retries === undefined || threshold > retries) continue;
    const reset = breaker.numbers.find(({ path }) => path === "resetTimeout")?.number;
    const resetTimeout = reset === undefined ? RESET_TIMEOUT : reset.value;
    const delay = longestDelay(retry, threshold);
    if (resetTimeout === undefined || delay === undefined || delay >= resetTimeout) continue;
    const notes = [{ message: "the circuit breaker is here", span: breaker.span }];
    report(unmadeAttempts(retry.span, { ...subjectOf(bound), retries, threshold, unmade: retries + 1 - threshold }, { notes }));
  }
};

/** After how many failures in a row the breaker opens; undefined when that cannot be told, or no number of them opens it. */
function thresholdOf({ numbers }: GuardReading): number | undefined {
  const given = numbers.find(({ path }) => path === "failureThreshold");
  if (given !== undefined) return given.number.value;
  return numbers.some(({ path }) => path.startsWith("failureRate")) ? undefined : FAILURE_THRESHOLD;
}
