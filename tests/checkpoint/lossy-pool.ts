/** A pool that loses answers on purpose: the server has done what it was asked, and nobody hears of it. */

import type { PoolClient, PoolQuery, PostgresPool } from "cano/checkpoints/postgres";
import pg from "pg";

export class LossyPool implements PostgresPool {
  /** Answers to queries whose text contains this are lost, once. */
  lose: string | undefined;
  /** Done when an answer is lost, before anybody knows. */
  meanwhile: (() => Promise<unknown>) | undefined;
  /** How many queries there were. */
  queries = 0;
  ended = 0;
  private readonly pool: pg.Pool;

  constructor(connectionString: string) {
    this.pool = new pg.Pool({ connectionString, allowExitOnIdle: true });
  }

  connect(taken: (error: Error | undefined, client: PoolClient | undefined) => void): void {
    this.pool.connect((error, client) => taken(error, client && this.wrap(client)));
  }

  private wrap(client: pg.PoolClient): PoolClient {
    return {
      query: async (query: PoolQuery) => {
        this.queries++;
        const answer = await client.query(query);
        // What begins a transaction says "read committed".
        if (this.lose === undefined || query.text.startsWith("begin") || !query.text.includes(this.lose)) return answer;
        this.lose = undefined;
        await this.meanwhile?.();
        throw Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" });
      },
      release: (end) => client.release(end),
      on: (event, listener) => client.on(event, listener),
      off: (event, listener) => client.off(event, listener),
    };
  }

  async end(): Promise<void> {
    this.ended++;
    await this.pool.end();
  }

  on(event: "error", listener: (error: Error) => void): unknown {
    return this.pool.on(event, listener);
  }

  off(event: "error", listener: (error: Error) => void): unknown {
    return this.pool.off(event, listener);
  }

  get listeners(): number {
    return this.pool.listenerCount("error");
  }
}
