/**
 * Where the logs of durable runs are kept: the contract that every store fulfils. `cano` has stores in memory, in SQLite and in PostgreSQL; any
 * other must pass the suite of `cano/testing`.
 */

/// <reference lib="esnext.disposable" preserve="true" />

import type { CanoError } from "../errors/cano-error.js";
import type { CheckpointRow } from "./checkpoint-row.js";
import type { ScheduleStore } from "./schedule-store.js";

/**
 * How far a run is:
 *
 * - `running`: under way, or left behind by a process that is gone
 * - `compensating`: it has failed, and is undoing what it did
 * - `completed`: it has reached an exit
 * - `failed`, `cancelled`: it has ended, and there was nothing to undo: it may be resumed
 * - `compensated`: it has failed or was cancelled, and all is undone
 * - `stuck`: it has failed, and not all could be undone
 */
export type RunStatus = "running" | "compensating" | "completed" | "failed" | "cancelled" | "compensated" | "stuck";

/** Names a run. Ids are unique within a workflow. */
export interface RunName {
  readonly workflow: string;
  readonly runId: string;
}

/** A run that is to begin. */
export interface RunStart extends RunName {
  /** The workflow's version that the run goes by. */
  readonly version: number;
  /** What is kept for who resumes the run, so that its trace goes on: a text of {@link LONGEST_TRACE} characters at the most, of which a store makes nothing. */
  readonly trace?: string | undefined;
}

/** How many characters the `trace` of a run may have: twice what the W3C's Trace Context asks for. A longer one is left out by who begins the run. */
export const LONGEST_TRACE = 1_024;

/** What is known of a run as a whole. Times are milliseconds since 1970. */
export interface RunRecord extends RunName {
  /** The run's place in the store: runs that began later have larger ones, and none is given twice. */
  readonly key: number;
  /** The workflow's version that the run goes by. */
  readonly version: number;
  readonly status: RunStatus;
  /** The state of the newest row. */
  readonly state: string;
  /** What the newest row waits for. */
  readonly due: number | undefined;
  readonly startedAt: number;
  /** When the newest row was written. */
  readonly updatedAt: number;
  /** Undefined while it is `running` or `compensating`. */
  readonly endedAt: number | undefined;
  /** Who drives the run, as far as is known alive. */
  readonly owner: string | undefined;
  /** How often the run was taken up again. */
  readonly resumes: number;
  /** Whether the one who drives it, or did, has been asked to cancel it. */
  readonly cancelling: boolean;
  /** As the run was begun with it. */
  readonly trace: string | undefined;
}

/** The right to write to a run's log; it ends when somebody else claims the run. */
export interface Claim extends RunName {
  readonly key: number;
  /** Grows with every claim of the run. Two rows of one sequence are the same row when they have the same fence. */
  readonly fence: number;
}

/** Who drives a run. */
export interface Driver {
  /** Called at most once for each request when somebody asks for the run to be cancelled. Must not throw. */
  cancel(): void;
  /**
   * Called when the store object is closed while it drives the run, before others may have it, or when it finds that others have it: with the error that its
   * calls reject with from then on. Must not throw.
   */
  lose?(error: CanoError): void;
}

/** What becomes of the run as a whole with a row. */
export interface RunChange {
  readonly status?: RunStatus;
  readonly version?: number;
  /** Removes the run and all of its rows. The row itself need not be written. */
  readonly forget?: boolean;
}

/** What came of trying to claim a run. */
export type Claiming =
  /** `run` is as it was before; `formerly` names who drove it last and did not let go of it, if that is known. */
  | { readonly kind: "claimed"; readonly claim: Claim; readonly run: RunRecord; readonly formerly?: string | undefined }
  | { readonly kind: "unknown" }
  /** Somebody who is alive drives it. */
  | { readonly kind: "driven"; readonly run: RunRecord }
  /** Its status is not among those asked for. */
  | { readonly kind: "refused"; readonly run: RunRecord };

/** A run with the rows that going on with it needs, in ascending order. */
export interface StoredRun {
  readonly run: RunRecord;
  readonly rows: readonly CheckpointRow[];
}

/** Which runs are wanted; everything that is left out matches, and an empty list of statuses matches nothing. */
export interface RunQuery {
  readonly workflow?: string;
  /** Of whatever workflow. */
  readonly runId?: string;
  readonly statuses?: readonly RunStatus[];
  /** Only those that have not ended, and that nobody drives who is known to be alive. */
  readonly abandoned?: boolean;
  /** Only those that ended before this time: milliseconds since 1970. */
  readonly endedBefore?: number;
  /** Only those with a larger key. */
  readonly after?: number;
  /** Only those with a smaller key. */
  readonly before?: number;
  /** How many at the most. */
  readonly limit: number;
  /** Where there are more than `limit`: whether the newest of them are wanted, and not the oldest. */
  readonly newest?: boolean;
}

/**
 * Where the logs of durable runs are kept: the contract that every store fulfils, and that `storeCases()` of `cano/testing` checks. Every method may be called at any time and concurrently, and rejects with a `CanoError`: `run_conflict` where it
 * is said below, `configuration` when the store lacks something that it needs, else `checkpoint_store`, after which nothing of the call is in the
 * store, or all of it is.
 *
 * A store knows who is alive: every store object drives the runs that it has begun or claimed, until it is closed or its process is gone.
 */
export interface CheckpointStore extends AsyncDisposable {
  /** The schedules that are kept beside the runs; closed with the store. A store without it cannot keep schedules. */
  readonly schedules?: ScheduleStore;
  /** Begins a run with its first row, durable when it resolves, and drives it. Undefined, with nothing written, when the run is there already. */
  begin(run: RunStart, row: CheckpointRow, driver: Driver): Promise<Claim | undefined>;
  /**
   * Adds a row to a run's log and changes the run, at once or not at all, durable when it resolves. A row of this sequence that was written with
   * the same fence is this row, and stays. Rejects with `run_conflict` when there is one that was not, when somebody has claimed the run since, and
   * when it is gone. Where the status ends the run, it is no longer driven.
   */
  append(claim: Claim, row: CheckpointRow, change?: RunChange): Promise<void>;
  /**
   * Takes over a run whose status is one of `statuses` and that nobody drives: gives it a larger fence and adds a `resume` row behind its newest
   * row, written at `at`, at once or not at all. A run that has ended is `running` afterwards, a `stuck` one `compensating`, and so is a `running`
   * one that was asked to be cancelled: somebody relies on that. One that is claimed `as` that, since it is to be undone, is `compensating`
   * whatever it was. A request to cancel is void then.
   */
  claim(run: RunName, statuses: readonly RunStatus[], at: number, driver: Driver, as?: "compensating"): Promise<Claiming>;
  /** Drives a run no longer, though it has not ended, so that somebody else may claim it. Never rejects: what fails is tried again later. */
  release(claim: Claim): Promise<void>;
  /** What is known of a run as a whole. */
  find(run: RunName): Promise<RunRecord | undefined>;
  /**
   * What going on with a run needs: the newest `entry`; behind it the newest `cursor` and all that follows that; every row with an `undo`, with
   * the `entry` of the visit that left it; the newest `failure`; all `compensated`; and for the path a hundred or so of the entries before the newest,
   * where there are as many, which may come without their payloads. More does no harm.
   */
  load(run: RunName): Promise<StoredRun | undefined>;
  /** The runs that match, in ascending order of their keys. */
  list(query: RunQuery): Promise<readonly RunRecord[]>;
  /** The rows of a run behind the sequence `after` in ascending order, `limit` at the most. */
  history(run: RunName, after: number, limit: number): Promise<readonly CheckpointRow[]>;
  /** Asks whoever drives a run to cancel it, who is told within seconds. `false` when there is nobody who is known to be alive. */
  requestCancel(run: RunName): Promise<boolean>;
  /**
   * Removes runs that have ended, with their rows; in a store with schedules none by whose id there is a firing that has not ended, since a firing that is
   * taken over would begin it again. Resolves to how many.
   */
  prune(query: RunQuery): Promise<number>;
  /** Drives nothing any more, and gives back what is open. May be called twice. */
  close(): Promise<void>;
}
