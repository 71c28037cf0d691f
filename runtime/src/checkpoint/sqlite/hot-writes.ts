/** The writes that every run does on SQLite, as directly as the driver does them. What stands in the way of one is left to the steps of `writing.ts`. */

import type { Statement } from "better-sqlite3";
import { type Kysely, sql } from "kysely";
import type { CheckpointRow } from "../checkpoint-row.js";
import type { Claim } from "../checkpoint-store.js";
import { type Change, columnsOfRun, type NewRun } from "../sql/queries/writes.js";
import { prepare, type Query, valuesOf } from "../sql/query.js";
import { FIRST_FENCE, type RowsTable, type Schema } from "../sql/schema.js";
import { type Append, type Begin, columnsOfChange } from "../sql/writing.js";
import type { SqliteConnection } from "./sqlite-connection.js";

/** The queries that only SQLite has. They give back no rows, for which SQLite would have to make room: how many they changed is known without. */
export function hotQueries(db: Kysely<Schema>) {
  return {
    begin: prepare<NewRun>()((run) =>
      db
        .insertInto("cano_runs")
        .values(columnsOfRun(run))
        .onConflict((conflict) => conflict.columns(["workflow", "run_id"]).doNothing()),
    ),
    /**
     * Adds a row if the fence is still that of the run, and nobody else has written a row of its sequence. The fence is looked up in the place of
     * its value, which costs half of what a selection would as the source of the row: where there is none, the column has no value, and such
     * a row is ignored.
     */
    append: prepare<RowsTable>()((row) => {
      const { run, sequence, fence, kind, state, visit, count, version, payload, undo, due, at } = row;
      const own = sql<number>`(select fence from cano_runs where key = ${run} and fence = ${fence})`;
      return db
        .insertInto("cano_rows")
        .orIgnore()
        .values({ run, sequence, fence: own, kind, state, visit, count, version, payload, undo, due, at });
    }),
  };
}

/** The values of `append` in the order of its placeholders: by hand, since every hop needs them. A test compares the order. */
export function appendValues({ key, fence }: Claim, row: CheckpointRow): readonly unknown[] {
  const { sequence, kind, state, visit, count, version, payload, undo, due, at } = row;
  return [key, sequence, key, fence, kind, state, visit, count, version, payload, undo, due, at];
}

/** See the file's first line. */
export class HotWrites {
  private readonly beginQuery: Query<NewRun, unknown>;
  private readonly beginRun: Statement;
  private readonly addRow: Statement;
  private readonly changeRun: Statement;

  constructor(
    connection: SqliteConnection,
    db: Kysely<Schema>,
    private readonly changeQuery: Query<Change, unknown>,
  ) {
    const { begin, append } = hotQueries(db);
    this.beginQuery = begin;
    this.beginRun = connection.statement(begin.sql);
    this.addRow = connection.statement(append.sql);
    this.changeRun = connection.statement(changeQuery.sql);
  }

  /** Begins a run unless it is there. */
  begin({ run: { workflow, runId, version, trace }, row, owner }: Begin): Claim | undefined {
    const values = valuesOf(this.beginQuery, { workflow, runId, version, owner, started: row.at, trace: trace ?? null });
    const { changes, lastInsertRowid } = this.beginRun.run(...values);
    if (changes === 0) return undefined;
    const claim = { workflow, runId, key: Number(lastInsertRowid), fence: FIRST_FENCE };
    if (this.addRow.run(...appendValues(claim, row)).changes === 1) return claim;
    throw new TypeError("the first row of a run must have all that a row needs");
  }

  /** Adds a row, and changes the run with it. `false`, with nothing done, where something is in the way. */
  append({ claim, row, change }: Append): boolean {
    if (this.addRow.run(...appendValues(claim, row)).changes === 0) return false;
    if (change !== undefined) {
      const values = valuesOf(this.changeQuery, { key: claim.key, ...columnsOfChange(row.at, change) });
      this.changeRun.run(...values);
    }
    return true;
  }
}
