/** Opens a SQLite database for a store: the connection, its settings, the tables. Only to be imported once Kysely is known to be there. */

import { accessSync, constants, existsSync, statSync } from "node:fs";
import { dirname } from "node:path";
import type { Database } from "better-sqlite3";
import { codeOf } from "../../errors/code-of.js";
import { textOf } from "../../errors/thrown.js";
import type { Clock } from "../../time/clock.js";
import { isMigrated, migrate, requireMigrated } from "../sql/migrations.js";
import { type Patience, persist } from "../sql/persist.js";
import { ReadOnlyDatabase } from "../sql/read-only-database.js";
import type { SqlDatabase } from "../sql/sql-database.js";
import { loadSqlite } from "./load-sqlite.js";
import { SqliteConnection } from "./sqlite-connection.js";
import { isBusy, SqliteDatabase } from "./sqlite-database.js";
import { sqliteDialect } from "./sqlite-dialect.js";

/** How the database is to be used. */
export interface SqliteSettings {
  readonly path: string;
  readonly synchronous: "full" | "normal";
  /** Milliseconds. */
  readonly busyTimeout: number;
  readonly readOnly: boolean;
  readonly clock: Clock;
}

/** So many milliseconds SQLite itself may wait for another process, and everything in this one with it. */
const BLOCKING = 10;

/** See the file's first line. */
export async function openSqlite(settings: SqliteSettings): Promise<SqlDatabase> {
  const { path, busyTimeout, clock, readOnly } = settings;
  const Sqlite = await loadSqlite();
  const file = statSync(path, { throwIfNoEntry: false });
  if (readOnly && file === undefined) throw new Error(`\`${path}\` is not there`);
  // Which SQLite calls a fault of the disk.
  if (file?.isDirectory()) throw new Error(`\`${path}\` is a folder`);
  // SQLite says so, too, but not of which.
  if (path.trim() !== ":memory:" && !existsSync(dirname(path))) throw new Error(`the folder of \`${path}\` does not exist`);
  // SQLite would only say that it is unable to open it.
  if (file !== undefined) accessSync(path, constants.R_OK);
  const patience: Patience = { clock, limit: busyTimeout, first: 2, longest: 50 };
  const database = connect(() => new Sqlite(path, { timeout: BLOCKING, readonly: readOnly, fileMustExist: readOnly }), path);
  try {
    return readOnly ? await look(database, patience) : await prepare(database, patience, settings);
  } catch (error) {
    database.close();
    const isNone = codeOf(error) === "SQLITE_NOTADB";
    throw isNone ? new Error(`\`${path}\` is not a database of SQLite`, { cause: error }) : withPath(error, path);
  }
}

function connect(open: () => Database, path: string): Database {
  try {
    return open();
  } catch (error) {
    throw withPath(error, path);
  }
}

/** The words of SQLite, or those that are said of the tables, with the path that they are about. */
function withPath(error: unknown, path: string): Error {
  return new Error(`\`${path}\`: ${textOf(error)}`, { cause: error });
}

/** Changes nothing, neither in the tables nor in how the file is kept. */
async function look(database: Database, patience: Patience): Promise<SqlDatabase> {
  const connection = new SqliteConnection(database);
  const dialect = sqliteDialect();
  try {
    await persist(patience, isBusy, () => connection.take(requireMigrated(dialect)));
  } catch (error) {
    throw isUnreadable(error) ? new Error(UNREADABLE, { cause: error }) : error;
  }
  return new ReadOnlyDatabase(new SqliteDatabase(connection, dialect, patience));
}

/** Whether a file that may be read lacks what SQLite has beside it. SQLite speaks of writing then, to somebody who only looks. */
function isUnreadable(error: unknown): boolean {
  return /^SQLITE_(CANTOPEN|READONLY)/.test(codeOf(error) ?? "");
}

const UNREADABLE =
  "who reads it needs the files `-shm` and `-wal` beside it, which cannot be opened or made: look as the user whom it belongs to, or at a copy";

async function prepare(
  database: Database,
  patience: Patience,
  { synchronous }: Pick<SqliteSettings, "synchronous">,
): Promise<SqlDatabase> {
  const connection = new SqliteConnection(database);
  const dialect = sqliteDialect();
  await persist(patience, isBusy, () => {
    database.pragma("journal_mode = wal");
    database.pragma(`synchronous = ${synchronous}`);
    // Kibibytes, when negative.
    database.pragma("cache_size = -16000");
    // Pages: pages that many runs write to are moved into the database once in 16 megabytes of log, which matters when a thousand runs are long.
    database.pragma("wal_autocheckpoint = 4000");
  });
  const isReady = await persist(patience, isBusy, () => connection.take(isMigrated(dialect)));
  // Another process may be doing the same: who comes second finds it done.
  if (!isReady) await persist(patience, isBusy, () => connection.transact(() => connection.take(migrate(dialect)), "writing"));
  return new SqliteDatabase(connection, dialect, patience);
}
