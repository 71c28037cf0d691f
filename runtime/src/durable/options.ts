/** What the factory of a durable workflow and the calls on what it makes accept and give. */

import type { CheckpointRow } from "../checkpoint/checkpoint-row.js";
import type { CheckpointStore, RunQuery, RunRecord } from "../checkpoint/checkpoint-store.js";
import type { Options, Orchestrator } from "../engine/options.js";
import type { CanoError } from "../errors/cano-error.js";

/** What a durable workflow object must be given. */
export interface DurableOptions extends Options {
  /** Where its runs are stored. Several workflows may share a store; closing it is up to who made it. */
  readonly checkpoints: CheckpointStore;
  /**
   * What becomes of a run that has reached an exit, or whose failure is undone: `"keep"` leaves its rows until they are pruned, so that its id
   * stands for its result, `"clear"` removes them at once; those of a run that a schedule has fired once that knows what it came to. Default: `"keep"`.
   */
  readonly retention?: "keep" | "clear";
}

/** How a run is resumed. */
export interface ResumeOptions {
  /** Ends the run when it fires, as that of `orchestrate` does. */
  readonly signal?: AbortSignal;
}

/** How runs that were left behind are resumed. */
export interface ResumeAllOptions extends ResumeOptions {
  /**
   * How many are taken up at once: a whole number, 1 or more. Default: 100. One that has not ended after a second makes room for the next, since it may
   * wait for long.
   */
  readonly concurrency?: number;
}

/** What came of a run that was left behind. */
export type Resumed<Result> =
  | { readonly runId: string; readonly ok: true; readonly result: Result }
  | { readonly runId: string; readonly ok: false; readonly error: CanoError };

/** Which runs of a workflow are listed. */
export interface RunFilter extends Omit<RunQuery, "workflow" | "limit"> {
  /** How many at the most: a whole number, 1 or more. Default: 100. */
  readonly limit?: number;
}

/** What came of a request to undo a run: it is undone, or there was nothing to undo any more, since it had reached an exit, or was undone before. */
export type Undoing = "undone" | "ended";

/** What came of a request to cancel a run: it is being cancelled by whoever drives it, it was cancelled here, or it had ended. */
export type Cancelling = "cancelling" | "cancelled" | "ended";

/** The stored runs of one workflow. */
export interface Runs {
  /** What is known of a run; undefined when there is none of this id. */
  get(runId: string): Promise<RunRecord | undefined>;
  /** Runs in the order in which they began, a page at a time: the next one is `after` the `key` of the last. */
  list(filter?: RunFilter): Promise<readonly RunRecord[]>;
  /** The rows of a run, payloads included, a page at a time: those behind the sequence `after`. Defaults: from the first, 1,000. */
  history(runId: string, page?: { readonly after?: number; readonly limit?: number }): Promise<readonly CheckpointRow[]>;
  /**
   * Cancels a run: one in progress as its signal would, wherever it is in progress; one that was left behind is cancelled and undone here.
   * Resolves once that is done, or asked of whoever drives it. Rejects with `compensation_failed` when it could not all be undone here.
   */
  cancel(runId: string): Promise<Cancelling>;
  /**
   * Removes runs that have ended, with their rows; `endedBefore` is milliseconds since 1970. Those that are stuck are removed only where `statuses` names
   * them: what they have done is still to be undone. Resolves to how many, 1,000 at the most by default.
   */
  prune(filter: RunFilter): Promise<number>;
}

/** A workflow object whose runs are stored. */
export interface DurableOrchestrator<Q, Result> extends Orchestrator<Q, Result> {
  /**
   * Goes on with a run that was left behind, or that has failed with nothing to undo, from the state that it was in; one that was being undone
   * is undone to the end. Of a run that has ended, what it came to. Rejects with `run_conflict` while somebody else drives it, with
   * `workflow_version_mismatch` when it was begun under another version, and else as the run does.
   */
  resume(runId: string, options?: ResumeOptions): Promise<Result>;
  /** Goes on with every run of the workflow that was left behind, whoever began it. Those that somebody else takes meanwhile are left out. */
  resumeAll(options?: ResumeAllOptions): Promise<readonly Resumed<Result>[]>;
  /**
   * Undoes a run that is not in progress, whatever its version: it does not go forward any more. Resolves once all is undone, to `"ended"` where it had
   * reached an exit, or was undone before; rejects with `compensation_failed` when something could not be.
   */
  compensate(runId: string): Promise<Undoing>;
  /** The stored runs of this workflow: look at them, cancel them wherever they are driven, remove those that have ended. */
  readonly runs: Runs;
}
