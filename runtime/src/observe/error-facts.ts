/** What may be told of an error in logs and traces: what it is, not what it carries. */

import { isCanoError } from "../errors/cano-error.js";
import { nameOf, textOf } from "../errors/thrown.js";

/** See the file's first line. */
export interface ErrorFacts {
  readonly type: string;
  readonly message: string;
  readonly stack?: string;
  /** The code and the category of an error of this package. */
  readonly code?: string;
  readonly category?: string;
  readonly cause?: ErrorFacts;
}

// A chain that is longer hides more than it tells; one may even be a ring.
const LONGEST_CHAIN = 5;

/** The facts of anything that can be thrown, and of its causes. Never throws. */
export function errorFacts(error: unknown, depth = 1): ErrorFacts {
  const { stack, cause } = readOwn(error);
  return {
    type: nameOf(error),
    message: textOf(error),
    ...(typeof stack === "string" ? { stack } : {}),
    ...(isCanoError(error) ? { code: error.code, category: error.category } : {}),
    ...(cause === undefined || depth === LONGEST_CHAIN ? {} : { cause: errorFacts(cause, depth + 1) }),
  };
}

function readOwn(error: unknown): { readonly stack?: unknown; readonly cause?: unknown } {
  try {
    return error instanceof Error ? { stack: error.stack, cause: error.cause } : {};
  } catch {
    // A getter that throws: the error is told without what it hides.
    return {};
  }
}
