/** The query that finds a run with its newest row and whoever owns it. */

import type { Kysely } from "kysely";
import { prepare } from "../query.js";
import type { Schema } from "../schema.js";

/** Runs, each with its newest row and its owner, for whoever wants some of them. */
export function selectRuns(db: Kysely<Schema>) {
  return db
    .selectFrom("cano_runs as run")
    .innerJoin("cano_rows as newest", (join) =>
      join.onRef("newest.run", "=", "run.key").on("newest.sequence", "=", (eb) =>
        eb
          .selectFrom("cano_rows as row")
          .select((of) => of.fn.max("row.sequence").as("sequence"))
          .whereRef("row.run", "=", "run.key"),
      ),
    )
    .leftJoin("cano_owners as owner", "owner.key", "run.owner")
    .select(["run.key", "run.workflow", "run.run_id", "run.version", "run.status", "run.fence", "run.owner", "run.cancelling"])
    .select(["run.started", "run.ended", "run.trace", "owner.identity", "owner.expires"])
    .select(["newest.sequence", "newest.kind", "newest.state", "newest.visit", "newest.due", "newest.at"])
    .select("newest.version as rowVersion");
}

/** See the file's first line. */
export function runQueries(db: Kysely<Schema>) {
  return {
    findRun: prepare<{ workflow: string; runId: string }>()(({ workflow, runId }) =>
      selectRuns(db).where("run.workflow", "=", workflow).where("run.run_id", "=", runId),
    ),
  };
}
