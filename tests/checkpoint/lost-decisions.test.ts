/** Decisions about schedules that PostgreSQL has kept, or has not, while the answer was lost. */

import type { Decided } from "cano/checkpoints";
import { postgresCheckpoints } from "cano/checkpoints/postgres";
import pg from "pg";
import { expect, test } from "vitest";
import { firingFor, recordFor } from "../../runtime/src/testing/store-cases/schedule-scene.js";
import { freshSchema, postgresUrl } from "../support/databases.js";
import { hastyClock } from "./clocks.js";
import { LossyPool } from "./lossy-pool.js";

/**
 * Fires twice, the second time with an answer that is lost. What `meanwhile` says is done before anybody knows, in a transaction that began earlier;
 * `mark` is what the schedule had before.
 */
async function fireTwice(meanwhile: (tables: string, mark: string) => string) {
  const [connectionString, schema] = [await postgresUrl(), freshSchema()];
  const pool = new LossyPool(connectionString);
  const early = new pg.Client({ connectionString });
  await early.connect();
  try {
    await using store = postgresCheckpoints({ pool, schema, clock: hastyClock, lease: 1e9, patience: 6e6 });
    const fire = async (due: number): Promise<readonly Decided[] | undefined> =>
      await store.schedules?.decide(["s"], (name, { record: known = recordFor(name) }) => ({
        record: { ...known, fired: known.fired + 1 },
        begin: firingFor(name, due),
      }));
    await fire(1);
    const tables = `"${schema}".cano_`;
    const found = await early.query<{ mark: string }>(`select mark from ${tables}schedules`);
    await early.query("begin");
    await early.query("select pg_current_xact_id()");
    pool.lose = "commit";
    pool.meanwhile = async () => {
      await early.query(meanwhile(tables, found.rows[0]?.mark ?? ""));
      await early.query("commit");
    };
    const decided = await fire(2);
    const records = await store.schedules?.changes(undefined);
    const firings = await store.schedules?.firings("s", 0, 10);
    return { decided, kept: records?.records, firings: firings?.map(({ due }) => due) };
  } finally {
    await early.end();
    await pool.end();
  }
}

test("what was kept is not decided again, though somebody has decided since whose transaction has a lower number", async () => {
  const skip = (tables: string): string => `update ${tables}schedules set skipped = 1, mark = pg_current_xact_id()::text::bigint`;
  expect(await fireTwice(skip)).toEqual({
    decided: [{ record: recordFor("s", { fired: 2 }), begun: true }],
    kept: [recordFor("s", { fired: 2, skipped: 1 })],
    firings: [1, 2],
  });
});

test("what is gone since a failover is decided again, though a transaction of its number is known to have been committed", async () => {
  const undo = (tables: string, mark: string): string =>
    `with gone as (delete from ${tables}firings where due = 2) update ${tables}schedules set fired = 1, mark = ${mark}`;
  expect(await fireTwice(undo)).toEqual({
    decided: [{ record: recordFor("s", { fired: 2 }), begun: true }],
    kept: [recordFor("s", { fired: 2 })],
    firings: [1, 2],
  });
});
