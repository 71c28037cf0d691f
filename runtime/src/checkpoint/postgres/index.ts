/** The door `cano/checkpoints/postgres`: keeps the logs of runs in PostgreSQL, which many processes on many machines may share. */

import type { Log } from "../../context.js";
import { CanoError } from "../../errors/cano-error.js";
import { outOfRange, requireDelay, requirePositive } from "../../errors/require.js";
import { requireFlag, requireMethod, requireOptions } from "../../errors/require-shape.js";
import { loadPeer, PEERS } from "../../peers.js";
import { type Clock, systemClock } from "../../time/clock.js";
import { backgroundClock } from "../background-clock.js";
import type { CheckpointStore } from "../checkpoint-store.js";
import { SqlCheckpoints } from "../sql/sql-checkpoints.js";
import type { PostgresPool } from "./pool.js";

export type { PoolClient, PoolQuery, PostgresPool } from "./pool.js";

/** How logs are kept. Times are milliseconds. */
export interface PostgresOptions {
  /** Where the server is, as the package pg takes it: `postgres://user:password@host:5432/database`. Default: what the environment says, `PGHOST` and so on. */
  readonly connectionString?: string;
  /** A pool of the package pg, in place of `connectionString`; the store uses it and never ends it. */
  readonly pool?: PostgresPool;
  /** The schema with the tables of the store, which is made if it is not there: 1 to 63 bytes of UTF-8. Default: `public`. */
  readonly schema?: string;
  /**
   * How long to try while the server cannot be reached or is only read, as after a failover, two transactions stand in each other's way, or a limit of
   * the server's, such as `lock_timeout`, ends a statement; then `checkpoint_store`. 0 or more. Default: 30,000.
   */
  readonly patience?: number;
  /** After this time without a sign of life a process counts as gone. The clocks of all machines must agree much better. Above 0. Default: 30,000. */
  readonly lease?: number;
  /**
   * Whether the database is only looked at: then tables that are not there, or are of another version, are an error, nothing is made or changed, and
   * calls that would change something reject with `checkpoint_store`. Default: `false`.
   */
  readonly readOnly?: boolean;
  /** Default: the process's clock. */
  readonly clock?: Clock;
  /** Where it is said that the server cannot be used yet, when the first call has to wait for it. Default: `console`. */
  readonly log?: Pick<Log, "warn">;
}

/** So many flushes are under way at once: while one waits for the disk, another is on its way. */
const FLUSHES = 2;

const OPTIONS: Readonly<Record<keyof PostgresOptions, 1>> = {
  connectionString: 1,
  pool: 1,
  schema: 1,
  patience: 1,
  lease: 1,
  readOnly: 1,
  clock: 1,
  log: 1,
};

const EXAMPLE = "`postgres://user:password@host:5432/database`";
/** What pg reads as it is meant: nothing, a URL, a socket. */
const CONNECTION = /^(?:$|\/|socket:|[a-z][a-z0-9+.-]*:\/\/)/i;

/** The bytes of the longest name that PostgreSQL keeps as it is. */
const LONGEST_NAME = 63;

/**
 * A store in PostgreSQL, or the connection string alone. Connects with the first call, and makes the tables it needs. Needs the packages pg and
 * kysely: where one is missing or does not work here, that call rejects with `configuration`. Throws `configuration` when an option is out of
 * range.
 */
export function postgresCheckpoints(options: PostgresOptions | string): CheckpointStore {
  const given = typeof options === "string" ? { connectionString: options } : options;
  requireOptions<PostgresOptions>("postgresCheckpoints", given, OPTIONS);
  const {
    connectionString,
    pool,
    schema = "public",
    patience = 30_000,
    lease = 30_000,
    readOnly = false,
    clock,
    log = console,
  } = given;
  requireServer(given);
  requireSchema(schema);
  requireDelay("patience", patience);
  requirePositive("lease", lease);
  requireFlag("readOnly", readOnly);
  const server = pool ?? connectionString ?? "";
  const settings = { server, schema, patience, readOnly, clock: clock ?? systemClock, log };
  const open = async () => {
    await loadPeer(PEERS.kysely, () => import("kysely"));
    const { openPostgres } = await import("./open-postgres.js");
    return await openPostgres(settings);
  };
  return new SqlCheckpoints(open, { clock: clock ?? backgroundClock, lease, flushes: FLUSHES });
}

/** PostgreSQL cuts a longer name off, and halves of characters become one and the same: two schemas would be one. */
function requireSchema(schema: unknown): asserts schema is string {
  const isName = typeof schema === "string" && schema !== "" && !/[\0\p{Surrogate}]/u.test(schema);
  if (isName && new TextEncoder().encode(schema).length <= LONGEST_NAME) return;
  const message = `\`schema\` must be a name of 1 to ${LONGEST_NAME} bytes, not ${JSON.stringify(schema)}`;
  throw new CanoError("configuration", message, { code: "CANO7009" });
}

/** A client is no pool, and the settings of one are none either: what is missing would be missed with the first call. */
function requireServer({ connectionString, pool }: PostgresOptions): void {
  if (pool !== undefined) requireMethod("pool", pool, "connect", "a `Pool` of the package pg");
  if (connectionString !== undefined && typeof connectionString !== "string")
    throw outOfRange("connectionString", `a text such as ${EXAMPLE}`, connectionString);
  // Not shown, since there may be a password in it.
  if (connectionString !== undefined && !CONNECTION.test(connectionString)) {
    const message = `\`connectionString\` must be a URL such as ${EXAMPLE}, or the path of a socket: with anything else, pg would look for some other server`;
    throw new CanoError("configuration", message, { code: "CANO7009" });
  }
}
