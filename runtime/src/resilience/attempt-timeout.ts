/** Bounds one attempt. */

import { CanoError } from "../run/errors.js";
import { factsAt } from "../run/failure.js";
import type { Scope } from "../run/scope.js";
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
  return bound(scope, limit, work, () => {
    const message = `an attempt of state \`${scope.run.graphState(s).name}\` took longer than ${limit} ms`;
    const facts = factsAt(scope.run, s, attempt?.attempt ?? 1);
    const error = new CanoError("timeout", message, { code: "CANO7003", ...facts, limit });
    // Told after the wait is over, so that what the attempt makes of its signal comes too late to count.
    return { error, abort: () => attempt?.stop(error) };
  });
}

/** The result of `work`, one item of a loop, if it comes within `limit` milliseconds; else its `context` is stopped and it fails with `timeout`. */
export function withinItem<T>(context: TaskContext<unknown>, limit: number, work: PromiseLike<T>): Promise<T> {
  return bound(context, limit, work, () => {
    const { run, index } = context;
    const message = `an item of state \`${run.graphState(index).name}\` took longer than ${limit} ms`;
    const error = new CanoError("timeout", message, { code: "CANO7003", limit });
    return { error, abort: () => context.stop(error) };
  });
}

function bound<T>(
  scope: Scope,
  limit: number,
  work: T,
  expired: () => { readonly error: CanoError; readonly abort: () => void },
): Promise<Awaited<T>> {
  return new Promise((resolve, reject) => {
    const expire = (): void => {
      const { error, abort } = expired();
      reject(error);
      abort();
    };
    const disarm = arm(scope, limit, expire, reject);
    Promise.resolve(work).then(resolve, reject).finally(disarm);
  });
}

/** Whether `value` has to be awaited. */
export function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === "object" && value !== null && "then" in value && typeof value.then === "function";
}
