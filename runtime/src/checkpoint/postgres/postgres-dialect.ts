/** PostgreSQL as far as it shows in the text of a query. */

import { DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler, sql } from "kysely";
import type { ColumnTypes, Dialect } from "../sql/dialect.js";
import { ask, askOnce, prepare } from "../sql/query.js";
import type { Schema } from "../sql/schema.js";

/** "cano" in ASCII: the first half of the number of the lock under which tables are made. */
const LOCK = 0x63616e6f;

/** Those that keep every text. The second takes bytes as they come, and the driver sends UTF-8. */
const ENCODINGS: ReadonlySet<string> = new Set(["UTF8", "SQL_ASCII"]);

const TYPES = { whole: sql`bigint`, time: sql`double precision`, text: sql`text` } as const;

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
  const findEncoding = prepare<object>()(() => ({
    compile: () => sql<{ encoding: string }>`select current_setting('server_encoding') as encoding`.compile(bare),
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
    input<T>(json: string, types: ColumnTypes<T>) {
      const columns = Object.entries<keyof typeof TYPES>(types).map(([column, type]) => sql`${sql.ref(column)} ${TYPES[type]}`);
      const rows = sql`json_to_recordset(${json}::json) as row(${sql.join(columns)})`;
      // Without a limit a hundred rows are expected, however few there are, and other tables are read from end to end for them.
      return sql<T>`(select * from ${rows} limit json_array_length(${json}::json))`.as("input");
    },
    forUpdate: sql`for update`,
    // Transactions are numbered when they begin to write, and become visible in another order: only what lies below all that are under way is settled.
    mark: sql`pg_current_xact_id()::text::bigint`,
    settledMark: sql`pg_snapshot_xmin(pg_current_snapshot())::text::bigint - 1`,
    isCommitted: (mark) => sql`case pg_xact_status(${mark}::text::xid8) when 'committed' then 1 else 0 end`,
    hasMigrations: prepare()(() => ({
      compile: () =>
        sql`select tablename from pg_catalog.pg_tables where schemaname = ${sql.lit(schema)} and tablename = 'cano_migrations'`.compile(
          bare,
        ),
    })),
    *beforeMigrations() {
      const [{ encoding } = { encoding: "" }] = yield* ask(findEncoding, {});
      // A run would stop at the first text that cannot be kept, the message of its own error included, and at every resume again.
      if (!ENCODINGS.has(encoding))
        throw new Error(`its encoding is ${encoding}, which cannot keep every text: make the database with \`encoding 'UTF8'\``);
      yield* ask(lock, { schema });
      // Asking first: somebody who may not make schemas may be given one.
      if ((yield* ask(findSchema, { schema })).length === 0) yield* askOnce(bare.schema.createSchema(schema));
    },
  };
}
