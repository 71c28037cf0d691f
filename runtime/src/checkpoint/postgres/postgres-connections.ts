/** Steps and transactions on connections of a pool, each attempt on one that is sound. */

import type { Step, Steps } from "../sql/query.js";
import { storeClosed } from "../store-errors.js";
import type { PoolClient, PostgresPool } from "./pool.js";
import { isUnprepared, mayPass } from "./postgres-errors.js";

/** How long a timer of the system can be, in milliseconds. */
const LONGEST = 2 ** 31 - 1;

// Whole numbers and times are numbers for us, whatever the application has told its driver; everything else is text.
const NUMBERS: ReadonlySet<number> = new Set([20, 21, 23, 700, 701]);
const types = { getTypeParser: (type: number) => (NUMBERS.has(type) ? Number : String) };

/** See the file's first line. */
export class PostgresConnections {
  private isClosed = false;
  /** Behind a pooler that does not keep what is prepared, nothing is. */
  private prepares = true;
  /** How those who wait for a connection are told that there is none. */
  private readonly waiting = new Set<(error: Error) => void>();

  constructor(
    private readonly pool: PostgresPool,
    /** An answer that takes longer counts as lost; milliseconds. */
    private readonly answerTime: number,
  ) {}

  /** Takes steps, each on its own. */
  take<T>(steps: Steps<T>): Promise<T> {
    return this.withClient((client) => this.takeOn(client, steps));
  }

  /** Takes steps in one transaction, which `begin` begins. */
  transact<T>(begin: string, steps: Steps<T>): Promise<T> {
    return this.withClient(async (client) => {
      await this.ask(client, { query: { sql: begin }, values: [] });
      try {
        const result = await this.takeOn(client, steps);
        await this.ask(client, { query: { sql: "commit" }, values: [] });
        return result;
      } catch (error) {
        // On a connection that is lost there is nothing to take back.
        if (!mayPass(error)) await this.ask(client, { query: { sql: "rollback" }, values: [] });
        throw error;
      }
    });
  }

  /** Takes no connection any more. Who waits for one is told so: a pool that is ended would leave them waiting. */
  close(): void {
    this.isClosed = true;
    for (const reject of this.waiting) reject(storeClosed());
    this.waiting.clear();
  }

  private async takeOn<T>(client: PoolClient, steps: Steps<T>): Promise<T> {
    let step = steps.next();
    while (step.done !== true) step = steps.next(await this.ask(client, step.value));
    return step.value;
  }

  private async ask(client: PoolClient, { query: { sql, name }, values }: Step): Promise<readonly unknown[]> {
    const query = { text: sql, values: [...values], types, query_timeout: Math.min(this.answerTime, LONGEST) };
    return (await client.query(name === undefined || !this.prepares ? query : { ...query, name })).rows;
  }

  /** By a callback: a promise would tell some moments later, and a connection that is lost in between would find no listener. */
  private connect(): Promise<PoolClient> {
    return new Promise((resolve, reject) => {
      if (this.isClosed) return reject(storeClosed());
      this.waiting.add(reject);
      this.pool.connect((error, client) => {
        const isAwaited = this.waiting.delete(reject);
        if (client === undefined) return reject(error ?? new Error("the pool has no connection"));
        // One that comes too late is the pool's again.
        if (!isAwaited) return client.release();
        client.on("error", ignore);
        resolve(client);
      });
    });
  }

  private async withClient<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
    const client = await this.connect();
    let isSound = false;
    try {
      const result = await work(client);
      isSound = true;
      return result;
    } catch (error) {
      isSound = !mayPass(error);
      if (isUnprepared(error)) this.prepares = false;
      throw error;
    } finally {
      client.off("error", ignore);
      client.release(!isSound);
    }
  }
}

/** A connection that is lost says so to whoever uses it, and if nobody does, the pool makes another. Without a listener the process would end. */
export function ignore(): void {}
