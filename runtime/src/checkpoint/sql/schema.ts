/** The tables of a store as Kysely sees them. How they are made is `migrations.ts`. */

import type { Generated } from "kysely";

/** A run. What its newest row says as well (state, due time, time of the last change) is not repeated here, so that a hop writes one row. */
export interface RunsTable {
  /** Stands for the run in `cano_rows`: small, and never used again. */
  readonly key: Generated<number>;
  readonly workflow: string;
  readonly run_id: string;
  readonly version: number;
  readonly status: string;
  readonly fence: number;
  /** The key of the owner that drives it. The owner may be gone. */
  readonly owner: number | null;
  /** 1 when whoever drives it has been asked to cancel it. */
  readonly cancelling: Generated<number>;
  readonly started: number;
  /** Null while it has not ended. */
  readonly ended: number | null;
  /** Null where none was given. */
  readonly trace: string | null;
}

/** A row of a run's log. That `run` and `sequence` are unique together is the fence. */
export interface RowsTable {
  readonly run: number;
  readonly sequence: number;
  readonly fence: number;
  readonly kind: string;
  readonly state: string;
  readonly visit: number;
  readonly count: number;
  readonly version: number;
  readonly payload: string | null;
  readonly undo: string | null;
  readonly due: number | null;
  readonly at: number;
}

/** What is kept of a schedule; times are milliseconds since 1970. */
export interface SchedulesTable {
  readonly name: string;
  /** Null where nothing is kept of the schedule but its firings; then the other columns mean nothing. */
  readonly definition: string | null;
  readonly next: number | null;
  readonly waiting: number | null;
  /** 1 or 0, as `tripped`. */
  readonly paused: number;
  readonly tripped: number;
  readonly streak: number;
  readonly eligible: number | null;
  readonly fired: number;
  readonly skipped: number;
  /** Of the last run that has ended; null where none has. */
  readonly last_due: number | null;
  readonly last_outcome: string | null;
  readonly last_error: string | null;
  /** That of the transaction that changed the row last: those that began to write later have larger marks, and may be over sooner. */
  readonly mark: number;
}

/** That a schedule has fired. That `schedule` and `due` are unique together is what makes a due time fire once. */
export interface FiringsTable {
  readonly schedule: string;
  readonly due: number;
  /** `due`, `trigger` or `backfill`. */
  readonly cause: string;
  readonly run_id: string;
  readonly at: number;
  /** The key of the owner that looks after the run. The owner may be gone. */
  readonly owner: number | null;
  /** Null until it has ended, as `ended`. */
  readonly outcome: string | null;
  readonly ended: number | null;
}

/** A store object that drives runs or looks after firings. One that has no row is not alive. */
export interface OwnersTable {
  readonly key: Generated<number>;
  /** Which process it lives in, as JSON. */
  readonly identity: string;
  /** When its lease ends unless it is renewed. */
  readonly expires: number;
}

/** Which migrations have been run: one row each. */
export interface MigrationsTable {
  readonly version: number;
}

/** All tables. */
export interface Schema {
  readonly cano_runs: RunsTable;
  readonly cano_rows: RowsTable;
  readonly cano_schedules: SchedulesTable;
  readonly cano_firings: FiringsTable;
  readonly cano_owners: OwnersTable;
  readonly cano_migrations: MigrationsTable;
}

/** The fence with which every run begins. */
export const FIRST_FENCE = 1;
