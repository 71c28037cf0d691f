/** Drives a run with effects that can be undone: the caller is answered once that is done. */

import { TotalTimeout } from "../engine/budget.js";
import type { Engine } from "../engine/engine.js";
import { watchRun } from "../engine/guard-run.js";
import type { CanoError } from "../errors/cano-error.js";
import { fail } from "../run/failure.js";
import type { SagaRun } from "./saga-run.js";

/**
 * Drives `run` until it has ended, and undone what it did if it failed. What ends it from outside is `signal` and its total timeout of
 * `limit` milliseconds: the task in flight is not waited for then, unless it can be undone. `begin` is called first, once the run is watched.
 */
export function guardSaga<R extends object, I, Result>(
  engine: Engine<R, I, Result>,
  run: SagaRun<R, I>,
  signal: AbortSignal | undefined,
  limit: number | undefined,
  begin?: () => void,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    let unwatch: (() => void) | undefined;
    let timeout: TotalTimeout | undefined;
    const over = (): void => {
      timeout?.cancel();
      unwatch?.();
      run.end();
    };
    const failed = (error: unknown): void => {
      run.watch?.ended(error);
      reject(error);
    };
    const stop = (error: CanoError, s: number): void => {
      over();
      run.conclude(s, error).then(failed, failed);
    };
    const watched = watchRun(engine, run, signal, stop, begin);
    unwatch = watched.unwatch;
    // A signal that has fired before has ended the run already.
    if (run.stopped !== undefined) return over();
    try {
      timeout = limit === undefined ? undefined : new TotalTimeout(run.home, watched.watch, limit);
    } catch (error) {
      // The clock is the user's. What is stored of the run says that it has failed, and what it did before it was resumed is undone.
      return stop(fail(run, run.start, error), run.start);
    }
    const { watch } = watched;
    const completed = (result: Result): void => {
      watch.ended();
      resolve(result);
    };
    const driven = watch.drive(() => engine.definition.drive(run, run.start));
    driven.then(completed, failed).finally(over);
  });
}
