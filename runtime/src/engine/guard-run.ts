/** Drives a run that is watched: by the observers, by a signal, by a budget. */

import type { CanoError } from "../errors/cano-error.js";
import { requireSignal } from "../errors/require-shape.js";
import { fail } from "../run/failure.js";
import type { Run } from "../run/run.js";
import { SignalHub } from "../run/signal-hub.js";
import { Watch } from "../run/watch.js";
import type { Timeout } from "../time/timer-wheel.js";
import type { Engine } from "./engine.js";

/** Drives a run that may be ended from outside: the caller is answered at once, whatever the task in flight does. `arm` sets its total timeout. */
export function guardRun<R extends object, I, Result>(
  engine: Engine<R, I, Result>,
  run: Run<R, I>,
  signal: AbortSignal | undefined,
  arm?: (watch: Watch) => Timeout,
): Promise<Result> {
  const { drive } = engine.definition;
  if (signal === undefined && arm === undefined) {
    const { watch } = watchRun(engine, run, signal);
    const driven = watch.drive(() => drive(run, run.start));
    return watch.heard.hooks.runEnd ? tellEnd(watch, driven) : driven;
  }
  return new Promise((resolve, reject) => {
    let unwatch: (() => void) | undefined;
    let timeout: Timeout | undefined;
    const over = (): void => {
      timeout?.cancel();
      unwatch?.();
      run.end();
    };
    const failed = (error: unknown): void => {
      over();
      run.watch?.ended(error);
      reject(error);
    };
    const watched = watchRun(engine, run, signal, failed);
    unwatch = watched.unwatch;
    // A signal that has fired before has ended the run already.
    if (run.stopped !== undefined) return over();
    try {
      timeout = arm?.(watched.watch);
    } catch (error) {
      // The clock is the user's.
      return failed(fail(run, run.start, error));
    }
    const { watch } = watched;
    watch
      .drive(() => drive(run, run.start))
      .then((result) => {
        over();
        watch.ended();
        resolve(result);
      }, failed);
  });
}

/** Tells how a run has ended that nothing ends from outside, before the caller hears of it. */
async function tellEnd<Result>(watch: Watch, driven: Promise<Result>): Promise<Result> {
  try {
    const result = await driven;
    watch.ended();
    return result;
  } catch (error) {
    watch.ended(error);
    throw error;
  }
}

/**
 * Has `run` watched by the observers, and by `signal` until `unwatch` is called. `onStop` is told when it is ended from outside; `begin` is called
 * once the observers have heard that it begins, and before the signal, which may have fired long since, ends it.
 */
export function watchRun<R extends object, I, Result>(
  engine: Engine<R, I, Result>,
  run: Run<R, I>,
  signal: AbortSignal | undefined,
  onStop?: (error: CanoError, s: number) => void,
  begin?: () => void,
): { watch: Watch; unwatch: () => void } {
  // Before anybody is told that the run has begun.
  requireSignal(signal);
  const watch = new Watch(run, onStop);
  run.watch = watch;
  watch.begun();
  begin?.();
  if (signal === undefined) return { watch, unwatch: () => undefined };
  const cancel = (): void => {
    watch.interrupt({
      category: "cancelled",
      message: "was cancelled",
      facts: { code: "CANO7005", cause: signal.reason },
      last: (error) => ["cancelled", { error }],
      together: false,
    });
  };
  engine.signals ??= new SignalHub();
  const unwatch = engine.signals.listen(signal, cancel);
  if (signal.aborted) cancel();
  return { watch, unwatch };
}
