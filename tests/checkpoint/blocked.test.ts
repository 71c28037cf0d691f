/** Calls on PostgreSQL that have to wait for somebody's transaction, and find when that has ended that things are no longer what they were. */

import { postgresCheckpoints } from "cano/checkpoints/postgres";
import pg from "pg";
import { expect, test } from "vitest";
import { askPostgres, freshSchema, postgresUrl } from "../support/databases.js";
import { until } from "./places.js";
import { begin, entry, nameOf, take } from "./rows.js";

test("who claims a run that is being removed is told that there is none, and leaves nothing behind", async () => {
  const [connectionString, schema] = [await postgresUrl(), freshSchema()];
  await using store = postgresCheckpoints({ connectionString, schema });
  const claim = await begin(store, "a");
  await store.append(claim, entry(1), { status: "failed" });
  const remover = new pg.Client({ connectionString });
  await remover.connect();
  try {
    await remover.query(`begin; delete from "${schema}".cano_runs; delete from "${schema}".cano_rows`);
    const claiming = store.claim(nameOf("a"), ["failed"], 5_000, { cancel: () => undefined });
    const waiting = `select pid from pg_stat_activity where wait_event_type = 'Lock' and query like '%${schema}%'`;
    await until(async () => (await askPostgres(connectionString, waiting)).length > 0);
    await remover.query("commit");
    expect(await claiming).toEqual({ kind: "unknown" });
  } finally {
    await remover.end();
  }
  expect(await askPostgres(connectionString, `select * from "${schema}".cano_rows`)).toEqual([]);
  expect(await begin(store, "a")).toMatchObject({ fence: 1 });
  expect(await take(store, "a")).toMatchObject({ kind: "driven" });
});
