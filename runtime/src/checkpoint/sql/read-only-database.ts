/** A database that is only looked at: whatever would change it is refused before the database itself is asked. */

import type { Steps } from "./query.js";
import type { SqlDatabase } from "./sql-database.js";
import type { Outcome, Write } from "./writing.js";

/** See the file's first line. */
export class ReadOnlyDatabase implements SqlDatabase {
  readonly kysely: SqlDatabase["kysely"];
  readonly queries: SqlDatabase["queries"];

  constructor(private readonly database: SqlDatabase) {
    this.kysely = database.kysely;
    this.queries = database.queries;
  }

  read<T>(steps: () => Steps<T>, view?: "at one moment"): Promise<T> {
    return this.database.read(steps, view);
  }

  async write<T>(_steps: () => Steps<T>): Promise<T> {
    throw refusal();
  }

  async flush(writes: readonly Write[]): Promise<readonly Outcome[]> {
    return writes.map(refusal);
  }

  close(): Promise<void> {
    return this.database.close();
  }
}

function refusal(): Error {
  return new Error("the store was opened with `readOnly`");
}
