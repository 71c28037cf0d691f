/** Checks the numbers of breakers, limits, bulkheads, budgets and hedges, where they are literals; the runtime checks the others when they are made. */

import { badCount, badPercentage } from "../diagnostics/catalogue/policies.js";
import { badTimeout } from "../diagnostics/catalogue/timeouts.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { listTasks } from "../model/bindings.js";
import type { GuardReading } from "../read/config-reading.js";
import type { Check } from "./check.js";
import { isCount, isTimeout } from "./numbers.js";

// How little each count may be; what is not here is a share or a time.
const LEAST: Readonly<Record<string, number>> = {
  failureThreshold: 1,
  halfOpenCalls: 1,
  "failureRate.minimumCalls": 1,
  limit: 1,
  maxQueue: 0,
  tokens: 1,
  capacity: 1,
  burst: 0,
  minimum: 0,
  max: 1,
};
const SHARES: readonly string[] = ["share", "failureRate.share"];

/**
 * A breaker that opens after no failure, a limit that lets nobody through and a hedge before the attempt mean nothing; the runtime would
 * refuse them when the module is loaded.
 *
 * Breaks it: `circuitBreaker({ failureThreshold: 0 })`, `tokenBucket({ tokens: 5, period: -1 })`, `retryBudget({ share: 20 })`.
 */
export const checkGuards: Check = (draft, report) => {
  for (const { task } of listTasks(draft)) {
    for (const { path, number } of task.config?.guards.flatMap(({ numbers }) => numbers) ?? []) {
      const problem = judge(path, number);
      if (problem !== undefined) report(problem);
    }
  }
};

function judge(path: string, { value, span }: GuardReading["numbers"][number]["number"]): Diagnostic | undefined {
  if (value === undefined) return undefined;
  if (SHARES.includes(path)) return value > 0 && value <= 1 ? undefined : badPercentage(span, { share: value });
  const least = LEAST[path];
  if (least === undefined) return isTimeout(value) ? undefined : badTimeout(span, { option: path, value });
  return isCount(value) && value >= least ? undefined : badCount(span, { option: path, value, least });
}
