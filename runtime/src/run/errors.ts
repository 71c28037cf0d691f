/** The one error class of the runtime and the one mark that forbids a retry. Wrapping a failure with its run's facts is `run/failure.ts`. */

/** What kind of failure an error is; the vocabulary of the contract's error model. */
export type Category =
  | "task_execution"
  | "retry_exhausted"
  | "timeout"
  | "workflow_timeout"
  | "cancelled"
  | "circuit_open"
  | "rate_limited"
  | "bulkhead_full"
  | "workflow"
  | "configuration"
  | "resource"
  | "checkpoint_store"
  | "run_conflict"
  | "workflow_version_mismatch"
  | "compensation_failed"
  | "orphaned_compensation";

/** Facts that an error may carry; which ones are present follows from its category. */
export interface ErrorFacts {
  /** The catalogue's code, `CANO7001` and so on; `cano-gen explain <code>` tells more. */
  readonly code?: string;
  readonly cause?: unknown;
  /** The state that was running, or about to be entered. */
  readonly state?: string | number;
  /** 1-based number of the attempt that failed; 0 when no attempt ran to its end (cancelled, total timeout). */
  readonly attempt?: number;
  /** The states entered so far, oldest first; only the newest thousand or so are kept. */
  readonly path?: readonly (string | number)[];
  /** `retry_exhausted`: how many attempts were made. */
  readonly attempts?: number;
  /** `workflow_timeout`: milliseconds since the run began. */
  readonly elapsed?: number;
  /** `workflow_timeout`, `timeout`: the bound that was exceeded, in milliseconds. */
  readonly limit?: number;
  /** `circuit_open`, `rate_limited`, `bulkhead_full`: the name of what refused; of a limiter with several tiers, the tier's. */
  readonly refusedBy?: string;
  /** `compensation_failed`: the failure of the run, then what went wrong while it was undone. */
  readonly errors?: readonly CanoError[];
  /** `run_conflict`, `workflow_version_mismatch`: the run. */
  readonly runId?: string;
  /** `workflow_version_mismatch`: the version that the run was begun under, and the workflow's. */
  readonly stored?: number;
  readonly expected?: number;
  /** `circuit_open`, `rate_limited`: milliseconds after which it may be tried again; infinite when that alone does not help. */
  readonly retryAfter?: number;
}

/** Every failure that the runtime reports. `cause` is what was thrown by the user's code, if anything was. */
export class CanoError extends Error implements ErrorFacts {
  override readonly name = "CanoError";
  declare readonly code?: string;
  declare readonly state?: string | number;
  declare readonly attempt?: number;
  declare readonly path?: readonly (string | number)[];
  declare readonly attempts?: number;
  declare readonly elapsed?: number;
  declare readonly limit?: number;
  declare readonly refusedBy?: string;
  declare readonly errors?: readonly CanoError[];
  declare readonly runId?: string;
  declare readonly stored?: number;
  declare readonly expected?: number;
  /** `orphaned_compensation`: what the state's task left for its compensation. Not enumerable, since it is the user's data. */
  declare readonly output?: unknown;
  declare readonly retryAfter?: number;

  constructor(
    readonly category: Category,
    message: string,
    facts: ErrorFacts = {},
  ) {
    super(message, facts);
    // The facts that there are, and no others, so that a printed error shows nothing undefined.
    Object.assign(this, facts);
  }
}

/** Thrown by a task to end its state at once: never retried. An error with `retryable: false` is treated the same. */
export class FatalError extends Error {
  override readonly name: string = "FatalError";
  readonly retryable = false;
}

/** Whether `error` is a {@link CanoError}, and of `category` if one is given. */
export function isCanoError(error: unknown, category?: Category): error is CanoError {
  try {
    return error instanceof CanoError && (category === undefined || error.category === category);
  } catch {
    // A proxy may refuse even to say what it is.
    return false;
  }
}
