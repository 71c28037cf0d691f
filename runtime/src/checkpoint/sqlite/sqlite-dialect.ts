/** SQLite as far as it shows in the text of a query. */

import { DummyDriver, Kysely, sql, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from "kysely";
import type { ColumnTypes, Dialect } from "../sql/dialect.js";
import { prepare } from "../sql/query.js";
import type { Schema } from "../sql/schema.js";

/** Makes a dialect whose Kysely compiles only: the queries are run by the store. */
export function sqliteDialect(): Dialect {
  const kysely = new Kysely<Schema>({
    dialect: {
      createAdapter: () => new SqliteAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new SqliteIntrospector(db),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
  });
  return {
    kysely,
    // Without `autoincrement`, the key of a run that was removed could come back, and with it the right to write to it.
    key: { type: "integer", make: (column) => column.primaryKey().autoIncrement() },
    whole: "integer",
    // A column of integers keeps fractions too, and whole numbers in fewer bytes.
    time: "integer",
    text: "text",
    input<T>(json: string, types: ColumnTypes<T>) {
      const columns = Object.keys(types).map(
        (column) => sql`json_extract(value, ${sql.lit(`$.${column}`)}) as ${sql.ref(column)}`,
      );
      return sql<T>`(select ${sql.join(columns)} from json_each(${json}))`.as("input");
    },
    // Whoever writes is alone from the start.
    forUpdate: sql``,
    mark: sql`(select coalesce(max(mark), 0) + 1 from cano_schedules)`,
    settledMark: sql`(select coalesce(max(mark), 0) from cano_schedules)`,
    // It answers at once: what it has not said is done is not done.
    isCommitted: () => sql`0`,
    hasMigrations: prepare<object>()(() => ({
      compile: () => sql`select name from sqlite_master where name = 'cano_migrations'`.compile(kysely),
    })),
  };
}
