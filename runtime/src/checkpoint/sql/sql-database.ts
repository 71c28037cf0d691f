/** What the store needs of a database. How transactions are run, and tried again where that helps, is each database's own affair. */

import type { Kysely } from "kysely";
import type { Queries } from "./queries/index.js";
import type { Steps } from "./query.js";
import type { Schema } from "./schema.js";
import type { Outcome, Write } from "./writing.js";

/** A database that is open, its tables at the newest version. Calls reject with the driver's errors, or with `checkpoint_store`. */
export interface SqlDatabase {
  /** Compiles queries. */
  readonly kysely: Kysely<Schema>;
  readonly queries: Queries;
  /** Takes steps that change nothing; all of them see the same state of the database if that is asked for. */
  read<T>(steps: () => Steps<T>, view?: "at one moment"): Promise<T>;
  /**
   * Takes steps in one transaction, again from the start where that may help. `once` forgoes that, for what will be tried again anyway; `last` does what will
   * not be, for whoever closes: it may wait for other processes, and not for a server that is gone.
   */
  write<T>(steps: () => Steps<T>, how?: "once" | "last"): Promise<T>;
  /** Does writes, as many in one transaction as it can. One that cannot be done harms no others. Never rejects. */
  flush(writes: readonly Write[]): Promise<readonly Outcome[]>;
  close(): Promise<void>;
}
