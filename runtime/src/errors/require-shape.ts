/** What options that are no numbers may be, beyond their types, as in JavaScript or from a configuration. Each throws `configuration`. */

import { CanoError } from "./cano-error.js";
import { outOfRange } from "./require.js";

/**
 * An object of options for `taker`, all of which are among `names`: one that is misspelt would be left out without a word. What is `undefined` is left
 * out, too.
 */
export function requireOptions<T extends object>(taker: string, options: T, names: Readonly<Record<keyof T, 1>>): void {
  if (!mayBeOptions(options)) throw outOfRange(taker, `given an object with options (${listOf(names)})`, options);
  const surplus = Object.entries(options).find(([name, value]) => value !== undefined && !Object.hasOwn(names, name));
  if (surplus !== undefined)
    throw new CanoError("configuration", `\`${taker}\` has no option \`${surplus[0]}\`, only ${listOf(names)}`, {
      code: "CANO7009",
    });
}

/** A signal, a URL or the like is an object, too, and none of what it says would be heard. */
function mayBeOptions(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null || Object.keys(value).length > 0;
}

function listOf(names: object): string {
  return Object.keys(names)
    .map((name) => `\`${name}\``)
    .join(", ");
}

/** A function, or nothing. */
export function requireHook(option: string, value: unknown): void {
  if (value !== undefined) requireFunction(option, value);
}

/** A function. */
export function requireFunction(option: string, value: unknown): void {
  if (typeof value !== "function") throw outOfRange(option, "a function", value);
}

/** A list. */
export function requireList(option: string, value: unknown): void {
  if (!Array.isArray(value)) throw outOfRange(option, "a list", value);
}

/** `true` or `false`. */
export function requireFlag(option: string, value: unknown): void {
  if (typeof value !== "boolean") throw outOfRange(option, "`true` or `false`", value);
}

/** Something that has a method: objects of this package are told by what they can do, since a process may have loaded it twice. */
export function requireMethod(option: string, value: unknown, method: string, bound: string): void {
  if (!hasMethod(value, method)) throw outOfRange(option, bound, value);
}

/** An abort signal, or nothing. */
export function requireSignal(signal: unknown): void {
  if (signal === undefined || signal instanceof AbortSignal) return;
  // One of another realm, or of a polyfill.
  requireMethod("signal", signal, "addEventListener", "an `AbortSignal`");
}

function hasMethod(value: unknown, method: string): boolean {
  return typeof value === "object" && value !== null && typeof Reflect.get(value, method) === "function";
}
