/** Turns values into JSON without losing anything in silence. */

import { CanoError } from "./errors.js";
import { textOf } from "./failure.js";

/**
 * `value` as JSON. Throws `task_execution` where JSON would drop or change something: a function, a symbol, a `bigint`, `NaN`, an infinity,
 * `undefined` in an array, a `Date`, `Map`, `Set` or other object with a class of its own, a cycle. `what` names the value in the message.
 */
export function jsonText(what: string, value: unknown): string {
  const problem = findLoss(value, "", []);
  if (problem !== undefined) {
    const at = problem.path === "" ? "" : ` at \`${problem.path}\``;
    throw lossy(`${what} does not survive JSON${at}: ${problem.why}`, undefined);
  }
  try {
    return JSON.stringify(value);
  } catch (cause) {
    throw lossy(`${what} does not survive JSON: ${textOf(cause)}`, cause);
  }
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
  if (Array.isArray(value)) {
    return firstLoss(
      value.map((item, index) => [`${path}[${index}]`, item]),
      inner,
    );
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if ((prototype !== Object.prototype && prototype !== null) || "toJSON" in value) {
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
