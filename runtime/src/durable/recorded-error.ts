/** Errors as the log of a run has them: what is needed to tell what happened, no stack, and nothing of the user's data. */

import { CanoError, type Category, type ErrorFacts } from "../errors/cano-error.js";
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

function recorded(error: CanoError): RecordedError {
  const { category, message, cause, errors } = error;
  // JSON has no word for an infinite time.
  const has = (fact: (typeof FACTS)[number]): boolean => error[fact] !== undefined && error[fact] !== Number.POSITIVE_INFINITY;
  const facts = Object.fromEntries(FACTS.filter(has).map((fact) => [fact, error[fact]]));
  return {
    category,
    message,
    facts,
    ...(cause === undefined ? {} : { cause: { name: nameOf(cause), message: textOf(cause) } }),
    ...(errors === undefined ? {} : { errors: errors.map(recorded) }),
  };
}

function recalled({ category, message, facts, cause, errors }: RecordedError): CanoError {
  return new CanoError(category, message, {
    ...facts,
    ...(errors === undefined ? {} : { errors: errors.map(recalled) }),
    ...(cause === undefined ? {} : { cause: Object.assign(new Error(cause.message), { name: cause.name }) }),
  });
}
