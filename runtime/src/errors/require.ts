/** What numbers in options may be. Each throws `configuration` with the option's name and its bound; `option` may be a path. */

import { CanoError } from "./cano-error.js";

/** A whole number, `least` or more. */
export function requireCount(option: string, value: number, least = 0): void {
  if (!Number.isSafeInteger(value) || value < least) throw outOfRange(option, `a whole number, ${least} or more`, value);
}

/** A time above 0. */
export function requirePositive(option: string, value: number): void {
  if (!Number.isFinite(value) || value <= 0) throw outOfRange(option, "a finite number of milliseconds above 0", value);
}

/** A time to wait: 0 or more. */
export function requireDelay(option: string, value: number): void {
  if (!Number.isFinite(value) || value < 0) throw outOfRange(option, "a finite number of milliseconds, 0 or more", value);
}

/** A point in time. */
export function requireTime(option: string, value: number): void {
  if (typeof value !== "number" || Number.isNaN(value)) throw outOfRange(option, "a number of milliseconds since 1970", value);
}

/** A share above 0 and at most 1. */
export function requireShare(option: string, value: number): void {
  if (!Number.isFinite(value) || value <= 0 || value > 1) throw outOfRange(option, "a share above 0 and at most 1", value);
}

/** A cost: 0 or more. */
export function requireCost(option: string, value: number): void {
  if (!Number.isFinite(value) || value < 0) throw outOfRange(option, "a finite number, 0 or more", value);
}

function outOfRange(option: string, bound: string, value: unknown): CanoError {
  return new CanoError("configuration", `\`${option}\` must be ${bound}, not ${String(value)}`, { code: "CANO7009" });
}
