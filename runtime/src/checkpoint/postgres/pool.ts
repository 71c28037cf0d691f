/** The part of a pool of the package pg that the store uses. */

/** One query, as pg takes it. */
export interface PoolQuery {
  readonly text: string;
  readonly values: unknown[];
  /** Under which a connection keeps the plan. */
  readonly name?: string;
  /** Milliseconds. */
  readonly query_timeout?: number;
  readonly types?: { getTypeParser(type: number): (text: string) => unknown };
}

/** A connection that was taken from a pool. */
export interface PoolClient {
  query(query: PoolQuery): Promise<{ readonly rows: unknown[] }>;
  /** Gives the connection back, or ends it. */
  release(end?: boolean): void;
  on(event: "error", listener: (error: Error) => void): unknown;
  off(event: "error", listener: (error: Error) => void): unknown;
}

/** A pool. */
export interface PostgresPool {
  /** Calls `taken` with a connection, or with why there is none. */
  connect(taken: (error: Error | undefined, client: PoolClient | undefined) => void): void;
  end(): Promise<void>;
  on(event: "error", listener: (error: Error) => void): unknown;
  off(event: "error", listener: (error: Error) => void): unknown;
}
