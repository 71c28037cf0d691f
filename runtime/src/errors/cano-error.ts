/** The one error class of the runtime and the one mark that forbids a retry. Wrapping a failure with its run's facts is `run/failure.ts`. */

/**
 * What kind of failure an error is:
 *
 * - `task_execution`: a task threw, and no further attempt was allowed; `cause` is what it threw. Or a value that is to be stored does not survive JSON
 * - `retry_exhausted`: all attempts that were allowed have failed; their errors are below `cause`
 * - `timeout`: an attempt took longer than its `attemptTimeout`
 * - `workflow_timeout`: the run took longer than its `totalTimeout`
 * - `cancelled`: the run's signal fired, or somebody cancelled it
 * - `circuit_open`: a circuit breaker refused an attempt; never retried
 * - `rate_limited`: a rate limiter refused an attempt
 * - `bulkhead_full`: a bulkhead refused an attempt
 * - `workflow`: a task returned what is not one of its targets, a split was not joined or took longer than its `timeout`, a stored run has no state to go on in, or a scheduler refused a command
 * - `configuration`: an option is out of range, a package is missing, or what was asked for cannot begin: the object is closed, or the initial state or the run id is none
 * - `resource`: a resource could not be set up, or a `MemoryStore` does not have or allow what was asked for
 * - `checkpoint_store`: a durable run could not be read or stored, and is as it was; or there is no run of the id
 * - `run_conflict`: somebody else drives the run; never retried
 * - `workflow_version_mismatch`: the run was begun under another version, and no migration leads to this one
 * - `compensation_failed`: the run has failed, and not all could be undone; see `errors`
 * - `orphaned_compensation`: an effect that nobody undoes; one of the `errors` of a `compensation_failed`
 */
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
  /** What was thrown; of several errors, an `AggregateError`. */
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
  /** `workflow_timeout`, `timeout`, and `workflow` of a split or a `stop` that took too long: the bound that was exceeded, in milliseconds. */
  readonly limit?: number;
  /** `circuit_open`, `rate_limited`, `bulkhead_full`: the name of what refused; of a limiter with several tiers, the tier's. */
  readonly refusedBy?: string;
  /** `compensation_failed`: the failure of the run, then what went wrong while it was undone. */
  readonly errors?: readonly CanoError[];
  /** `run_conflict`, `workflow_version_mismatch`: the run. */
  readonly runId?: string;
  /** `workflow_version_mismatch`: the version that the run was begun under. */
  readonly stored?: number;
  /** `workflow_version_mismatch`: the version of the workflow object that was to go on with it. */
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
    /** What kind of failure it is; which of the other facts are there follows from it. */
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
  /** What forbids a retry, of any error that has it. */
  readonly retryable = false;
}

/** Whether `error` is a {@link CanoError}, and of `category` if one is given; also one of another copy of this package that the process has loaded. */
export function isCanoError(error: unknown, category?: Category): error is CanoError {
  try {
    // By its name: another copy, as of another version, has a class of its own.
    return (
      error instanceof Error &&
      error.name === "CanoError" &&
      (category ?? (error as CanoError).category) === (error as CanoError).category
    );
  } catch {
    // A proxy may refuse even to say what it is.
    return false;
  }
}
