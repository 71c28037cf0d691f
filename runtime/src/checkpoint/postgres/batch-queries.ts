/** The queries that do many writes at once on PostgreSQL. Every parameter is a list, with one value for each write. */

import { type Kysely, type QueryCreator, sql } from "kysely";
import { prepare } from "../sql/query.js";
import { FIRST_FENCE, type RowsTable, type Schema } from "../sql/schema.js";

/** What a row says, whichever run it is of. */
type RowColumns = Omit<RowsTable, "run" | "fence">;

/** Runs that are to begin, each with its first row. */
export interface NewRuns extends RowColumns {
  readonly workflow: string;
  readonly runId: string;
  readonly runVersion: number;
  readonly owner: number;
  readonly trace: string | null;
}

/** Rows that are to be added, and what changes with them. */
export interface NewRows extends RowsTable {
  /** Null where the status stays as it is. */
  readonly newStatus: string | null;
  /** Null where the version stays as it is. */
  readonly newVersion: number | null;
  readonly ended: number | null;
}

/** The runs that are to be forgotten. */
export interface OldRuns {
  readonly run: number;
  readonly fence: number;
}

type Lists<T> = { readonly [K in keyof T]: readonly T[K][] };
type Types<T> = { readonly [K in keyof T]: "bigint" | "double precision" | "text" };

const ROW: Types<RowColumns> = {
  sequence: "bigint",
  kind: "text",
  state: "text",
  visit: "bigint",
  count: "bigint",
  version: "bigint",
  payload: "text",
  undo: "text",
  due: "double precision",
  at: "double precision",
};
const OLD_RUNS: Types<OldRuns> = { run: "bigint", fence: "bigint" };
const NEW_RUN: Types<NewRuns> = { workflow: "text", runId: "text", runVersion: "bigint", owner: "bigint", trace: "text", ...ROW };
const ROWS: Types<RowsTable> = { ...OLD_RUNS, ...ROW };
const NEW_ROWS: Types<NewRows> = { ...ROWS, newStatus: "text", newVersion: "bigint", ended: "double precision" };

const COLUMNS = [
  "run",
  "fence",
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
] as const;
const FROM_INPUT = [
  "input.sequence",
  "input.kind",
  "input.state",
  "input.visit",
  "input.count",
  "input.version",
  "input.payload",
  "input.undo",
  "input.due",
  "input.at",
] as const;

/** See the file's first line. */
export function batchQueries(db: Kysely<Schema>) {
  return {
    /** Begins the runs that are not there, and tells which these are. */
    begin: prepare<Lists<NewRuns>>()((lists) =>
      db
        .with("input", (cte) => cte.selectFrom(tableOf(lists, NEW_RUN)).selectAll())
        .with("begun", (cte) =>
          cte
            .insertInto("cano_runs")
            .columns(["workflow", "run_id", "version", "status", "fence", "owner", "started", "trace"])
            .expression((eb) =>
              eb
                .selectFrom("input")
                .select(["workflow", "runId", "runVersion", sql.lit("running").as("status"), sql.lit(FIRST_FENCE).as("fence")])
                .select(["owner", "at", "trace"]),
            )
            .onConflict((conflict) => conflict.columns(["workflow", "run_id"]).doNothing())
            .returning(["key", "workflow", "run_id"]),
        )
        .with("added", (cte) =>
          cte
            .insertInto("cano_rows")
            .columns(COLUMNS)
            .expression((eb) =>
              eb
                .selectFrom("begun")
                .innerJoin("input", (join) =>
                  join.onRef("input.workflow", "=", "begun.workflow").onRef("input.runId", "=", "begun.run_id"),
                )
                .select(["begun.key", sql.lit(FIRST_FENCE).as("fence")])
                .select(FROM_INPUT),
            ),
        )
        .selectFrom("begun")
        .selectAll(),
    ),
    /** Adds the rows that nothing stands in the way of, and tells which runs they are of. No two are of one run. */
    append: prepare<Lists<RowsTable>>()((lists) =>
      added(db.with("input", (cte) => cte.selectFrom(tableOf(lists, ROWS)).selectAll())),
    ),
    /** The same, and changes the runs. */
    change: prepare<Lists<NewRows>>()((lists) =>
      db
        .with("input", (cte) => cte.selectFrom(tableOf(lists, NEW_ROWS)).selectAll())
        .with("added", (cte) => added(cte))
        .with("changed", (cte) =>
          cte
            .updateTable("cano_runs as run")
            .from("input")
            .innerJoin("added", "added.run", "input.run")
            .set((eb) => ({
              status: eb.fn.coalesce("input.newStatus", "run.status"),
              version: eb.fn.coalesce("input.newVersion", "run.version"),
              ended: eb.ref("input.ended"),
              owner: eb.case().when("input.ended", "is", null).then(eb.ref("run.owner")).end(),
            }))
            .whereRef("run.key", "=", "input.run"),
        )
        .selectFrom("added")
        .select("run"),
    ),
    /** Removes the runs whose fences these still are, with their rows, and tells which these are. */
    forget: prepare<Lists<OldRuns>>()((lists) =>
      db
        .with("gone", (cte) =>
          cte
            .deleteFrom("cano_runs as old")
            .using(tableOf(lists, OLD_RUNS))
            .whereRef("old.key", "=", "input.run")
            .whereRef("old.fence", "=", "input.fence")
            .returning("old.key as run"),
        )
        .with("cleared", (cte) => cte.deleteFrom("cano_rows as row").using("gone").whereRef("row.run", "=", "gone.run"))
        .selectFrom("gone")
        .select("run"),
    ),
  };
}

/** Adds rows whose fences are still those of their runs, unless there are rows in their places. */
function added(db: QueryCreator<Schema & { readonly input: RowsTable }>) {
  return db
    .insertInto("cano_rows")
    .columns(COLUMNS)
    .expression((eb) =>
      eb
        .selectFrom("input")
        .innerJoin("cano_runs as owned", (join) =>
          join.onRef("owned.key", "=", "input.run").onRef("owned.fence", "=", "input.fence"),
        )
        .select(["input.run", "input.fence"])
        .select(FROM_INPUT),
    )
    .onConflict((conflict) => conflict.columns(["run", "sequence"]).doNothing())
    .returning("run");
}

/** A table of which the lists are the columns. */
function tableOf<T>(lists: Lists<T>, types: Types<T>) {
  // The keys of a type's object are that type's.
  const columns = Object.keys(types) as (keyof T & string)[];
  const values = columns.map((column) => sql`${lists[column]}::${sql.raw(types[column])}[]`);
  const names = columns.map((column) => sql.ref(column));
  return sql<T>`unnest(${sql.join(values)})`.as<"input">(sql`input(${sql.join(names)})`);
}
