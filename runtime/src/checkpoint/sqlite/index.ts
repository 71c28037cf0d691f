/** The door `cano/checkpoints/sqlite`: keeps the logs of runs in a SQLite file, which several processes of one machine may share. */

import { resolve } from "node:path";
import { CanoError } from "../../errors/cano-error.js";
import { requireDelay, requirePositive } from "../../errors/require.js";
import { requireFlag, requireOptions } from "../../errors/require-shape.js";
import { loadPeer, PEERS } from "../../peers.js";
import { type Clock, systemClock } from "../../time/clock.js";
import { backgroundClock } from "../background-clock.js";
import type { CheckpointStore } from "../checkpoint-store.js";
import { SqlCheckpoints } from "../sql/sql-checkpoints.js";

/** Where and how logs are kept. Times are milliseconds. */
export interface SqliteOptions {
  /** The file, by the folder that the process is in now, which is made if it is not there; `:memory:` keeps everything in this one store object. */
  readonly path: string;
  /**
   * `full`: a hop is on the disk when it counts as done, so it survives a loss of power. `normal`: it survives the end of the process, but a
   * loss of power may take the newest hops, each as a whole; several times faster. Default: `full`.
   */
  readonly synchronous?: "full" | "normal";
  /** How long to try while another process is writing; then `checkpoint_store`. 0 or more. Default: 5,000. */
  readonly busyTimeout?: number;
  /** After this time without a sign of life, a process on another machine, or one of which nothing is known, counts as gone. Above 0. Default: 30,000. */
  readonly lease?: number;
  /**
   * Whether the file is only looked at: then one that is not there, or whose tables are of another version, is an error, it is not changed in any way, and
   * calls that would change it reject with `checkpoint_store`. Default: `false`.
   */
  readonly readOnly?: boolean;
  /** Default: the process's clock. */
  readonly clock?: Clock;
}

const OPTIONS = { path: 1, synchronous: 1, busyTimeout: 1, lease: 1, readOnly: 1, clock: 1 } as const;

/**
 * A store in a SQLite file, or the file's path alone. Opens it with the first call, and makes the tables it needs. Needs the packages
 * better-sqlite3 and kysely: where one is missing or does not work here, that call rejects with `configuration`. Throws `configuration` when
 * an option is out of range.
 */
export function sqliteCheckpoints(options: SqliteOptions | string): CheckpointStore {
  const given = typeof options === "string" ? { path: options } : options;
  requireOptions<SqliteOptions>("sqliteCheckpoints", given, OPTIONS);
  const { path, synchronous = "full", busyTimeout = 5_000, lease = 30_000, readOnly = false, clock } = given;
  requirePath(path);
  requireSynchronous(synchronous);
  requireDelay("busyTimeout", busyTimeout);
  requirePositive("lease", lease);
  requireFlag("readOnly", readOnly);
  // The process may be in another folder by the first call.
  const settings = {
    path: path.trim() === ":memory:" ? path : resolve(path),
    synchronous,
    busyTimeout,
    readOnly,
    clock: clock ?? systemClock,
  };
  const open = async () => {
    await loadPeer(PEERS.kysely, () => import("kysely"));
    const { openSqlite } = await import("./open-sqlite.js");
    return await openSqlite(settings);
  };
  // SQLite has one writer at a time, whatever the store does.
  return new SqlCheckpoints(open, { clock: clock ?? backgroundClock, lease, flushes: 1 });
}

/** SQLite takes a word that it does not know for `normal`, and some for less: what a run relies on would not be there after a loss of power. */
function requireSynchronous(synchronous: unknown): void {
  if (synchronous === "full" || synchronous === "normal") return;
  const message = `\`synchronous\` must be "full" or "normal", not ${JSON.stringify(synchronous)}`;
  throw new CanoError("configuration", message, { code: "CANO7009" });
}

/** SQLite takes an empty path, or none, for a database that goes with its connection. */
function requirePath(path: unknown): asserts path is string {
  if (typeof path === "string" && path.trim() !== "") return;
  const message = `\`path\` must be that of a file, or \`:memory:\`, not ${JSON.stringify(path)}`;
  throw new CanoError("configuration", message, { code: "CANO7009" });
}
