/** One attempt in virtual time: when it ends, and whether another follows. */

import type { Step } from "./script.js";
import type { Policy } from "./spec.js";

export type AttemptFailure = "timeout" | "fatal" | "error";

/** When an attempt that begins at `now` ends, and how it failed, if it did. */
export function attemptOf(
  policy: Policy,
  synchronous: boolean,
  step: Step,
  now: number,
): { end: number; failure: AttemptFailure | undefined } {
  const end = step.choice === -2 ? Infinity : now + step.after;
  const limit = synchronous ? Infinity : now + (policy.timeout ?? Infinity);
  if (limit < end) return { end: limit, failure: "timeout" };
  return { end, failure: step.choice >= 0 ? undefined : step.choice === -3 ? "fatal" : "error" };
}

/** The category with which a task ends after attempt `attempt` failed, or undefined when it is retried. */
export function failureOf(failure: AttemptFailure, attempt: number, { retries }: Policy): string | undefined {
  if (failure !== "fatal" && attempt <= retries) return undefined;
  if (failure !== "fatal" && attempt > 1) return "retry_exhausted";
  return failure === "timeout" ? "timeout" : "task_execution";
}
