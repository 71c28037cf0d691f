/** Runs the store's transactions on SQLite, in this process. Where another process is writing, it lets the rest of the process go on and comes back. */

import { codeOf } from "../../errors/code-of.js";
import type { Dialect } from "../sql/dialect.js";
import { type Patience, persist } from "../sql/persist.js";
import { prepareQueries, type Queries } from "../sql/queries/index.js";
import type { Steps } from "../sql/query.js";
import { together } from "../sql/together.js";
import type { SqlDatabase } from "../sql/sql-database.js";
import { storeClosed } from "../store-errors.js";
import { appendRow, type Outcome, type Write } from "../sql/writing.js";
import { HotWrites } from "./hot-writes.js";
import type { SqliteConnection } from "./sqlite-connection.js";

/** See the file's first line. */
export class SqliteDatabase implements SqlDatabase {
  readonly kysely: Dialect["kysely"];
  readonly queries: Queries;
  private readonly hot: HotWrites;

  /** The tables must be there. */
  constructor(
    private readonly connection: SqliteConnection,
    dialect: Dialect,
    private readonly patience: Patience,
  ) {
    this.kysely = dialect.kysely;
    this.queries = prepareQueries(dialect);
    this.hot = new HotWrites(connection, this.kysely, this.queries.changeRun);
  }

  read<T>(steps: () => Steps<T>, view?: "at one moment"): Promise<T> {
    const { connection } = this;
    const take = (): T => connection.take(steps());
    return this.persist(() => (view === undefined ? take() : connection.transact(take, "reading")));
  }

  async write<T>(steps: () => Steps<T>, how?: "once" | "last"): Promise<T> {
    const { connection } = this;
    const take = (): T => connection.transact(() => connection.take(steps()), "writing");
    return how === "once" ? take() : await this.persist(take);
  }

  flush(writes: readonly Write[]): Promise<readonly Outcome[]> {
    return together(writes, (some) =>
      this.persist(() => this.connection.transact(() => some.map((write) => this.do(write)), "writing")),
    );
  }

  async close(): Promise<void> {
    this.connection.database.close();
  }

  /** Who still waits when the database is closed is told so, and not what the driver says of that. */
  private persist<T>(work: () => T): Promise<T> {
    return persist(this.patience, isBusy, () => {
      if (!this.connection.database.open) throw storeClosed();
      return work();
    });
  }

  private do(write: Write): Outcome {
    if (write.kind === "begin") return this.hot.begin(write);
    if (write.change?.forget !== true && this.hot.append(write)) return undefined;
    return this.connection.take(appendRow(this.queries, write));
  }
}

/** Whether another process is in the way. */
export function isBusy(error: unknown): boolean {
  return /^SQLITE_(BUSY|LOCKED)/.test(codeOf(error) ?? "");
}
