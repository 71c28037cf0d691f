/** Runs the store's transactions on PostgreSQL, and again on another connection where one is lost: what was written before is found and not written twice. */

import type { Dialect } from "../sql/dialect.js";
import { type Patience, persist } from "../sql/persist.js";
import { prepareQueries, type Queries } from "../sql/queries/index.js";
import type { Steps } from "../sql/query.js";
import type { SqlDatabase } from "../sql/sql-database.js";
import type { Outcome, Write } from "../sql/writing.js";
import { Batches } from "./batches.js";
import type { PostgresConnections } from "./postgres-connections.js";
import { mayPass } from "./postgres-errors.js";

// Said, since the defaults are the server's.
const WRITING = "begin isolation level read committed";
const READING = "begin isolation level repeatable read read only";

/** See the file's first line. */
export class PostgresDatabase implements SqlDatabase {
  readonly kysely: Dialect["kysely"];
  readonly queries: Queries;
  private readonly batches: Batches;

  /** The tables must be there. */
  constructor(
    private readonly connections: PostgresConnections,
    dialect: Dialect,
    private readonly patience: Patience,
    /** Ends the pool, if it is the store's own. */
    private readonly end: () => Promise<void>,
  ) {
    this.kysely = dialect.kysely;
    this.queries = prepareQueries(dialect);
    this.batches = new Batches(
      { queries: this.queries, take: (steps) => this.read(steps), write: (steps) => this.write(steps) },
      this.kysely,
    );
  }

  read<T>(steps: () => Steps<T>, view?: "at one moment"): Promise<T> {
    const { connections } = this;
    return this.persist(() => (view === undefined ? connections.take(steps()) : connections.transact(READING, steps())));
  }

  write<T>(steps: () => Steps<T>, how?: "once" | "last"): Promise<T> {
    const take = (): Promise<T> => this.connections.transact(WRITING, steps());
    return how === undefined ? this.persist(take) : take();
  }

  flush(writes: readonly Write[]): Promise<readonly Outcome[]> {
    return this.batches.do(writes);
  }

  close(): Promise<void> {
    return this.end();
  }

  private persist<T>(work: () => Promise<T>): Promise<T> {
    return persist(this.patience, mayPass, work);
  }
}
