/**
 * Where schedules are kept that outlive their process: part of the contract of checkpoint stores. What is decided about a schedule, and when, is
 * the scheduler's affair; the store makes each decision on what is there at one moment, and keeps it at once.
 */

/** What is kept of a schedule. Times are milliseconds since 1970. */
export interface ScheduleRecord {
  readonly name: string;
  /** How it was defined, as JSON: a schedule that is defined otherwise is another one. */
  readonly definition: string;
  /** The next due time; undefined when there is none, or none before a run has ended. */
  readonly next: number | undefined;
  /** A due time that has come, and waits for a run to end. */
  readonly waiting: number | undefined;
  readonly paused: boolean;
  /** Whether it fires no more, since it has failed too often. */
  readonly tripped: boolean;
  /** Failures in a row. */
  readonly streak: number;
  /** Before this time it is not due again, since it has failed. */
  readonly eligible: number | undefined;
  /** How often it has fired, and how often it was due and did not. */
  readonly fired: number;
  readonly skipped: number;
  /** The due time of the last run that has ended, what it came to, and its error if it failed. */
  readonly last: { readonly due: number; readonly outcome: FiringOutcome; readonly error?: string } | undefined;
}

/** What a run came to that was fired; `lost`: its process is gone, and nobody knows. */
export type FiringOutcome = "completed" | "failed" | "cancelled" | "lost";

/** Why a schedule fires: its due time has come, somebody asked for it, or a past due time is made up for. */
export type FiringCause = "due" | "trigger" | "backfill";

/** That a schedule has fired for a due time. There is one at the most for each. */
export interface Firing {
  /** The schedule's name. */
  readonly schedule: string;
  /** The due time, milliseconds since 1970; of a trigger, about when it was asked for. */
  readonly due: number;
  /** Why it fires. */
  readonly cause: FiringCause;
  /** The id of its run: `<schedule>/<due time>`, with the time as an ISO date. */
  readonly runId: string;
  /** When it fired: milliseconds since 1970. */
  readonly at: number;
}

/** A firing that has not ended. */
export interface OpenFiring extends Firing {
  /** Whether somebody looks after it who is known to be alive. */
  readonly isAlive: boolean;
}

/** A firing as it is kept. */
export interface FiringRecord extends Firing {
  /** Undefined until it has ended. */
  readonly outcome: FiringOutcome | undefined;
  readonly endedAt: number | undefined;
}

/** What there is at the moment of a decision. */
export interface ScheduleView {
  /** Undefined when the schedule is not known. */
  readonly record: ScheduleRecord | undefined;
  readonly open: readonly OpenFiring[];
}

/** What is to be kept; what is left out stays as it is. */
export interface Decision {
  /** Counts as changed, whether it differs or not. */
  readonly record?: ScheduleRecord;
  /** Ends a firing. */
  readonly end?: { readonly due: number; readonly outcome: FiringOutcome; readonly at: number };
  /** Fires, and looks after the run. Not done where the schedule has fired for this due time before. */
  readonly begin?: Firing;
  /** Looks after the firing of this due time from now on. */
  readonly adopt?: number;
}

/** What has become of a decision. */
export interface Decided {
  /** The record as it is now. */
  readonly record: ScheduleRecord | undefined;
  /** Whether `begin` was done. */
  readonly begun: boolean;
}

/**
 * Schedules in a store. Methods may be called at any time and concurrently, and reject like those of the store that they are part of. A store object
 * looks after the firings that it has begun or adopted until they end, it is closed, or its process is gone.
 */
export interface ScheduleStore {
  /**
   * Decides about schedules, all in one transaction, each on what is there then: nobody else decides about the same schedule in the meantime. `decide`
   * must be quick and do nothing else, since it may be called again. Resolves to what has become of each, in the order of `names`, each of which
   * must be there once.
   */
  decide(names: readonly string[], decide: (name: string, view: ScheduleView) => Decision): Promise<readonly Decided[]>;
  /** The records that were changed after the mark `since`, or all, in the order of their names; and the mark of now, which may be somewhat early. */
  changes(since: number | undefined): Promise<{ readonly records: readonly ScheduleRecord[]; readonly mark: number }>;
  /** Firings that have not ended, and that nobody looks after any more. */
  orphans(limit: number): Promise<readonly Firing[]>;
  /** The firings of a schedule with a due time above `after`, in ascending order. */
  firings(name: string, after: number, limit: number): Promise<readonly FiringRecord[]>;
  /** Removes firings that ended before a time, at most `limit`. Resolves to how many. */
  prune(endedBefore: number, limit: number): Promise<number>;
}
