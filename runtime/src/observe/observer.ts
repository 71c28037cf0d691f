/** What can be watched of a run. Every hook is optional, synchronous and guarded: what it throws changes nothing about the run. */

import type { CanoError } from "../run/errors.js";

type State = string | number;

/** What every event tells. */
export interface RunEvent {
  readonly workflow: string;
  readonly runId: string;
  readonly state: State;
}

/** An event of one task, or of one branch of a split. */
export interface TaskEvent extends RunEvent {
  /** The task's class name; `Name[index]` for a branch. */
  readonly task: string;
}

/** Hooks, in the order in which a run fires them. Every start is followed by exactly one of success, failure or cancelled. */
export interface Observer {
  /** A run that is stored is taken up again, in `state`, behind the row of this sequence; `stateEnter` follows unless it had failed. */
  resume?(event: RunEvent & { readonly sequence: number }): void;
  /** A state that a resumed run has passed is none of the workflow's any more; it is left out of the run's path. */
  unknownResumeState?(event: RunEvent & { readonly sequence: number; readonly label: string }): void;
  /** A state is entered: tasks, routers, splits and exits alike. */
  stateEnter?(event: RunEvent): void;
  /** A row of the run's log is durable. */
  checkpoint?(event: RunEvent & { readonly sequence: number }): void;
  /** Before the first attempt. */
  taskStart?(event: TaskEvent): void;
  /** An attempt was refused by the task's circuit breaker. */
  circuitOpen?(event: TaskEvent & { readonly error: CanoError }): void;
  /** An attempt is slow, so another copy of it is started: the `copy`-th, where 1 is the attempt itself. */
  hedge?(event: TaskEvent & { readonly attempt: number; readonly copy: number }): void;
  /** After a failed attempt and before its delay. `attempt` is the 1-based number of the attempt that failed. */
  retry?(event: TaskEvent & { readonly attempt: number; readonly delay: number; readonly error: unknown }): void;
  /** After the last attempt: the task's `fallback` stands in for its result. A `taskSuccess` follows. */
  fallback?(event: TaskEvent & { readonly error: unknown }): void;
  taskSuccess?(event: TaskEvent): void;
  /** After the last attempt; `error` is not yet wrapped with the run's facts. */
  taskFailure?(event: TaskEvent & { readonly error: unknown }): void;
  /** A branch was aborted because its join was decided, or its split's time was up. */
  taskCancelled?(event: TaskEvent): void;
  /** A failure that the task's own options pass over: of a poll, or of an item of a stream. */
  tolerated?(event: TaskEvent & { readonly error: unknown }): void;
  /** An item of a batch has ended: how many have, how many of them failed, and of how many where the batch was loaded as an array. */
  progress?(event: TaskEvent & { readonly done: number; readonly failed: number; readonly total: number | undefined }): void;
  /** The run has failed, and what `task` did is being undone: before the first attempt of its compensation. */
  compensateStart?(event: TaskEvent): void;
  compensateSuccess?(event: TaskEvent): void;
  /** After the last attempt: `error` is what it failed with. */
  compensateFailure?(event: TaskEvent & { readonly error: unknown }): void;
  /** The total timeout ended the run. Milliseconds. */
  workflowTimeout?(event: RunEvent & { readonly elapsed: number; readonly limit: number }): void;
  /** The caller's signal ended the run, in or before `state`. */
  cancelled?(event: RunEvent & { readonly error: CanoError }): void;
}
