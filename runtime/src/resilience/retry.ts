/** Retry policies: immutable values that say how long to wait before the next attempt. The loop that uses them is `retry-loop.ts`. */

import { CanoError } from "../run/errors.js";

/** A retry policy. Made by {@link fixed}, {@link exponential}, {@link custom}, or {@link none}. */
export interface Retry {
  /** How many attempts may follow the first; `Infinity` where a {@link custom} function decides. */
  readonly retries: number;
  /**
   * Milliseconds to wait after attempt `failed` (0 for the first attempt) failed with `error`; undefined gives up.
   * `random` yields numbers from 0 up to, but not including, 1.
   */
  delay(failed: number, error: unknown, random: () => number): number | undefined;
}

/** One attempt only. The default, and a way to switch an inherited policy off. */
export const none: Retry = { retries: 0, delay: () => undefined };

/** `retries` further attempts, each after `delay` milliseconds (0 or more). Throws `configuration` when a value is out of range. */
export function fixed(options: { retries: number; delay: number }): Retry {
  const { retries, delay } = options;
  requireCount("retries", retries);
  requireDelay("delay", delay);
  return { retries, delay: () => delay };
}

/**
 * `retries` further attempts with growing delays: `base * multiplier ** k` milliseconds before retry k, at most `cap`, then spread by up
 * to `jitter` in both directions.
 *
 * Defaults: 3 retries, base 100 ms, multiplier 2, cap 30,000 ms, jitter 0.1. The jitter is applied after the cap, so a delay may exceed the
 * cap by that fraction; a base of 1 ms or more never yields a delay of 0. A multiplier that is not a positive number counts as 1, a jitter
 * outside [0, 1] is clamped. Throws `configuration` when `retries`, `base` or `cap` is negative or not finite.
 */
export function exponential(
  options: { retries?: number; base?: number; multiplier?: number; cap?: number; jitter?: number } = {},
): Retry {
  const { retries = 3, base = 100, cap = 30_000 } = options;
  requireCount("retries", retries);
  requireDelay("base", base);
  requireDelay("cap", cap);
  const multiplier = positive(options.multiplier ?? 2);
  const jitter = fraction(options.jitter ?? 0.1);
  const first = Math.trunc(base);
  return {
    retries,
    delay(failed, _error, random) {
      // An exponent beyond 2^31 - 1 changes nothing once the cap is reached, and an infinite power times 0 would be NaN.
      const growth = multiplier ** Math.min(failed, 2 ** 31 - 1);
      const capped = first === 0 ? 0 : Math.min(first * growth, cap);
      const spread = capped * (1 + jitter * (2 * random() - 1));
      const delay = Math.trunc(Math.max(0, spread));
      return first > 0 ? Math.max(1, delay) : delay;
    },
  };
}

/**
 * A policy of your own: called after every failed attempt with its 1-based number and its error, it returns the milliseconds to wait, or
 * undefined to give up. What it throws ends the state.
 */
export function custom(delay: (failure: { readonly attempt: number; readonly error: unknown }) => number | undefined): Retry {
  return { retries: Number.POSITIVE_INFINITY, delay: (failed, error) => delay({ attempt: failed + 1, error }) };
}

const positive = (value: number): number => (Number.isFinite(value) && value > 0 ? value : 1);
const fraction = (value: number): number => (Number.isFinite(value) ? Math.min(1, Math.max(0, value)) : 0);

function requireCount(name: string, value: number): void {
  if (!Number.isSafeInteger(value) || value < 0) throw outOfRange(name, "a whole number, 0 or more", value);
}

function requireDelay(name: string, value: number): void {
  if (!Number.isFinite(value) || value < 0) throw outOfRange(name, "a finite number of milliseconds, 0 or more", value);
}

function outOfRange(name: string, bound: string, value: number): CanoError {
  return new CanoError("configuration", `\`${name}\` must be ${bound}, not ${String(value)}`, { code: "CANO7009" });
}
