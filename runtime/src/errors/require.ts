/** What options may be. Each throws `configuration` with the option's name and its bound; `option` may be a path. */

import { CanoError } from "./cano-error.js";
import { textOf } from "./thrown.js";

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

/** The error of an option that is something else than `bound`. */
export function outOfRange(option: string, bound: string, value: unknown): CanoError {
  return new CanoError("configuration", `\`${option}\` must be ${bound}, not ${shown(value)}`, { code: "CANO7009" });
}

/** A value in an error: a text as it is written in code, an object by what it is. */
export function shown(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "function") return "a function";
  if (typeof value !== "object" || value === null || value instanceof Date) return textOf(value);
  if (Array.isArray(value)) return "a list";
  const { constructor: maker }: { constructor?: unknown } = value;
  return typeof maker === "function" && maker !== Object ? `a \`${maker.name}\`` : "an object";
}
