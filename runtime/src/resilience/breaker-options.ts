/** What a circuit breaker can be given. */

import type { Log } from "../context.js";
import { requireHook, requireOptions } from "../errors/require-shape.js";
import type { Clock } from "../time/clock.js";
import type { RateOptions } from "./failure-rate.js";
import type { BreakerChange } from "./gate-watcher.js";

/** How a breaker behaves. Times in milliseconds. */
export interface BreakerOptions {
  /** Names it in errors and events. Default: `breaker`. */
  readonly name?: string;
  /** So many failures in a row open it: a whole number, 1 or more. Default: 5, or no such limit where a `failureRate` is given. */
  readonly failureThreshold?: number;
  /** A share of failures among the recent calls opens it, too. Default: none. */
  readonly failureRate?: RateOptions;
  /** How long it stays open before a trial is let through, above 0. Default: 30,000. */
  readonly resetTimeout?: number;
  /** So many trials at once, and so many successes to close it: a whole number, 1 or more. Default: 1. */
  readonly halfOpenCalls?: number;
  /** Whether an error counts as a failure of what is called. Default: every error does. One that does not counts as a success; what it throws counts as a failure. */
  readonly isFailure?: (error: unknown) => boolean;
  /** Called after each transition. What it throws, or rejects with, is logged and changes nothing. */
  readonly onChange?: (change: BreakerChange) => void;
  /** For calls by hand; a task that has the breaker in its config brings the clock of its workflow object. Default: the process's clock. */
  readonly clock?: Clock;
  /** Default: `console`. */
  readonly log?: Pick<Log, "warn">;
}

const OPTIONS: Readonly<Record<keyof BreakerOptions, 1>> = {
  name: 1,
  failureThreshold: 1,
  failureRate: 1,
  resetTimeout: 1,
  halfOpenCalls: 1,
  isFailure: 1,
  onChange: 1,
  clock: 1,
  log: 1,
};

/** Throws `configuration` when an option is none, or is no function where it must be one. What must be a number is asked of the breaker. */
export function requireBreakerOptions(options: BreakerOptions): void {
  requireOptions("circuitBreaker", options, OPTIONS);
  requireHook("isFailure", options.isFailure);
  requireHook("onChange", options.onChange);
}
