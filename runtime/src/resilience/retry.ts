/** Retry policies: immutable values that say how long to wait before the next attempt. The loop that uses them is `retry-loop.ts`. */

import { requireCount, requireDelay } from "../errors/require.js";
import { requireFunction, requireHook, requireOptions } from "../errors/require-shape.js";

/** A retry policy. Made by {@link fixed}, {@link exponential}, {@link decorrelated}, {@link custom}, or {@link none}. */
export interface Retry {
  /** How many attempts may follow the first; `Infinity` where a {@link custom} function decides. */
  readonly retries: number;
  /**
   * Milliseconds to wait after attempt `failed` (0 for the first attempt) failed with `error`; undefined gives up.
   * `random` yields numbers from 0 up to, but not including, 1; `previous` is the delay before the attempt that failed, if there was one.
   */
  delay(failed: number, error: unknown, random: () => number, previous?: number): number | undefined;
}

/** What every policy with a formula can be given besides. */
export interface RetryOptions {
  /** Whether there may be another attempt after this error. Default: after every error. What it throws ends the state. */
  readonly retryIf?: (error: unknown) => boolean;
  /**
   * The milliseconds that an error itself asks for, for example {@link retryAfter}; they take the place of the formula's, whatever its cap.
   * Undefined leaves it to the formula. Default: no error does. What it throws ends the state.
   */
  readonly delayFrom?: (error: unknown) => number | undefined;
}

/** What {@link fixed} is given. */
export interface FixedOptions extends RetryOptions {
  /** How many attempts may follow the first: a whole number, 0 or more. */
  readonly retries: number;
  /** Milliseconds before each of them, 0 or more. */
  readonly delay: number;
}

/** What {@link exponential} can be given. */
export interface ExponentialOptions extends RetryOptions {
  /** How many attempts may follow the first: a whole number, 0 or more. Default: 3. */
  readonly retries?: number;
  /** Milliseconds before the first of them, 0 or more. Default: 100. */
  readonly base?: number;
  /** By how much the delay grows with each of them. What is not a positive number counts as 1. Default: 2. */
  readonly multiplier?: number;
  /** The most milliseconds, before they are spread, 0 or more. Default: 30,000. */
  readonly cap?: number;
  /** The share by which a delay is spread in both directions. Clamped to 0 to 1. Default: 0.1. */
  readonly jitter?: number;
}

/** What {@link decorrelated} can be given. */
export interface DecorrelatedOptions extends RetryOptions {
  /** How many attempts may follow the first: a whole number, 0 or more. Default: 3. */
  readonly retries?: number;
  /** The fewest milliseconds before one of them, 0 or more. Default: 100. */
  readonly base?: number;
  /** The most, 0 or more. Default: 30,000. */
  readonly cap?: number;
}

/** One attempt only. The default, and a way to switch an inherited policy off. */
export const none: Retry = { retries: 0, delay: () => undefined };

/** `retries` further attempts, each after `delay` milliseconds (0 or more). Throws `configuration` when a value is out of range. */
export function fixed(options: FixedOptions): Retry {
  requireOptions<FixedOptions>("fixed", options, { retries: 1, delay: 1, retryIf: 1, delayFrom: 1 });
  const { retries, delay } = options;
  requireCount("retries", retries);
  requireDelay("delay", delay);
  return policy(options, retries, () => delay);
}

/**
 * `retries` further attempts with growing delays: `base * multiplier ** k` milliseconds before retry k, at most `cap`, then spread by up
 * to `jitter` in both directions.
 *
 * Defaults: 3 retries, base 100 ms, multiplier 2, cap 30,000 ms, jitter 0.1. The jitter is applied after the cap, so a delay may exceed the
 * cap by that fraction; a base of 1 ms or more never yields a delay of 0. A multiplier that is not a positive number counts as 1, a jitter
 * outside [0, 1] is clamped. Throws `configuration` when `base` or `cap` is negative or not finite, or `retries` no whole number of 0 or more.
 */
export function exponential(options: ExponentialOptions = {}): Retry {
  const names = { retries: 1, base: 1, multiplier: 1, cap: 1, jitter: 1, retryIf: 1, delayFrom: 1 } as const;
  requireOptions<ExponentialOptions>("exponential", options, names);
  const { retries = 3, base = 100, cap = 30_000 } = options;
  requireCount("retries", retries);
  requireDelay("base", base);
  requireDelay("cap", cap);
  const multiplier = positive(options.multiplier ?? 2);
  const jitter = fraction(options.jitter ?? 0.1);
  const first = Math.trunc(base);
  return policy(options, retries, (failed, _error, random) => {
    // An exponent beyond 2^31 - 1 changes nothing once the cap is reached, and an infinite power times 0 would be NaN.
    const growth = multiplier ** Math.min(failed, 2 ** 31 - 1);
    const capped = first === 0 ? 0 : Math.min(first * growth, cap);
    const spread = capped * (1 + jitter * (2 * random() - 1));
    const delay = Math.trunc(Math.max(0, spread));
    return first > 0 ? Math.max(1, delay) : delay;
  });
}

/**
 * `retries` further attempts, each after a random time between `base` and three times the delay before, at most `cap` milliseconds: callers
 * that failed together do not come back together.
 *
 * Defaults: 3 retries, base 100 ms, cap 30,000 ms. Throws `configuration` when `base` or `cap` is negative or not finite, or `retries` no whole number
 * of 0 or more.
 */
export function decorrelated(options: DecorrelatedOptions = {}): Retry {
  requireOptions<DecorrelatedOptions>("decorrelated", options, { retries: 1, base: 1, cap: 1, retryIf: 1, delayFrom: 1 });
  const { retries = 3, base = 100, cap = 30_000 } = options;
  requireCount("retries", retries);
  requireDelay("base", base);
  requireDelay("cap", cap);
  return policy(options, retries, (_failed, _error, random, previous = base) =>
    Math.trunc(Math.min(cap, base + random() * Math.max(0, 3 * previous - base))),
  );
}

/**
 * A policy of your own: called after every failed attempt with its 1-based number and its error, it returns the milliseconds to wait, or
 * undefined to give up. What it throws ends the state. Throws `configuration` when it is given no function.
 */
export function custom(delay: (failure: { readonly attempt: number; readonly error: unknown }) => number | undefined): Retry {
  requireFunction("delay` of `custom", delay);
  return { retries: Number.POSITIVE_INFINITY, delay: (failed, error) => delay({ attempt: failed + 1, error }) };
}

function policy({ retryIf, delayFrom }: RetryOptions, retries: number, formula: Retry["delay"]): Retry {
  requireHook("retryIf", retryIf);
  requireHook("delayFrom", delayFrom);
  if (retryIf === undefined && delayFrom === undefined) return { retries, delay: formula };
  return {
    retries,
    delay(failed, error, random, previous) {
      if (retryIf !== undefined && !retryIf(error)) return undefined;
      return delayFrom?.(error) ?? formula(failed, error, random, previous);
    },
  };
}

const positive = (value: number): number => (Number.isFinite(value) && value > 0 ? value : 1);
const fraction = (value: number): number => (Number.isFinite(value) ? Math.min(1, Math.max(0, value)) : 0);
