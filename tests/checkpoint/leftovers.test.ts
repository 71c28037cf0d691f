/** What is left of runs and schedules that a store has done with, or has only begun with: beyond what the cases of `storeCases()` ask. */

import Sqlite from "better-sqlite3";
import { type CheckpointStore, MemoryCheckpoints } from "cano/checkpoints";
import { sqliteCheckpoints } from "cano/checkpoints/sqlite";
import { describe, expect, test } from "vitest";
import { freshFile } from "../support/databases.js";
import { begin, entry, nameOf, sequencesOf, take } from "./rows.js";

const STORES: Readonly<Record<string, () => CheckpointStore>> = {
  memory: () => new MemoryCheckpoints(),
  SQLite: () => sqliteCheckpoints(":memory:"),
};

describe.each(Object.entries(STORES))("%s", (_, open) => {
  test("who drove a run that is forgotten lets go of no other of its id", async () => {
    await using store = open();
    const former = await begin(store, "a");
    await store.append(former, entry(1), { status: "completed", forget: true });
    const claim = await begin(store, "a");
    await store.release(former);
    expect(await take(store, "a")).toMatchObject({ kind: "driven" });
    await store.append(claim, entry(1));
    expect(await sequencesOf(store, "a")).toEqual([0, 1]);
  });

  test("the first schedule of all is among those that were changed", async () => {
    await using store = open();
    const record = {
      name: "s",
      definition: "{}",
      next: 1,
      waiting: undefined,
      paused: false,
      tripped: false,
      streak: 0,
      eligible: undefined,
      fired: 0,
      skipped: 0,
      last: undefined,
    };
    await store.schedules?.decide(["s"], () => ({ record }));
    expect((await store.schedules?.changes(undefined))?.records).toEqual([record]);
  });
});

test("runs that are removed leave no rows behind, and take none of others with them", async () => {
  const path = freshFile();
  {
    await using store = sqliteCheckpoints(path);
    for (const runId of ["a", "b", "c"]) {
      const claim = await begin(store, runId);
      await store.append(claim, entry(1), runId === "b" ? {} : { status: "completed" });
    }
    expect(await store.prune({ limit: 10 })).toBe(2);
    expect(await store.find(nameOf("a"))).toBeUndefined();
  }
  const database = new Sqlite(path, { readonly: true });
  const rows: unknown = database.prepare("select run, sequence from cano_rows order by sequence").all();
  database.close();
  expect(rows).toEqual([
    { run: 2, sequence: 0 },
    { run: 2, sequence: 1 },
  ]);
});
