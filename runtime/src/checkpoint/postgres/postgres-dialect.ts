/** PostgreSQL as far as it shows in the text of a query. */

import { DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler, sql } from "kysely";
import type { Dialect } from "../sql/dialect.js";
import { ask, askOnce, prepare } from "../sql/query.js";
import type { Schema } from "../sql/schema.js";

/** "cano" in ASCII: the first half of the number of the lock under which tables are made. */
const LOCK = 0x63616e6f;

/** Makes a dialect whose Kysely compiles only: the queries are run by the store. */
export function postgresDialect(schema: string): Dialect {
  const bare = new Kysely<Schema>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  });
  const lock = prepare<{ schema: string }>()((values) => ({
    compile: () => sql`select pg_advisory_xact_lock(${sql.lit(LOCK)}, hashtext(${values.schema}))`.compile(bare),
  }));
  const findSchema = prepare<{ schema: string }>()((values) => ({
    compile: () => sql`select nspname from pg_catalog.pg_namespace where nspname = ${values.schema}`.compile(bare),
  }));
  return {
    kysely: bare.withSchema(schema),
    key: { type: "bigint", make: (column) => column.primaryKey().generatedByDefaultAsIdentity() },
    whole: "bigint",
    time: "double precision",
    // Byte by byte: other orders change with the system's libraries, and an index with them.
    text: sql`text collate "C"`,
    hasMigrations: prepare()(() => ({
      compile: () =>
        sql`select tablename from pg_catalog.pg_tables where schemaname = ${sql.lit(schema)} and tablename = 'cano_migrations'`.compile(
          bare,
        ),
    })),
    *beforeMigrations() {
      yield* ask(lock, { schema });
      // Asking first: somebody who may not make schemas may be given one.
      if ((yield* ask(findSchema, { schema })).length === 0) yield* askOnce(bare.schema.createSchema(schema));
    },
  };
}
