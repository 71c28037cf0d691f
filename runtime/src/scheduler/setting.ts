/** What the schedules of one scheduler share. */

import type { ScheduleStore } from "../checkpoint/schedule-store.js";
import type { Log } from "../context.js";
import { reportRejection } from "../errors/thenable.js";
import { textOf } from "../errors/thrown.js";
import { warn } from "../errors/warn.js";
import type { SignalHub } from "../run/signal-hub.js";
import type { Clock } from "../time/clock.js";
import type { Agenda } from "./agenda.js";
import type { ScheduleObserver } from "./options.js";

/** See the file's first line. */
export interface Setting {
  readonly store: ScheduleStore;
  /** Whether other processes may see the store, now or later. */
  readonly isShared: boolean;
  readonly agenda: Agenda;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Log;
  readonly observers: readonly ScheduleObserver[];
  /** Fires when the scheduler is stopped, with a `cancelled` error. */
  readonly stopping: AbortSignal;
  /** Listens to `stopping` for all who wait. */
  readonly signals: SignalHub;
}

/** What could not be done with a store is tried again after so many milliseconds. */
export const RETRY = 5_000;

/** Tells all observers of an event. */
export function tell<K extends keyof ScheduleObserver>(
  { observers, log }: Setting,
  hook: K,
  event: Parameters<NonNullable<ScheduleObserver[K]>>[0],
): void {
  for (const observer of observers) {
    // The event is of the hook's own type, whichever it is.
    guard(log, hook, () => observer[hook]?.(event as never));
  }
}

/** Calls what an application gave; what it throws, or rejects with, is logged, and changes nothing. A promise is not waited for. */
export function guard(log: Log, what: string, call: () => unknown): void {
  const report = (error: unknown): void => warn(log, `\`${what}\` failed: ${textOf(error)}`);
  try {
    reportRejection(call(), report);
  } catch (error) {
    report(error);
  }
}

/** The next random number; the middle one, and a warning, when it cannot be had. */
export function randomOf({ random, log }: Setting): number {
  let number = 0.5;
  guard(log, "random", () => {
    const given = random();
    // Of a time that is not a number, nothing would ever be due again.
    if (!(given >= 0 && given <= 1)) throw new RangeError(`it gave ${String(given)}, which does not lie between 0 and 1`);
    number = given;
  });
  return number;
}

/** Waits on the clock; `false`, at once, when what waits is being stopped. */
export function pause(
  { clock, stopping, signals }: Pick<Setting, "clock" | "stopping" | "signals">,
  delay: number,
): Promise<boolean> {
  if (stopping.aborted) return Promise.resolve(false);
  return new Promise((resolve) => {
    const unwatch = signals.listen(stopping, () => {
      cancel();
      unwatch();
      resolve(false);
    });
    const cancel = clock.schedule(() => {
      unwatch();
      resolve(true);
    }, delay);
  });
}
