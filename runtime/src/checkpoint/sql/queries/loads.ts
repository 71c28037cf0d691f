/** The queries about the rows of a run. Each finds its rows through an index, and reads none that it does not give. */

import { type Kysely, sql } from "kysely";
import { isKept } from "../migrations.js";
import { prepare } from "../query.js";
import type { RowsTable, Schema } from "../schema.js";

/** The columns of a row that make a `CheckpointRow`. */
const ROW = [
  "sequence",
  "kind",
  "state",
  "visit",
  "count",
  "version",
  "payload",
  "undo",
  "due",
  "at",
] as const satisfies readonly (keyof RowsTable)[];

/** See the file's first line. */
export function loadQueries(db: Kysely<Schema>) {
  return { ...visitQueries(db), ...keptQueries(db), path: pathQuery(db), history: historyQuery(db) };
}

function visitQueries(db: Kysely<Schema>) {
  return {
    rowAt: prepare<{ run: number; sequence: number }>()(({ run, sequence }) =>
      db.selectFrom("cano_rows").select(ROW).where("run", "=", run).where("sequence", "=", sequence),
    ),
    /** The newest cursor of a visit and what follows it; all of the visit where it has none. */
    tail: prepare<{ run: number; entry: number }>()(({ run, entry }) => {
      const cursor = db
        .selectFrom("cano_rows")
        .select("sequence")
        .where("run", "=", run)
        .where("sequence", ">", entry)
        .where("kind", "=", sql.lit("cursor"))
        // Read backwards, and so found at once.
        .orderBy("sequence", "desc")
        .limit(sql.lit(1));
      return db
        .selectFrom("cano_rows")
        .select(ROW)
        .where("run", "=", run)
        .where("sequence", ">=", (eb) => eb.fn.coalesce(cursor, sql<number>`cast(${entry} as bigint)`));
    }),
  };
}

function keptQueries(db: Kysely<Schema>) {
  return {
    kept: prepare<{ run: number }>()(({ run }) => db.selectFrom("cano_rows").select(ROW).where("run", "=", run).where(isKept)),
    /** The entries of the visits that left something to be undone. */
    keptEntries: prepare<{ run: number }>()(({ run }) => {
      const undone = db
        .selectFrom("cano_rows")
        .select("visit")
        .where("run", "=", run)
        .where(isKept)
        .where("undo", "is not", null);
      return db.selectFrom("cano_rows").select(ROW).where("run", "=", run).where("sequence", "in", undone);
    }),
  };
}

/** The entries that led to one, from each back to the one before it: as many look-ups, whatever lies between them. Without what they carry. */
function pathQuery(db: Kysely<Schema>) {
  return prepare<{ run: number; entry: number; length: number }>()(({ run, entry, length }) =>
    db
      .withRecursive("path(sequence, kind, state, visit, count, version, due, at, steps)", (cte) =>
        cte
          .selectFrom("cano_rows")
          .select(["sequence", "kind", "state", "visit", "count", "version", "due", "at", sql<number>`1`.as("steps")])
          .where("run", "=", run)
          .where("sequence", "=", entry)
          .unionAll(
            cte
              .selectFrom("path")
              .innerJoin("cano_rows as row", (join) => join.on("row.run", "=", run).onRef("row.sequence", "=", "path.visit"))
              .select(["row.sequence", "row.kind", "row.state", "row.visit", "row.count", "row.version", "row.due", "row.at"])
              .select(sql<number>`path.steps + 1`.as("steps"))
              .whereRef("path.visit", "<", "path.sequence")
              .where("path.steps", "<", length),
          ),
      )
      .selectFrom("path")
      .select(["sequence", "kind", "state", "visit", "count", "version", "due", "at"])
      .select([sql<string | null>`null`.as("payload"), sql<string | null>`null`.as("undo")]),
  );
}

function historyQuery(db: Kysely<Schema>) {
  return prepare<{ workflow: string; runId: string; after: number; limit: number }>()(({ workflow, runId, after, limit }) =>
    db
      .selectFrom("cano_rows")
      .select(ROW)
      .where("run", "=", (eb) =>
        eb.selectFrom("cano_runs").select("key").where("workflow", "=", workflow).where("run_id", "=", runId),
      )
      .where("sequence", ">", after)
      .orderBy("sequence")
      .limit(limit),
  );
}
