/** The query with which a run changes hands. */

import { type Kysely, sql } from "kysely";
import { prepare } from "../query.js";
import type { Schema } from "../schema.js";

/** See the file's first line. */
export function claimQueries(db: Kysely<Schema>) {
  return {
    takeRun: prepare<{ key: number; before: number; fence: number; status: string; owner: number }>()(
      ({ key, before, fence, status, owner }) =>
        db
          .updateTable("cano_runs")
          .set({ fence, status, owner, cancelling: sql.lit(0), ended: sql.lit(null) })
          .where("key", "=", key)
          .where("fence", "=", before)
          .returning("key"),
    ),
  };
}
