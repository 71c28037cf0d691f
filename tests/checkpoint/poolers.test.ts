/** Poolers between the store and PostgreSQL that give each transaction another connection of the server, on which something else is prepared. */

import { type PoolClient, type PoolQuery, type PostgresPool, postgresCheckpoints } from "cano/checkpoints/postgres";
import pg from "pg";
import { expect, test } from "vitest";
import { freshSchema, postgresUrl } from "../support/databases.js";
import { hastyClock } from "./clocks.js";
import { begin, entry, nameOf, sequencesOf } from "./rows.js";

/** A pool on whose connections something happens to what is prepared on them, before every query that is to be prepared. */
function pooled(pool: pg.Pool, before: (client: pg.PoolClient, name: string) => Promise<unknown>): PostgresPool {
  const wrap = (client: pg.PoolClient): PoolClient => ({
    async query(query: PoolQuery) {
      if (query.name !== undefined) await before(client, query.name);
      return await client.query(query);
    },
    release: (end) => client.release(end),
    on: (event, listener) => client.on(event, listener),
    off: (event, listener) => client.off(event, listener),
  });
  return {
    connect: (taken) => pool.connect((error, client) => taken(error, client && wrap(client))),
    end: () => pool.end(),
    on: (event, listener) => pool.on(event, listener),
    off: (event, listener) => pool.off(event, listener),
  };
}

const prepared = new WeakMap<pg.PoolClient, Set<string>>();

test.each<[string, (client: pg.PoolClient, name: string) => Promise<unknown>]>([
  ["is gone", (client) => client.query("deallocate all")],
  [
    "was prepared there by somebody else",
    async (client, name) => {
      const names = prepared.get(client) ?? new Set();
      prepared.set(client, names);
      if (!names.has(name)) await client.query(`prepare ${name} as select 1`);
      names.add(name);
    },
  ],
])("where what is prepared %s, nothing is prepared any more, and nobody notices", async (_, before) => {
  const pool = new pg.Pool({ connectionString: await postgresUrl() });
  const warnings: string[] = [];
  const log = { warn: (text: string) => void warnings.push(text) };
  try {
    const settings = { schema: freshSchema(), clock: hastyClock, lease: 1e9, patience: 6e6, log };
    await using store = postgresCheckpoints({ pool: pooled(pool, before), ...settings });
    const grow = async (runId: string): Promise<void> => {
      const claim = await begin(store, runId);
      await store.append(claim, entry(1));
      await store.append(claim, entry(2), { status: "completed" });
    };
    const ids = ["a", "b", "c", "d"];
    await Promise.all(ids.map(grow));
    for (const runId of ids) {
      expect(await sequencesOf(store, runId)).toEqual([0, 1, 2]);
      expect(await store.find(nameOf(runId))).toMatchObject({ status: "completed", resumes: 0 });
    }
    expect(warnings).toEqual([]);
  } finally {
    await pool.end();
  }
});
