/** Opens a PostgreSQL database for a store: the pool, the tables. Only to be imported once Kysely is known to be there. */

import type { Log } from "../../context.js";
import { codeOf } from "../../errors/code-of.js";
import { warn } from "../../errors/warn.js";
import { loadPeer, PEERS } from "../../peers.js";
import type { Clock } from "../../time/clock.js";
import { isMigrated, migrate, requireMigrated } from "../sql/migrations.js";
import { type Patience, persist, reasonOf } from "../sql/persist.js";
import { ReadOnlyDatabase } from "../sql/read-only-database.js";
import type { SqlDatabase } from "../sql/sql-database.js";
import type { PostgresPool } from "./pool.js";
import { ignore, PostgresConnections } from "./postgres-connections.js";
import { PostgresDatabase } from "./postgres-database.js";
import { postgresDialect } from "./postgres-dialect.js";
import { isUnprepared, mayPass } from "./postgres-errors.js";

/** How the database is to be used. */
export interface PostgresSettings {
  /** Where it is, or a pool that belongs to somebody else. */
  readonly server: string | PostgresPool;
  readonly schema: string;
  /** Milliseconds. */
  readonly patience: number;
  readonly readOnly: boolean;
  readonly clock: Clock;
  readonly log: Pick<Log, "warn">;
}

/** To have a connection may take so many milliseconds; then another one is tried. */
const CONNECTING = 10_000;

/** See the file's first line. */
export async function openPostgres({
  server,
  schema,
  patience: limit,
  readOnly,
  clock,
  log,
}: PostgresSettings): Promise<SqlDatabase> {
  const pool = typeof server === "string" ? await poolOf(server) : server;
  // Of a connection that nobody uses: the pool replaces it.
  pool.on("error", ignore);
  const connections = new PostgresConnections(pool, Math.max(limit, CONNECTING));
  const end = async (): Promise<void> => {
    connections.close();
    if (pool === server) pool.off("error", ignore);
    // Connections that are being ended may still be lost: the listener stays.
    else await pool.end();
  };
  const patience: Patience = { clock, limit, first: 50, longest: 1_000 };
  const dialect = postgresDialect(schema);
  let isWaiting = false;
  // A name or a port that was mistyped fails as a server does that is not there yet: whoever waits is told what for.
  const mayPassAtFirst = (error: unknown): boolean => {
    const passes = mayPass(error);
    // Of a pooler there is nothing to wait for.
    if (isUnprepared(error)) return passes;
    if (passes && !isWaiting && limit > 0)
      warn(log, `the PostgreSQL server cannot be used yet, and is tried for ${limit} ms: ${reasonOf(error)}`);
    isWaiting ||= passes;
    return passes;
  };
  try {
    if (readOnly) {
      await persist(patience, mayPassAtFirst, () => connections.take(requireMigrated(dialect)));
      return new ReadOnlyDatabase(new PostgresDatabase(connections, dialect, patience, end));
    }
    const isReady = await persist(patience, mayPassAtFirst, () => connections.take(isMigrated(dialect)));
    if (!isReady)
      await persist(patience, mayPass, () => connections.transact("begin isolation level read committed", migrate(dialect)));
    return new PostgresDatabase(connections, dialect, patience, end);
  } catch (error) {
    await end();
    throw codeOf(error) === "ERR_INVALID_URL" ? new Error(NO_URL, { cause: error }) : error;
  }
}

/** Node's own words name neither what is no URL nor the usual reason. */
const NO_URL =
  "`connectionString` is no URL: in a password, `#`, `/`, `?` and `%` must be written as `%23`, `%2F`, `%3F` and `%25`, and a port is below 65536";

async function poolOf(connectionString: string): Promise<PostgresPool> {
  const { default: pg } = await loadPeer(PEERS.postgres, () => import("pg"));
  // A store that nobody uses keeps no process alive, and an empty text leaves it to the environment where the server is.
  return new pg.Pool({ connectionString, connectionTimeoutMillis: CONNECTING, keepAlive: true, allowExitOnIdle: true });
}
