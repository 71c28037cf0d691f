/** Turns values into JSON without losing anything in silence. */

import { CanoError } from "../errors/cano-error.js";
import { textOf } from "../errors/thrown.js";

/**
 * `value` as JSON. Throws `task_execution` where JSON would drop or change something: a function, a symbol, a `bigint`, `NaN`, an infinity,
 * `undefined` in an array, a `Date`, `Map`, `Set` or other object whose class has methods or accessors, a member that an array has besides its items,
 * one whose name is a symbol, a cycle. -0 comes back as 0, which equals it. `what` names the value in the message.
 */
export function jsonText(what: string, value: unknown): string {
  let problem: Loss | undefined;
  try {
    // What is only deep is fine.
    if (survives(value, DEEPEST) || (problem = findLoss(value, "", [])) === undefined) return JSON.stringify(value);
  } catch (cause) {
    // A getter that throws, or a value too deep for the stack.
    throw lossy(`${what} does not survive JSON: ${textOf(cause)}`, cause);
  }
  const at = problem.path === "" ? "" : ` at \`${problem.path}\``;
  throw lossy(`${what} does not survive JSON${at}: ${problem.why}`, undefined);
}

// Deeper values are looked at by what knows cycles, which takes ten times as long.
const DEEPEST = 32;

/** Whether nothing of a value is lost. Also false when that would take more than `depth` levels to tell. */
function survives(value: unknown, depth: number): boolean {
  if (typeof value === "string" || typeof value === "boolean" || value === null) return true;
  if (typeof value === "number") return Number.isFinite(value);
  if (typeof value !== "object" || depth === 0) return false;
  if (Array.isArray(value)) {
    if (!isPlainList(value)) return false;
    // A hole reads as undefined, which `every` would pass over.
    for (let at = 0; at < value.length; at++) if (!survives(value[at], depth - 1)) return false;
    return true;
  }
  if (!isPlain(value)) return false;
  for (const key of Object.keys(value)) {
    const member: unknown = value[key as never];
    if (member !== undefined && !survives(member, depth - 1)) return false;
  }
  return true;
}

/** Whether an object is one whose members are all there is to it. */
export function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  const isBare = isRoot(prototype) || prototype === null || hasMembersOnly(prototype);
  return isBare && !("toJSON" in value) && symbolIn(value) === undefined;
}

// An instance of a class without methods and accessors comes back as a plain object of the same shape.
function hasMembersOnly(prototype: unknown): boolean {
  for (let at = prototype; !isRoot(at); at = Object.getPrototypeOf(at)) {
    if (typeof at !== "object" || at === null) return at === null;
    if (Array.isArray(at) || Reflect.ownKeys(at).some((key) => key !== "constructor")) return false;
  }
  return true;
}

/** Whether a list is one whose items are all there is to it. */
export function isPlainList(value: readonly unknown[]): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  const isArray = prototype === Array.prototype || (Array.isArray(prototype) && isRoot(Object.getPrototypeOf(prototype)));
  return isArray && !("toJSON" in value) && surplusOf(value) === undefined && symbolIn(value) === undefined;
}

/** Whether something is `Object.prototype`, also of another realm: under Jest, what `fetch` and `structuredClone` give is of Node's. */
function isRoot(at: unknown): boolean {
  if (at === Object.prototype) return true;
  return typeof at === "object" && at !== null && Object.getPrototypeOf(at) === null && Object.hasOwn(at, "isPrototypeOf");
}

/** What an array has besides its items. */
function surplusOf(value: readonly unknown[]): string | undefined {
  // Whatever is no index comes after all that are.
  const last = Object.keys(value).at(-1);
  const index = Number(last) >>> 0;
  return last === undefined || (String(index) === last && index < value.length) ? undefined : last;
}

/** The name of a member that is a symbol. What is not enumerable is no data. */
function symbolIn(value: object): symbol | undefined {
  const symbols = Object.getOwnPropertySymbols(value);
  return symbols.length === 0 ? undefined : symbols.find((symbol) => Object.prototype.propertyIsEnumerable.call(value, symbol));
}

/** The error for something that would be lost. */
export function lossy(message: string, cause: unknown): CanoError {
  return new CanoError("task_execution", message, { code: "CANO7014", ...(cause === undefined ? {} : { cause }) });
}

interface Loss {
  readonly path: string;
  readonly why: string;
}

function findLoss(value: unknown, path: string, around: readonly unknown[]): Loss | undefined {
  if (value === null || typeof value === "string" || typeof value === "boolean") return undefined;
  if (typeof value === "number") return Number.isFinite(value) ? undefined : { path, why: `it is ${value}` };
  if (typeof value !== "object") return { path, why: value === undefined ? "it is undefined" : `it is a ${typeof value}` };
  if (around.includes(value)) return { path, why: "it contains itself" };
  const inner = [...around, value];
  const symbol = symbolIn(value);
  if (symbol !== undefined) return { path, why: `it has a member ${String(symbol)}` };
  const surplus = Array.isArray(value) ? surplusOf(value) : undefined;
  if (surplus !== undefined) return { path, why: `it is an array with a member \`${surplus}\`` };
  if (Array.isArray(value) && isPlainList(value)) {
    return firstLoss(
      Array.from(value, (item: unknown, index) => [`${path}[${index}]`, item] as const),
      inner,
    );
  }
  if (Array.isArray(value) || !isPlain(value)) {
    const name = value.constructor?.name;
    return { path, why: `it is an object of class ${typeof name === "string" && name !== "" ? name : "unknown"}` };
  }
  // A member that is undefined is left out, which reads the same.
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return firstLoss(
    members.map(([key, member]) => [`${path}.${key}`, member]),
    inner,
  );
}

function firstLoss(entries: readonly (readonly [string, unknown])[], around: readonly unknown[]): Loss | undefined {
  for (const [path, value] of entries) {
    const loss = findLoss(value, path, around);
    if (loss !== undefined) return loss;
  }
  return undefined;
}
