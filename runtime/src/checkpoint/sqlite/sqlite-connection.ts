/** Steps and transactions on a connection to SQLite, which answers at once. */

import type { Database, Statement } from "better-sqlite3";
import type { Step, Steps } from "../sql/query.js";

/** A connection with the statements that it has prepared. */
export class SqliteConnection {
  private readonly prepared = new Map<string, Statement>();

  constructor(readonly database: Database) {}

  /** Takes steps as part of the transaction that is open, or each on its own where none is. */
  take<T>(steps: Steps<T>): T {
    let step = steps.next();
    while (step.done !== true) step = steps.next(this.ask(step.value));
    return step.value;
  }

  /** Does `work` in a transaction: all of it is done, or none. Who writes keeps other writers waiting from the start, so as not to be refused half-way. */
  transact<T>(work: () => T, purpose: "reading" | "writing"): T {
    this.statement(purpose === "writing" ? "begin immediate" : "begin").run();
    try {
      const result = work();
      this.statement("commit").run();
      return result;
    } catch (error) {
      // SQLite itself may have rolled back.
      if (this.database.inTransaction) this.statement("rollback").run();
      throw error;
    }
  }

  /** The statement of a text that will be needed again. */
  statement(sql: string): Statement {
    let statement = this.prepared.get(sql);
    if (statement === undefined) this.prepared.set(sql, (statement = this.database.prepare(sql)));
    return statement;
  }

  private ask({ query: { sql, name }, values }: Step): readonly unknown[] {
    const statement = name === undefined ? this.database.prepare(sql) : this.statement(sql);
    if (statement.reader) return statement.all(...values);
    statement.run(...values);
    return [];
  }
}
