/** Errors as the log of a run has them: what is needed to tell what happened, no stack, and nothing of the user's data. */

import { CanoError, type Category, type ErrorFacts, isCanoError } from "../errors/cano-error.js";
import { nameOf, textOf } from "../errors/thrown.js";

interface RecordedError {
  readonly category: Category;
  readonly message: string;
  readonly facts: ErrorFacts;
  readonly cause?: { readonly name: string; readonly message: string };
  readonly errors?: readonly RecordedError[];
}

const FACTS = ["code", "state", "attempt", "path", "attempts", "elapsed", "limit", "refusedBy", "retryAfter", "runId"] as const;

/** The JSON of an error. */
export function recordError(error: CanoError): string {
  return JSON.stringify(recorded(error));
}

/** The error of a JSON text that {@link recordError} made. Throws when it is something else. */
export function recallError(text: string): CanoError {
  return recalled(JSON.parse(text) as RecordedError);
}

/** Errors within errors are recorded so deep: those of the runtime are two deep, and what looks like one may have itself in it. */
const DEEPEST = 8;

function recorded(error: CanoError, depth = 0): RecordedError {
  const [category, cause, errors] = [read(error, "category"), read(error, "cause"), read(error, "errors")];
  const facts = FACTS.flatMap((name) => {
    const fact = read(error, name);
    return isFact(fact) || (Array.isArray(fact) && fact.every(isFact)) ? [[name, fact] as const] : [];
  });
  return {
    category: typeof category === "string" ? (category as Category) : "task_execution",
    message: textOf(error),
    facts: Object.fromEntries(facts),
    ...(cause === undefined ? {} : { cause: { name: nameOf(cause), message: textOf(cause) } }),
    ...(Array.isArray(errors) && depth < DEEPEST
      ? { errors: errors.filter((one) => isCanoError(one)).map((one) => recorded(one, depth + 1)) }
      : {}),
  };
}

/** What `error` says, which may be a task's own that only looks like one of the runtime: a run must not go on for ever since its error cannot be stored. */
function read(error: CanoError, name: keyof CanoError): unknown {
  try {
    return error[name];
  } catch {
    // It says nothing then.
    return undefined;
  }
}

/** JSON has no word for an infinite time. */
function isFact(fact: unknown): boolean {
  return typeof fact === "string" || Number.isFinite(fact);
}

function recalled({ category, message, facts, cause, errors }: RecordedError): CanoError {
  return new CanoError(category, message, {
    ...facts,
    ...(errors === undefined ? {} : { errors: errors.map(recalled) }),
    ...(cause === undefined ? {} : { cause: Object.assign(new Error(cause.message), { name: cause.name }) }),
  });
}
