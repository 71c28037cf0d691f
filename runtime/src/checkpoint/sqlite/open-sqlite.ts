/** Opens a SQLite database for a store: the connection, its settings, the tables. Only to be imported once Kysely is known to be there. */

import type { Clock } from "../../clock.js";
import { isMigrated, migrate } from "../sql/migrations.js";
import { type Patience, persist } from "../sql/persist.js";
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
  readonly clock: Clock;
}

/** So many milliseconds SQLite itself may wait for another process, and everything in this one with it. */
const BLOCKING = 10;

/** See the file's first line. */
export async function openSqlite({ path, synchronous, busyTimeout, clock }: SqliteSettings): Promise<SqliteDatabase> {
  const Sqlite = await loadSqlite();
  const patience: Patience = { clock, limit: busyTimeout, first: 2, longest: 50 };
  const connection = new SqliteConnection(new Sqlite(path, { timeout: BLOCKING }));
  const dialect = sqliteDialect();
  try {
    await persist(patience, isBusy, () => {
      connection.database.pragma("journal_mode = wal");
      connection.database.pragma(`synchronous = ${synchronous}`);
      // Kibibytes, when negative.
      connection.database.pragma("cache_size = -16000");
      // Pages: pages that many runs write to are moved into the database once in 16 megabytes of log, which matters when a thousand runs are long.
      connection.database.pragma("wal_autocheckpoint = 4000");
    });
    const isReady = await persist(patience, isBusy, () => connection.take(isMigrated(dialect)));
    // Another process may be doing the same: who comes second finds it done.
    if (!isReady) await persist(patience, isBusy, () => connection.transact(() => connection.take(migrate(dialect)), "writing"));
    return new SqliteDatabase(connection, dialect, patience);
  } catch (error) {
    connection.database.close();
    throw error;
  }
}
