/** What can be watched of a run. Every hook is optional, synchronous and guarded: what it throws changes nothing about the run. */

import type { CanoError } from "../errors/cano-error.js";
import type { GraphState } from "../graph.js";

type State = string | number;

/** What every event tells. */
export interface RunEvent {
  /** The name of the workflow, as `name` of `workflow()` or the exported constant gives it. */
  readonly workflow: string;
  /** The id of the run: the caller's, or a random UUID. */
  readonly runId: string;
  /** The value of the state that the run is in, or is about to enter. */
  readonly state: State;
  /** The kind of the state. */
  readonly kind: GraphState["kind"];
  /** How many states the run has entered by now: 0 before the first. Of a run that was resumed, as far as its path is known. */
  readonly visit: number;
  /** When: milliseconds since 1970 by the workflow's clock; `NaN` when that cannot be read. */
  readonly at: number;
}

/** An event of one task, or of one branch of a split. */
export interface TaskEvent extends RunEvent {
  /** The task's class name; `Name[index]` for a branch, `Name.compensate` for the further attempts of a compensation. */
  readonly task: string;
  /** The index of the branch; undefined for everything else. */
  readonly branch: number | undefined;
  /** What the branch is, where it is no plain one: undefined for everything else. */
  readonly branchKind: "poll" | "timer" | "batch" | undefined;
  /** The attempt that it is about, from 1 on; of an end, the last one. 0 for a branch that never came to its first. */
  readonly attempt: number;
}

/** The end of a task, or of a branch. */
export interface TaskEnd extends TaskEvent {
  /** Milliseconds since its `taskStart`. */
  readonly elapsed: number;
}

/** What is stored with a run, for who resumes it to go on with its trace. */
export interface RunTrace {
  /** A text that its observer understands. */
  readonly text: string;
}

/** How a run has ended. One that was cancelled and could not be undone has failed. */
export type RunOutcome = "completed" | "failed" | "cancelled";

/**
 * What an observer may set up around the engine's own calls: an asynchronous context, so that what is done inside finds it. `call` is to be called
 * once, and at once; the engine sees to it that it is, and what comes of it is none of the observer's business.
 */
export interface Surroundings {
  /** Around a run, from `runStart` to its last state. What it has done is undone outside of it. */
  aroundRun?(event: RunEvent, call: () => void): void;
  /** Around each attempt that the runtime makes: of a branch, of a compensation, of a task but for first ones, for which there is `wrap`. */
  aroundTask?(event: TaskEvent, call: () => void): void;
  /**
   * What generated dispatchers call in the place of `task`. Asked once, when a workflow object is made; what it throws, the factory throws. Not asked of
   * tasks that the runtime calls in a loop, nor of branches.
   */
  wrap?<T extends object>(task: T): T;
  /**
   * What is to be stored with a run of a durable workflow that is about to begin; the first answer counts. The very object is in the `runStart` of this
   * run, which does not follow where the run is there already or cannot be stored; its text is in that of who resumes it. One of more than 1,024 characters, or
   * with a character that no database stores, is left out.
   */
  traceRun?(event: RunEvent): RunTrace | undefined;
}

/** Hooks, in the order in which a run fires them. Every start is followed by exactly one end: of a task, success, failure or cancelled. */
export interface Observer extends Surroundings {
  /**
   * A run begins, in `state`, or is taken up again where it was stored. `version` is that of a workflow that has one; `trace` is what is stored with the run
   * of what `traceRun` gave.
   */
  runStart?(
    event: RunEvent & {
      readonly resumed: boolean;
      readonly version: number | undefined;
      readonly trace: RunTrace | undefined;
    },
  ): void;
  /** A state that a resumed run has passed is none of the workflow's any more; it is left out of the run's path. */
  unknownResumeState?(event: RunEvent & { readonly sequence: number; readonly label: string }): void;
  /**
   * A run that is stored is taken up again, in `state`, behind the row of this sequence; `stateEnter` follows unless it had failed. `owner` is who drives it
   * now as its store names it, `formerly` who drove it before and did not let go of it, if the store tells.
   */
  resume?(
    event: RunEvent & { readonly sequence: number; readonly owner: string | undefined; readonly formerly: string | undefined },
  ): void;
  /** A state is entered: tasks, routers, splits and exits alike. */
  stateEnter?(event: RunEvent): void;
  /** A row of the run's log is durable; where it `clears`, the run has ended and is removed from the store, with all its rows, in its place. */
  checkpoint?(event: RunEvent & { readonly sequence: number; readonly clears: boolean }): void;
  /**
   * The store failed at what `checkpoint` would else have been told of, and the run stops here. Told without a `runStart` before it where a run could not
   * be begun or taken up for that.
   */
  checkpointFailure?(event: RunEvent & { readonly clears: boolean; readonly error: unknown }): void;
  /** Before the first attempt. */
  taskStart?(event: TaskEvent): void;
  /** An attempt was refused by the task's circuit breaker. */
  circuitOpen?(event: TaskEvent & { readonly error: CanoError }): void;
  /** An attempt is slow, so another copy of it is started: the `copy`-th, where 1 is the attempt itself. */
  hedge?(event: TaskEvent & { readonly copy: number }): void;
  /** After a failed attempt and before its delay, in milliseconds. `attempt` is the number of the attempt that failed. */
  retry?(event: TaskEvent & { readonly delay: number; readonly error: unknown }): void;
  /** Before an attempt that is not the first: after the delay of `retry`, or in a run that was resumed. */
  attempt?(event: TaskEvent): void;
  /** A poll has been asked: whether it is `ready`. */
  poll?(event: TaskEvent & { readonly ready: boolean }): void;
  /** A step of a stepped task has ended: whether it was the last one. */
  step?(event: TaskEvent & { readonly done: boolean }): void;
  /** A failure that the task's own options pass over: of a poll, or of an item of a stream. */
  tolerated?(event: TaskEvent & { readonly error: unknown }): void;
  /**
   * An item of a batch or a stream has ended, `ok` or not: how many have, how many of them failed, and of how many where a batch was loaded as
   * an array. Items of a stream that were worked on before the run was resumed do not count.
   */
  progress?(
    event: TaskEvent & {
      readonly ok: boolean;
      readonly done: number;
      readonly failed: number;
      readonly total: number | undefined;
    },
  ): void;
  /** A window of a stream is flushed: of how many outputs. */
  window?(event: TaskEvent & { readonly outputs: number }): void;
  /** After the last attempt: the task's `fallback` stands in for its result. A `taskSuccess` follows, or a `taskFailure` where that fails, too. */
  fallback?(event: TaskEvent & { readonly error: unknown }): void;
  /** A task has named the next state, or a branch has returned its data: after its last attempt, or its `fallback`. */
  taskSuccess?(event: TaskEnd): void;
  /** After the last attempt; `error` is not yet wrapped with the run's facts, unless it came of several attempts or is the engine's own. */
  taskFailure?(event: TaskEnd & { readonly error: unknown }): void;
  /** A branch was aborted because its join was decided, or its split's time was up. */
  taskCancelled?(event: TaskEnd): void;
  /** A split is over, after its branches: whether its join was met, how many branches ended how, and milliseconds. Not told of one that ends with its run. */
  join?(
    event: RunEvent & {
      readonly elapsed: number;
      readonly strategy: string;
      readonly met: boolean;
      readonly successes: number;
      readonly failures: number;
      readonly cancelled: number;
    },
  ): void;
  /** The total timeout ended the run. Milliseconds. */
  workflowTimeout?(event: RunEvent & { readonly elapsed: number; readonly limit: number }): void;
  /** The caller's signal, or a request to cancel it, ended the run, in or before `state`. */
  cancelled?(event: RunEvent & { readonly error: CanoError }): void;
  /** The run has failed, and what `task` did is being undone: before the first attempt of its compensation. */
  compensateStart?(event: TaskEvent): void;
  /** What `task` did is undone: after the last attempt of its compensation. */
  compensateSuccess?(event: TaskEvent): void;
  /** After the last attempt: `error` is what it failed with. */
  compensateFailure?(event: TaskEvent & { readonly error: unknown }): void;
  /** All that the run has done was to be undone: how much of it was, and how much was not. */
  drain?(event: RunEvent & { readonly undone: number; readonly failed: number }): void;
  /** The run has ended: `error` is what its caller gets, undefined when it has completed. Milliseconds since `runStart`. Nothing follows. */
  runEnd?(event: RunEvent & { readonly outcome: RunOutcome; readonly error: unknown; readonly elapsed: number }): void;
}
