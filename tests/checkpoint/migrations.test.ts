/** How tables are made: once, whoever is there at the same time, and never by somebody who does not know them. */

import { postgresCheckpoints } from "cano/checkpoints/postgres";
import { describe, expect, test } from "vitest";
import { firingFor, recordFor } from "../../runtime/src/testing/store-cases/schedule-scene.js";
import { askPostgres, freshSchema, postgresUrl } from "../support/databases.js";
import { Other } from "../support/processes.js";
import { places } from "./places.js";
import { begin, entry, errorOf, nameOf } from "./rows.js";

describe.each(Object.entries(places))("%s", (_, makePlace) => {
  test("several processes that open a new database at once all find their tables", async () => {
    const place = await makePlace();
    const others = Array.from(
      { length: 4 },
      (__, at) => new Other("checkpoint/driver-process.mjs", ...place.parameters, `run ${at}`, "close"),
    );
    expect(await Promise.all(others.map((other) => other.line()))).toEqual(["begun", "begun", "begun", "begun"]);
    expect(await Promise.all(others.map(({ ended }) => ended))).toEqual([0, 0, 0, 0]);
    expect((await place.ask("select version from cano_migrations order by version")).length).toBe(2);
    await using store = place.open();
    expect((await store.list({ limit: 10 })).map(({ runId }) => runId).toSorted()).toEqual(["run 0", "run 1", "run 2", "run 3"]);
  });

  test("several store objects of one process do so too", async () => {
    const place = await makePlace();
    const stores = Array.from({ length: 5 }, () => place.open());
    const claims = await Promise.all(stores.map((store, at) => begin(store, `run ${at}`)));
    expect(new Set(claims.map(({ key }) => key)).size).toBe(5);
    for (const store of stores) await store.close();
  });

  test("tables that a newer version has made are refused, and left as they are", async () => {
    const place = await makePlace();
    {
      await using store = place.open();
      await begin(store, "a");
    }
    await place.ask("insert into cano_migrations (version) values (99)");
    await using store = place.open();
    for (const call of [() => begin(store, "b"), () => store.find(nameOf("a"))])
      expect(await errorOf(call())).toMatchObject({
        category: "checkpoint_store",
        code: "CANO7021",
        message: expect.stringMatching(/tables have version 99, .* up to version 2: .* so update this one/) as string,
      });
    expect(await place.ask("select run_id from cano_runs")).toEqual([{ run_id: "a" }]);
  });

  test("tables of which nobody knows the version, since they were emptied or copied without it, are told, and left as they are", async () => {
    const place = await makePlace();
    {
      await using store = place.open();
      await begin(store, "a");
    }
    await place.ask("delete from cano_migrations");
    await using store = place.open();
    expect(await errorOf(store.find(nameOf("a")))).toMatchObject({
      code: "CANO7021",
      message: expect.stringContaining("`cano_migrations` is empty") as string,
    });
    for (const version of [1, 2]) await place.ask(`insert into cano_migrations (version) values (${version})`);
    expect(await store.find(nameOf("a"))).toMatchObject({ runId: "a" });
  });

  test("tables that an older version has made are brought to the newest one, with what they hold", async () => {
    const place = await makePlace();
    {
      await using store = place.open();
      await begin(store, "a");
    }
    // What version 1 had not.
    for (const table of ["cano_schedules", "cano_firings"]) await place.ask(`drop table ${table}`);
    await place.ask("alter table cano_runs drop column trace");
    await place.ask("delete from cano_migrations where version = 2");
    const stores = [place.open(), place.open()];
    const firing = { schedule: "s", cause: "due" as const, due: 1, runId: "s/1", at: 2 };
    const decided = await Promise.all(
      stores.map(async ({ schedules }) => await schedules?.decide(["s"], () => ({ begin: firing }))),
    );
    expect(decided.flatMap((each) => each?.map(({ begun }) => begun)).toSorted()).toEqual([false, true]);
    await stores[0]?.begin({ ...nameOf("traced"), version: 1, trace: "t" }, entry(0), { cancel: () => undefined });
    for (const store of stores) {
      expect(await store.find(nameOf("a"))).toMatchObject({ runId: "a", state: "s0", trace: undefined });
      expect(await store.find(nameOf("traced"))).toMatchObject({ trace: "t" });
      await store.close();
    }
    expect((await place.ask("select version from cano_migrations")).length).toBe(2);
  });

  test("who has the tables open goes on while a newer version adds columns to them", async () => {
    const place = await makePlace();
    await using store = place.open();
    const use = async (runId: string): Promise<void> => {
      const claim = await begin(store, runId);
      await store.append(claim, entry(1));
      await store.load(nameOf(runId));
      await store.list({ abandoned: true, limit: 1 });
      await store.schedules?.decide(["s", runId], (name) => ({ record: recordFor(name), begin: firingFor(name, 1) }));
      await store.schedules?.changes(undefined);
      await store.schedules?.orphans(1);
      await store.schedules?.firings("s", 0, 1);
    };
    await use("a");
    for (const table of ["runs", "rows", "owners", "schedules", "firings"])
      await place.ask(`alter table cano_${table} add column later integer`);
    await use("b");
  });

  test("what only a part of the tables could be made of is not there at all", async () => {
    const place = await makePlace();
    if (place.parameters[1] !== "") await askPostgres(place.parameters[0], `create schema "${place.parameters[1]}"`);
    await place.ask("create table cano_owners (somebody_elses integer)");
    {
      await using store = place.open();
      expect(await errorOf(begin(store, "a"))).toMatchObject({
        category: "checkpoint_store",
        message: expect.stringContaining("already exists") as string,
      });
    }
    await place.ask("drop table cano_owners");
    await using store = place.open();
    await begin(store, "a");
  });
});

test.each([
  ["LATIN1", "its encoding is LATIN1"],
  ["SQL_ASCII", undefined],
])("in a database whose encoding is %s tables are only made if it keeps every text", async (encoding, why) => {
  const url = await postgresUrl();
  const name = freshSchema();
  await askPostgres(url, `create database "${name}" encoding '${encoding}' locale 'C' template template0`);
  try {
    await using store = postgresCheckpoints({ connectionString: String(new URL(encodeURIComponent(name), url)) });
    if (why !== undefined)
      return expect(await errorOf(begin(store, "→"))).toMatchObject({ message: expect.stringContaining(why) as string });
    const claim = await begin(store, "→");
    await store.append(claim, { ...entry(1), payload: '"→"' });
    expect(await store.history(nameOf("→"), 0, 1)).toMatchObject([{ payload: '"→"' }]);
  } finally {
    await askPostgres(url, `drop database "${name}" with (force)`);
  }
});
