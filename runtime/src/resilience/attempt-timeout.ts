/** Bounds one attempt. */

import { CanoError } from "../errors/cano-error.js";
import { isThenable, whenSettled } from "../errors/thenable.js";
import { factsAt } from "../run/failure.js";
import type { Scope } from "../run/scope.js";
import { AttemptContext } from "../run/task-context.js";
import { ScopedTimeout } from "../run/timeouts.js";
import type { Attempting } from "./attempting.js";

/**
 * The result of `work`, the attempt of state `s` of that number, if it comes within `limit` milliseconds; else the attempt's signal fires, its late result
 * is ignored, and the promise rejects with `timeout`. Without a limit, or when `work` is already there, it is passed through.
 */
export function within<T>(
  scope: Attempting,
  s: number,
  limit: number | undefined,
  work: T,
  attempt = 1,
): T | Promise<Awaited<T>> {
  if (limit === undefined || !isThenable(work)) return work;
  return new Promise((resolve, reject) => {
    new AttemptTimeout(scope, s, attempt, limit, reject).bound<T>(work, resolve);
  });
}

/** The result of `work`, one item of a loop, if it comes within `limit` milliseconds; else its `context` is stopped and it fails with `timeout`. */
export function withinItem<T>(context: AttemptContext<unknown>, limit: number, work: PromiseLike<T>): Promise<T> {
  return new Promise<Awaited<T>>((resolve, reject) => {
    new ItemTimeout(context, limit, reject).bound<PromiseLike<T>>(work, resolve);
  });
}

/** Bounds some work; what it is says who derives from it. */
export abstract class WorkTimeout<S extends Scope> extends ScopedTimeout<S> {
  constructor(
    scope: S,
    protected readonly limit: number,
    private readonly reject: (error: unknown) => void,
  ) {
    super(scope);
  }

  bound<T>(work: T, resolve: (value: Awaited<T>) => void): void {
    whenSettled(
      work,
      (value) => {
        this.disarm();
        resolve(value);
      },
      (error) => {
        this.disarm();
        this.reject(error);
      },
    );
    // Last, since a clock that throws must not leave a rejection of the work unhandled.
    this.arm(this.limit);
  }

  stop(error: CanoError): void {
    this.cancel();
    this.reject(error);
  }

  protected fire(): void {
    const error = this.error();
    this.reject(error);
    // Told after the wait is over, so that what the attempt makes of its signal comes too late to count.
    this.abort(error);
  }

  protected abstract error(): CanoError;
  protected abstract abort(error: CanoError): void;
}

class AttemptTimeout extends WorkTimeout<Attempting> {
  /** The context of the attempt; a task that takes none has none. */
  private readonly context: AttemptContext<unknown> | undefined;

  constructor(
    scope: Attempting,
    private readonly s: number,
    private readonly attempt: number,
    limit: number,
    reject: (error: unknown) => void,
  ) {
    super(scope, limit, reject);
    this.context = scope.active instanceof AttemptContext && scope.active.index === s ? scope.active : undefined;
  }

  protected error(): CanoError {
    const { run } = this.scope;
    const { limit, s } = this;
    const message = `an attempt of state \`${run.graphState(s).name}\` took longer than ${limit} ms`;
    return new CanoError("timeout", message, {
      code: "CANO7003",
      ...factsAt(run, s, this.context?.attempt ?? this.attempt),
      limit,
    });
  }

  protected abort(error: CanoError): void {
    this.context?.stop(error);
  }
}

class ItemTimeout extends WorkTimeout<AttemptContext<unknown>> {
  protected error(): CanoError {
    const { scope, limit } = this;
    const message = `an item of state \`${scope.run.graphState(scope.index).name}\` took longer than ${limit} ms`;
    return new CanoError("timeout", message, { code: "CANO7003", limit });
  }

  protected abort(error: CanoError): void {
    this.scope.stop(error);
  }
}
