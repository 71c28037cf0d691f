/** Databases that are only looked at: nothing is made, nothing is changed, and what is not as it should be is told. */

import { chmodSync, existsSync, mkdirSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import Sqlite from "better-sqlite3";
import type { CheckpointStore } from "cano/checkpoints";
import { postgresCheckpoints } from "cano/checkpoints/postgres";
import { sqliteCheckpoints } from "cano/checkpoints/sqlite";
import { expect, test } from "vitest";
import { freshFile } from "../support/databases.js";
import { Other } from "../support/processes.js";
import { places } from "./places.js";

const ROW = { sequence: 0, kind: "entry", state: "s", visit: 0, count: 0, version: 1, at: 1 } as const;
const FIRST = { ...ROW, payload: "1", undo: undefined, due: undefined };
const begin = (store: CheckpointStore, runId: string): Promise<unknown> =>
  store.begin({ workflow: "order", runId, version: 1 }, FIRST, { cancel: () => undefined });
const failed = (why: string) => ({
  category: "checkpoint_store",
  code: "CANO7021",
  message: expect.stringContaining(why) as string,
});

const look = ([database, schema]: readonly [string, string]): CheckpointStore =>
  schema === ""
    ? sqliteCheckpoints({ path: database, readOnly: true })
    : postgresCheckpoints({ connectionString: database, schema, readOnly: true });

test("a file that is not there is not made", async () => {
  const path = freshFile();
  await using store = sqliteCheckpoints({ path, readOnly: true });
  await expect(store.list({ limit: 1 })).rejects.toMatchObject(failed(`\`${path}\` is not there`));
  expect(existsSync(path)).toBe(false);
});

test("a file that is no database, or holds something else, is told", async () => {
  const path = freshFile();
  new Sqlite(path).exec("create table notes (text text)").close();
  await using store = sqliteCheckpoints({ path, readOnly: true });
  await expect(store.list({ limit: 1 })).rejects.toMatchObject(failed("it holds no runs of cano"));
  expect(readdirSync(dirname(path)).filter((file) => path.endsWith(file))).toHaveLength(1);
});

test.each<[string, number, number, string]>([
  ["whose folder cannot be written", 0o555, 0o444, "needs the files `-shm` and `-wal` beside it"],
  ["that may not be read", 0o755, 0o000, "permission denied"],
  ["whose folder may not be entered", 0o000, 0o644, "permission denied"],
])("a file %s is told for what it is", async (_, folderMode, fileMode, why) => {
  const folder = join(dirname(freshFile()), String(folderMode));
  mkdirSync(folder);
  const path = join(folder, "runs.db");
  {
    await using writer = sqliteCheckpoints(path);
    await begin(writer, "a");
  }
  chmodSync(path, fileMode);
  chmodSync(folder, folderMode);
  try {
    await using other = new Other("checkpoint/read-only-process.mjs", path, "look");
    expect(JSON.parse(await other.line())).toMatchObject(failed(why));
  } finally {
    chmodSync(folder, 0o755);
  }
});

test.each(Object.entries(places))("%s: runs are found, and nothing can be changed", async (_, make) => {
  const place = await make();
  await using writer = place.open();
  await begin(writer, "a");
  await using reader = look(place.parameters);
  expect(await reader.list({ limit: 10 })).toMatchObject([{ runId: "a", status: "running" }]);
  expect(await reader.history({ workflow: "order", runId: "a" }, -1, 10)).toMatchObject([{ kind: "entry", payload: "1" }]);
  expect((await reader.load({ workflow: "order", runId: "a" }))?.rows).toHaveLength(1);
  const refused = failed("the store was opened with `readOnly`");
  await expect(begin(reader, "b")).rejects.toMatchObject(refused);
  await expect(
    reader.claim({ workflow: "order", runId: "a" }, ["running"], 2, { cancel: () => undefined }),
  ).rejects.toMatchObject(refused);
  await expect(reader.requestCancel({ workflow: "order", runId: "a" })).rejects.toMatchObject(refused);
  await expect(reader.prune({ limit: 1 })).rejects.toMatchObject(refused);
  await expect(reader.schedules?.prune(1, 1)).rejects.toMatchObject(refused);
  const claim = { workflow: "order", runId: "a", key: 1, fence: 1 };
  await expect(reader.append(claim, { ...FIRST, sequence: 1 })).rejects.toMatchObject(refused);
  expect(await place.ask("select status from cano_runs")).toHaveLength(1);
});

test.each(Object.entries(places))("%s: tables of another version are told, and left as they are", async (_, make) => {
  const place = await make();
  {
    await using writer = place.open();
    await begin(writer, "a");
  }
  await place.ask("delete from cano_migrations where version > 1");
  await using reader = look(place.parameters);
  await expect(reader.list({ limit: 10 })).rejects.toMatchObject(
    failed("its tables have version 1, and this version of cano reads version"),
  );
  expect(await place.ask("select version from cano_migrations")).toHaveLength(1);
});

test("PostgreSQL: a schema that is not there is not made", async () => {
  const place = await places["PostgreSQL"]?.();
  if (place === undefined) throw new Error("there is no such place");
  await using reader = look(place.parameters);
  await expect(reader.list({ limit: 1 })).rejects.toMatchObject(failed("it holds no runs of cano"));
  const found = await place.ask("select 1 from pg_catalog.pg_namespace where nspname = $1", place.parameters[1]);
  expect(found).toEqual([]);
});
