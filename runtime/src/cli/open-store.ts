/** Opens the store that a command looks into. Nothing is made or changed by looking. */

import { resolve } from "node:path";
import type { CheckpointStore } from "../checkpoint/checkpoint-store.js";
import { postgresCheckpoints } from "../checkpoint/postgres/index.js";
import { sqliteCheckpoints } from "../checkpoint/sqlite/index.js";
import type { Place } from "./command.js";
import type { Io } from "./io.js";
import { isPostgres } from "./parse-arguments.js";

/** Somebody waits, so a server that cannot be reached is told sooner than to a workflow; milliseconds. */
const PATIENCE = 5_000;

/** See the file's first line. */
export function openStore({ database, schema }: Place, { cwd, clock }: Pick<Io, "cwd" | "clock">): CheckpointStore {
  if (!isPostgres(database)) return sqliteCheckpoints({ path: resolve(cwd, database), readOnly: true, clock });
  return postgresCheckpoints({
    connectionString: database,
    readOnly: true,
    patience: PATIENCE,
    clock,
    // One line tells what has come of it, a few seconds later.
    log: { warn: () => undefined },
    ...(schema !== undefined && { schema }),
  });
}
