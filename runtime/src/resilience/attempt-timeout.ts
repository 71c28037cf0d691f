/** Bounds one attempt. */

import { CanoError } from "../run/errors.js";
import { factsAt } from "../run/failure.js";
import { TaskContext } from "../run/task-context.js";
import { arm } from "../run/timers.js";
import type { Attempting } from "../task/attempting.js";

/**
 * The result of `work`, an attempt of state `s`, if it comes within `limit` milliseconds; else the attempt's signal fires, its late result
 * is ignored, and the promise rejects with `timeout`. Without a limit, or when `work` is already there, it is passed through.
 */
export function within<T>(scope: Attempting, s: number, limit: number | undefined, work: T): T | Promise<Awaited<T>> {
  if (limit === undefined || !isThenable(work)) return work;
  const attempt = scope.active instanceof TaskContext && scope.active.index === s ? scope.active : undefined;
  return new Promise((resolve, reject) => {
    const expire = (): void => {
      const error = timedOut(scope, s, limit, attempt?.attempt ?? 1);
      reject(error);
      attempt?.stop(error);
    };
    const disarm = arm(scope, limit, expire, reject);
    Promise.resolve(work).then(resolve, reject).finally(disarm);
  });
}

function timedOut(scope: Attempting, s: number, limit: number, attempt: number): CanoError {
  const message = `an attempt of state \`${scope.run.graphState(s).name}\` took longer than ${limit} ms`;
  return new CanoError("timeout", message, { code: "CANO7003", ...factsAt(scope.run, s, attempt), limit });
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === "object" && value !== null && "then" in value && typeof value.then === "function";
}
