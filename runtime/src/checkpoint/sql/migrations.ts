/** Makes and changes the tables: one list of statements for each version of the schema. A version that was released is never edited. */

import { type Compilable, sql } from "kysely";
import type { Dialect } from "./dialect.js";
import { ask, askOnce, prepare, type Steps } from "./query.js";

type Migration = (dialect: Dialect) => readonly Compilable[];

const MIGRATIONS: readonly Migration[] = [
  ({ kysely: { schema }, key, whole, time, text }) => [
    schema
      .createTable("cano_runs")
      .addColumn("key", key.type, (column) => key.make(column))
      .addColumn("workflow", text, (column) => column.notNull())
      .addColumn("run_id", text, (column) => column.notNull())
      .addColumn("version", whole, (column) => column.notNull())
      .addColumn("status", text, (column) => column.notNull())
      .addColumn("fence", whole, (column) => column.notNull())
      .addColumn("owner", whole)
      .addColumn("cancelling", whole, (column) => column.notNull().defaultTo(0))
      .addColumn("started", time, (column) => column.notNull())
      .addColumn("ended", time),
    schema.createIndex("cano_runs_name").unique().on("cano_runs").columns(["workflow", "run_id"]),
    // Small, however many runs there are that have ended: who looks for work looks here.
    schema
      .createIndex("cano_runs_open")
      .on("cano_runs")
      .column("key")
      .where(sql<boolean>`ended is null`),
    // Nearly always empty: the owners look here every two seconds.
    schema
      .createIndex("cano_runs_cancelling")
      .on("cano_runs")
      .column("owner")
      .where(sql<boolean>`cancelling = 1`),
    schema
      .createTable("cano_rows")
      .addColumn("run", whole, (column) => column.notNull())
      .addColumn("sequence", whole, (column) => column.notNull())
      .addColumn("fence", whole, (column) => column.notNull())
      .addColumn("kind", text, (column) => column.notNull())
      .addColumn("state", text, (column) => column.notNull())
      .addColumn("visit", whole, (column) => column.notNull())
      .addColumn("count", whole, (column) => column.notNull())
      .addColumn("version", whole, (column) => column.notNull())
      .addColumn("payload", text)
      .addColumn("undo", text)
      .addColumn("due", time)
      .addColumn("at", time, (column) => column.notNull()),
    // An index beside the table, and not the table itself: rows are then added at the table's end, whichever run they are of, so that a
    // transaction of many runs writes few pages.
    schema.createIndex("cano_rows_place").unique().on("cano_rows").columns(["run", "sequence"]),
    schema.createIndex("cano_rows_kept").on("cano_rows").columns(["run", "sequence"]).where(isKept),
    schema
      .createTable("cano_owners")
      .addColumn("key", key.type, (column) => key.make(column))
      .addColumn("identity", text, (column) => column.notNull())
      .addColumn("expires", time, (column) => column.notNull()),
  ],
  ({ kysely: { schema }, whole, time, text }) => [
    schema
      .createTable("cano_schedules")
      .addColumn("name", text, (column) => column.notNull())
      .addColumn("definition", text)
      .addColumn("next", time)
      .addColumn("waiting", time)
      .addColumn("paused", whole, (column) => column.notNull())
      .addColumn("tripped", whole, (column) => column.notNull())
      .addColumn("streak", whole, (column) => column.notNull())
      .addColumn("eligible", time)
      .addColumn("fired", whole, (column) => column.notNull())
      .addColumn("skipped", whole, (column) => column.notNull())
      .addColumn("last_due", time)
      .addColumn("last_outcome", text)
      .addColumn("last_error", text)
      .addColumn("mark", whole, (column) => column.notNull()),
    schema.createIndex("cano_schedules_name").unique().on("cano_schedules").column("name"),
    schema.createIndex("cano_schedules_mark").on("cano_schedules").column("mark"),
    schema
      .createTable("cano_firings")
      .addColumn("schedule", text, (column) => column.notNull())
      .addColumn("due", time, (column) => column.notNull())
      .addColumn("cause", text, (column) => column.notNull())
      .addColumn("run_id", text, (column) => column.notNull())
      .addColumn("at", time, (column) => column.notNull())
      .addColumn("owner", whole)
      .addColumn("outcome", text)
      .addColumn("ended", time),
    schema.createIndex("cano_firings_due").unique().on("cano_firings").columns(["schedule", "due"]),
    // Small, however often schedules have fired: what is in progress, or was left behind.
    schema
      .createIndex("cano_firings_open")
      .on("cano_firings")
      .columns(["schedule", "due"])
      .where(sql<boolean>`outcome is null`),
    schema.createIndex("cano_firings_ended").on("cano_firings").column("ended"),
    schema.alterTable("cano_runs").addColumn("trace", text),
  ],
];

/** The rows that a resumed run needs however far behind they are. The index is only used where a query says exactly this. */
export const isKept = sql<boolean>`(undo is not null or kind in ('failure', 'compensated'))`;

/** The version of the schema that this code goes by. */
const SCHEMA_VERSION = MIGRATIONS.length;

/** Whether the tables are there and as this code knows them; throws when they are newer. */
export function* isMigrated(dialect: Dialect): Steps<boolean> {
  return (yield* versionOf(dialect)) === SCHEMA_VERSION;
}

/** Throws unless the tables are there and as this code knows them: for who only looks, and must not change them. */
export function* requireMigrated(dialect: Dialect): Steps<void> {
  const version = yield* versionOf(dialect);
  if (version === SCHEMA_VERSION) return;
  throw new Error(
    version === 0
      ? "it holds no runs of cano: nobody has opened it to write yet"
      : `its tables have version ${version}, and this version of cano reads version ${SCHEMA_VERSION}: the first process of this version that opens it to write brings it there`,
  );
}

/** Brings the tables to the newest version. In a transaction, so that all of it is done or nothing. */
export function* migrate(dialect: Dialect): Steps<void> {
  const { kysely, whole } = dialect;
  if (dialect.beforeMigrations !== undefined) yield* dialect.beforeMigrations();
  const version = yield* versionOf(dialect);
  if (version === 0) {
    const table = kysely.schema.createTable("cano_migrations").addColumn("version", whole, (column) => column.primaryKey());
    yield* askOnce(table);
  }
  for (let next = version + 1; next <= SCHEMA_VERSION; next++) {
    for (const statement of MIGRATIONS[next - 1]?.(dialect) ?? []) yield* askOnce(statement);
    yield* askOnce(kysely.insertInto("cano_migrations").values({ version: next }));
  }
}

function* versionOf({ kysely, hasMigrations }: Dialect): Steps<number> {
  if ((yield* ask(hasMigrations, {})).length === 0) return 0;
  const newest = prepare()(() => kysely.selectFrom("cano_migrations").select((eb) => eb.fn.max("version").as("version")));
  const [row] = yield* ask(newest, {});
  const version = row?.version ?? 0;
  // Tables that were emptied, or copied without what they hold.
  if (version === 0)
    throw new Error(
      "its table `cano_migrations` is empty, so the version of the others is not known: put back what it held, or drop all tables of cano",
    );
  if (version <= SCHEMA_VERSION) return version;
  throw new Error(
    `its tables have version ${version}, and this version of cano knows them up to version ${SCHEMA_VERSION}: a newer cano has been here, so update this one`,
  );
}
