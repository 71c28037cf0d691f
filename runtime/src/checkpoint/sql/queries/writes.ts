/** The queries with which a run begins, grows, changes and goes. */

import { type Kysely, sql } from "kysely";
import { prepare } from "../query.js";
import { FIRST_FENCE, type RowsTable, type Schema } from "../schema.js";

/** See the file's first line. */
export function writeQueries(db: Kysely<Schema>) {
  return { ...insertQueries(db), ...changeQueries(db) };
}

/** The columns of a run that is to begin. */
export interface NewRun {
  readonly workflow: string;
  readonly runId: string;
  readonly version: number;
  readonly owner: number;
  readonly started: number;
  readonly trace: string | null;
}

/** The columns with which a run begins. */
export function columnsOfRun({ workflow, runId, version, owner, started, trace }: NewRun) {
  const fixed = { status: sql.lit("running"), fence: sql.lit(FIRST_FENCE) };
  return { workflow, run_id: runId, version, ...fixed, owner, started, trace };
}

function insertQueries(db: Kysely<Schema>) {
  return {
    insertRun: prepare<NewRun>()((run) =>
      db
        .insertInto("cano_runs")
        .values(columnsOfRun(run))
        .onConflict((conflict) => conflict.columns(["workflow", "run_id"]).doNothing())
        .returning("key"),
    ),
    insertRow: prepare<RowsTable>()(({ run, sequence, fence, kind, state, visit, count, version, payload, undo, due, at }) =>
      db
        .insertInto("cano_rows")
        .values({ run, sequence, fence, kind, state, visit, count, version, payload, undo, due, at })
        .onConflict((conflict) => conflict.columns(["run", "sequence"]).doNothing())
        .returning("sequence"),
    ),
    fenceOf: prepare<{ key: number }>()(({ key }) => db.selectFrom("cano_runs").select("fence").where("key", "=", key)),
    fenceAt: prepare<{ run: number; sequence: number }>()(({ run, sequence }) =>
      db.selectFrom("cano_rows").select("fence").where("run", "=", run).where("sequence", "=", sequence),
    ),
  };
}

/** The columns that a change sets. */
export interface Change {
  readonly key: number;
  readonly status: string | null;
  readonly version: number | null;
  readonly ended: number | null;
}

function changeQueries(db: Kysely<Schema>) {
  return {
    /** A status or a version that is null stays as it is; where the run ends, nobody drives it any more. */
    changeRun: prepare<Change>()(({ key, status, version, ended }) =>
      db
        .updateTable("cano_runs")
        .set((eb) => ({
          status: eb.fn.coalesce(eb.val(status), "status"),
          version: eb.fn.coalesce(eb.val(version), "version"),
          ended,
          owner: sql<number | null>`case when cast(${ended} as double precision) is null then owner end`,
        }))
        .where("key", "=", key),
    ),
    deleteRun: prepare<{ key: number; fence: number }>()(({ key, fence }) =>
      db.deleteFrom("cano_runs").where("key", "=", key).where("fence", "=", fence).returning("key"),
    ),
    deleteRows: prepare<{ run: number }>()(({ run }) => db.deleteFrom("cano_rows").where("run", "=", run)),
  };
}
