/** However much there is, no query that is asked often reads a table from end to end: the plans of both databases say so. */

import Sqlite from "better-sqlite3";
import { postgresCheckpoints } from "cano/checkpoints/postgres";
import { sqliteCheckpoints } from "cano/checkpoints/sqlite";
import { expect, test } from "vitest";
import { batchQueries } from "../../runtime/src/checkpoint/postgres/batch-queries.js";
import { postgresDialect } from "../../runtime/src/checkpoint/postgres/postgres-dialect.js";
import { DrivenRuns } from "../../runtime/src/checkpoint/sql/driven.js";
import { HeldFirings } from "../../runtime/src/checkpoint/sql/held-firings.js";
import { listRuns } from "../../runtime/src/checkpoint/sql/listing.js";
import { Liveness } from "../../runtime/src/checkpoint/sql/liveness.js";
import { ownIdentity } from "../../runtime/src/checkpoint/sql/process-identity.js";
import { prepareQueries } from "../../runtime/src/checkpoint/sql/queries/index.js";
import { hotQueries } from "../../runtime/src/checkpoint/sqlite/hot-writes.js";
import { sqliteDialect } from "../../runtime/src/checkpoint/sqlite/sqlite-dialect.js";
import { askPostgres, freshFile, freshSchema, postgresUrl } from "../support/databases.js";
import { nameOf } from "./rows.js";

/** Many runs of many rows, written without the store: `key` runs over them. */
const RUNS = "(workflow, run_id, version, status, fence, started, ended, owner)";
const ROWS = "(run, sequence, fence, kind, state, visit, count, version, payload, undo, at)";

/** What SQLite says of a table that is read from end to end, or of all rows of a run; the first is right for what a parameter holds, and for the few runs and firings that are open. */
const READS_ALL =
  /SCAN (?!cano_owners|json_each|CONSTANT ROW|path$|cano_runs USING INDEX cano_runs_open|(cano_firings|firing) USING INDEX cano_firings_open)|AUTOMATIC|B-TREE/m;

test("PostgreSQL", async () => {
  const url = await postgresUrl();
  const schema = freshSchema();
  await using store = postgresCheckpoints({ connectionString: url, schema });
  await store.find(nameOf("a"));
  const ask = (text: string) =>
    askPostgres(url, text.replaceAll(/cano_(runs|rows|schedules|firings)(?!_)/g, `"${schema}".cano_$1`));
  await ask(`insert into cano_runs ${RUNS} select 'w', 'r' || n, 1, 'completed', 1, n, n, null from generate_series(1, 20000) n`);
  await ask(
    `insert into cano_rows ${ROWS} select key, n, 1, 'entry', 's', greatest(n - 1, 0), 0, 1, '{}', null, n from cano_runs, generate_series(0, 9) n`,
  );
  await ask(
    `insert into cano_schedules (name, paused, tripped, streak, fired, skipped, mark) select 's' || n, 0, 0, 0, 0, 0, n from generate_series(1, 20000) n`,
  );
  await ask(
    `insert into cano_firings (schedule, due, cause, run_id, at, outcome, ended) select name, n, 'due', 'r', n, 'completed', n from cano_schedules, generate_series(0, 9) n`,
  );
  await ask("analyze cano_schedules");
  await ask("analyze cano_firings");
  await ask("analyze cano_runs");
  await ask("analyze cano_rows");
  const dialect = postgresDialect(schema);
  const queries = Object.entries({ ...prepareQueries(dialect), ...batchQueries(dialect.kysely) });
  expect(queries.length).toBeGreaterThan(20);
  for (const [name, { sql }] of queries) {
    const plan = (await askPostgres(url, `explain (generic_plan) ${sql}`)).map((row) => String(row["QUERY PLAN"])).join("\n");
    expect.soft(plan, name).not.toMatch(/Seq Scan on cano_(runs|rows|schedules|firings)/);
  }
});

test("SQLite", async () => {
  const path = freshFile();
  await using store = sqliteCheckpoints(path);
  await store.find(nameOf("a"));
  const database = new Sqlite(path);
  const dialect = sqliteDialect();
  const { kysely } = dialect;
  const queries = Object.entries({ ...prepareQueries(dialect), ...hotQueries(kysely) });
  expect(queries.length).toBeGreaterThan(20);
  for (const [name, { sql, parameters }] of queries)
    expect
      .soft(
        planOf(
          database,
          sql,
          parameters.map(() => 1),
        ),
        name,
      )
      .not.toMatch(READS_ALL);
  // Lists, which are built: a page is found by key, and who looks for work looks through what has not ended only.
  const liveness = new Liveness(undefined, ownIdentity(), new DrivenRuns(), new HeldFirings(), 0);
  for (const query of [
    { abandoned: true },
    { abandoned: true, workflow: "w", statuses: ["running"] },
    { statuses: ["running", "compensating"] },
    { workflow: "w", after: 7 },
    { workflow: "w", before: 7, newest: true },
  ] as const) {
    const steps = listRuns(kysely, prepareQueries(dialect), { ...query, limit: 10 }, liveness);
    let step = steps.next();
    if ("abandoned" in query) step = steps.next([{ key: 1, identity: "null", expires: 1 }]);
    if (step.done === true) throw new Error("nothing was asked");
    const plan = planOf(database, step.value.query.sql, step.value.values);
    expect
      .soft(plan)
      .toMatch(
        "after" in query || "before" in query
          ? /SEARCH cano_runs USING INTEGER PRIMARY KEY/
          : /SCAN cano_runs USING INDEX cano_runs_open/,
      );
    expect.soft(plan).not.toMatch(/B-TREE/);
  }
  database.close();
});

function planOf(database: Sqlite.Database, sql: string, values: readonly unknown[]): string {
  const rows = database.prepare<unknown[], { readonly detail: string }>(`explain query plan ${sql}`).all(...values);
  return rows.map(({ detail }) => detail).join("\n");
}
