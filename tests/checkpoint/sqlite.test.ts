/** What is SQLite's own: files that are not what they should be, disks that are full, other processes in the way. */

import { chmodSync, closeSync, existsSync, mkdirSync, openSync, writeFileSync, writeSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { ManualClock } from "cano/testing";
import Sqlite from "better-sqlite3";
import { sqliteCheckpoints } from "cano/checkpoints/sqlite";
import { afterEach, expect, test, vi } from "vitest";
import { appendValues, hotQueries } from "../../runtime/src/checkpoint/sqlite/hot-writes.js";
import { sqliteDialect } from "../../runtime/src/checkpoint/sqlite/sqlite-dialect.js";
import { freshFile } from "../support/databases.js";
import { Other } from "../support/processes.js";
import { begin, entry, errorOf, idle, nameOf, sequencesOf, take } from "./rows.js";

afterEach(() => void vi.restoreAllMocks());

/** The connections that stores open from now on. */
function connections(): readonly Sqlite.Database[] {
  const spy = vi.spyOn(Sqlite.prototype, "pragma");
  return spy.mock.contexts as readonly Sqlite.Database[];
}

const failed = (message: string | RegExp) => ({
  category: "checkpoint_store",
  code: "CANO7021",
  message: expect.stringMatching(message) as string,
  cause: expect.any(Error) as Error,
});

test("a file is made where there is none, and kept", async () => {
  const path = freshFile();
  {
    await using store = sqliteCheckpoints(path);
    await store.append(await begin(store, "a"), entry(1));
  }
  await using store = sqliteCheckpoints(path);
  expect(await sequencesOf(store, "a")).toEqual([0, 1]);
});

test("a path is told from the folder that the process is in when the store is made", async () => {
  const path = freshFile();
  const before = process.cwd();
  process.chdir(dirname(path));
  await using store = sqliteCheckpoints(basename(path));
  process.chdir(before);
  await begin(store, "a");
  expect(existsSync(path)).toBe(true);
});

test("a database in memory is gone with its store object", async () => {
  await using first = sqliteCheckpoints(":memory:");
  await using second = sqliteCheckpoints({ path: ":memory:" });
  await first.append(await begin(first, "a"), entry(1));
  expect([await sequencesOf(first, "a"), await sequencesOf(second, "a")]).toEqual([[0, 1], []]);
});

test.each([[""], [" "], [undefined]])("the path %j is refused: SQLite would keep nothing under it", (path) => {
  const refusal = expect.objectContaining({
    category: "configuration",
    code: "CANO7009",
    message: `\`path\` must be that of a file, or \`:memory:\`, not ${JSON.stringify(path)}`,
  });
  expect(() => sqliteCheckpoints({ path: path as string })).toThrow(refusal);
  if (path !== undefined) expect(() => sqliteCheckpoints(path)).toThrow(refusal);
});

test("options out of range are refused at once", () => {
  expect(() => sqliteCheckpoints({ path: ":memory:", lease: 0 })).toThrow(
    expect.objectContaining({ category: "configuration", code: "CANO7009" }),
  );
  expect(() => sqliteCheckpoints({ path: ":memory:", busyTimeout: Number.NaN })).toThrow("`busyTimeout` must be");
  // As of a configuration that nobody has checked.
  expect(() => sqliteCheckpoints({ path: ":memory:", synchronous: "off" as never })).toThrow("`synchronous` must be");
});

test.each([
  ["full", 2],
  ["normal", 1],
] as const)("`synchronous: %s` is what the connection is told", async (synchronous, expected) => {
  const opened = connections();
  await using store = sqliteCheckpoints({ path: freshFile(), synchronous });
  await store.list({ limit: 1 });
  expect(opened[0]?.pragma("synchronous", { simple: true })).toBe(expected);
  expect(opened[0]?.pragma("journal_mode", { simple: true })).toBe("wal");
});

test("a file that is no database is refused, and left as it was", async () => {
  const path = freshFile();
  writeFileSync(path, "this is a letter to my aunt, and no database. ".repeat(100));
  await using store = sqliteCheckpoints(path);
  expect(await errorOf(store.find(nameOf("a")))).toMatchObject(failed("is not a database of SQLite"));
});

test("a database that is damaged gives an error, and no rows", async () => {
  const path = freshFile();
  {
    await using store = sqliteCheckpoints(path);
    for (let at = 0; at < 200; at++) await begin(store, `run ${at}`);
  }
  const damaged = new Sqlite(path);
  const pages = Number(damaged.pragma("page_count", { simple: true }));
  damaged.close();
  const file = openSync(path, "r+");
  for (let page = 2; page < pages; page++) writeSync(file, Buffer.alloc(4_000, 7), 0, 4_000, page * 4_096);
  closeSync(file);
  await using store = sqliteCheckpoints(path);
  expect(await errorOf(store.list({ limit: 1_000 }))).toMatchObject(failed("malformed"));
  expect(await errorOf(begin(store, "new"))).toMatchObject(failed("malformed"));
});

test("a store that could not be opened is opened with the next call", async () => {
  const path = join(dirname(freshFile()), "later", "runs.db");
  await using store = sqliteCheckpoints(path);
  expect(await errorOf(store.find(nameOf("a")))).toMatchObject(failed("later/runs.db` does not exist"));
  expect(await errorOf(begin(store, "a"))).toMatchObject(failed("later/runs.db` does not exist"));
  mkdirSync(dirname(path));
  await begin(store, "a");
  expect(await sequencesOf(store, "a")).toEqual([0]);
});

test("where nothing may be written, nothing is, and it is said", async () => {
  const folder = join(dirname(freshFile()), "read-only");
  mkdirSync(folder);
  const path = join(folder, "runs.db");
  {
    await using store = sqliteCheckpoints(path);
    await begin(store, "a");
  }
  chmodSync(path, 0o444);
  chmodSync(folder, 0o555);
  try {
    await using other = new Other("checkpoint/read-only-process.mjs", path);
    const error = {
      category: "checkpoint_store",
      code: "CANO7021",
      message: expect.stringMatching(/readonly|read-only|unable to open/) as string,
    };
    expect(JSON.parse(await other.line())).toMatchObject(error);
    expect(await other.ended).toBe(0);
  } finally {
    chmodSync(folder, 0o755);
    chmodSync(path, 0o644);
  }
  await using store = sqliteCheckpoints(path);
  expect(await sequencesOf(store, "a")).toEqual([0]);
  expect(await sequencesOf(store, "b")).toEqual([]);
});

test("a full disk stops what does not fit, and no half of it is written", async () => {
  const opened = connections();
  await using store = sqliteCheckpoints(freshFile());
  const claim = await begin(store, "a");
  const beside = await begin(store, "b");
  const [database] = opened;
  const pages = Number(database?.pragma("page_count", { simple: true }));
  database?.pragma(`max_page_count = ${pages + 4}`);
  const large = JSON.stringify("x".repeat(1_000_000));
  const outcomes = await Promise.allSettled([
    store.append(claim, entry(1, { payload: large }), { status: "completed" }),
    // What fits is written, though it was to share a transaction with what does not.
    store.append(beside, entry(1)),
    begin(store, "c"),
  ]);
  expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "fulfilled", "fulfilled"]);
  expect(outcomes[0]).toMatchObject({ reason: failed("could not add a row: database or disk is full") });
  expect(await store.find(nameOf("a"))).toMatchObject({ status: "running", state: "s0", owner: expect.any(String) });
  expect([await sequencesOf(store, "a"), await sequencesOf(store, "b")]).toEqual([[0], [0, 1]]);
  database?.pragma("max_page_count = 1000000");
  await store.append(claim, entry(1, { payload: large }), { status: "completed" });
  expect(await sequencesOf(store, "a")).toEqual([0, 1]);
});

test("a run that did not begin since the disk was full may begin later", async () => {
  const opened = connections();
  await using store = sqliteCheckpoints(freshFile());
  await begin(store, "a");
  const large = entry(0, { payload: JSON.stringify("x".repeat(1_000_000)) });
  opened[0]?.pragma("max_page_count = 20");
  expect(await errorOf(store.begin({ ...nameOf("b"), version: 1 }, large, idle))).toMatchObject(failed("could not begin a run"));
  expect(await store.find(nameOf("b"))).toBeUndefined();
  opened[0]?.pragma("max_page_count = 1000000");
  expect(await store.begin({ ...nameOf("b"), version: 1 }, large, idle)).toMatchObject({ fence: 1 });
});

test("while another process is writing, writes are tried again; reads need not wait", async () => {
  const path = freshFile();
  const clock = new ManualClock();
  await using store = sqliteCheckpoints({ path, clock, busyTimeout: 200 });
  const claim = await begin(store, "a");
  await using other = new Other("checkpoint/locking-process.mjs", path);
  expect(await other.line()).toBe("locked");
  const written = store.append(claim, entry(1));
  await clock.advance(100);
  expect(await sequencesOf(store, "a")).toEqual([0]);
  // What comes in the meantime waits with it.
  const begun = begin(store, "b");
  other.say("stop");
  expect(await other.line()).toBe("free");
  await clock.advance(100);
  await written;
  await begun;
  expect([await sequencesOf(store, "a"), await sequencesOf(store, "b")]).toEqual([[0, 1], [0]]);
});

test("a process that writes for too long is not waited for", async () => {
  const path = freshFile();
  const clock = new ManualClock();
  await using store = sqliteCheckpoints({ path, clock, busyTimeout: 200 });
  const claims = [await begin(store, "a"), await begin(store, "b")];
  await using other = new Other("checkpoint/locking-process.mjs", path);
  await other.line();
  const errors = Promise.all([...claims.map((claim) => errorOf(store.append(claim, entry(1)))), errorOf(begin(store, "c"))]);
  // The rest of the process goes on: an attempt is over in milliseconds.
  const before = performance.now();
  await clock.advance(1);
  expect(performance.now() - before).toBeLessThan(500);
  await clock.advance(200);
  for (const error of await errors) expect(error).toMatchObject(failed("database is locked, for 200 ms"));
  other.say("stop");
  await other.line();
  for (const claim of claims) await store.append(claim, entry(1));
  expect(await sequencesOf(store, "a")).toEqual([0, 1]);
});

test("a row that a newer version wrote is not guessed at", async () => {
  const path = freshFile();
  await using store = sqliteCheckpoints(path);
  const claim = await begin(store, "a");
  await store.append(claim, entry(1));
  const database = new Sqlite(path);
  database.exec("update cano_rows set kind = 'dance' where sequence = 1");
  const message = "row 1 has the kind `dance`, which this version of cano does not know";
  for (const call of [store.load(nameOf("a")), store.history(nameOf("a"), -1, 10)])
    expect(await errorOf(call)).toMatchObject(failed(message));
  await store.release(claim);
  expect(await errorOf(take(store, "a"))).toMatchObject(failed(message));
  expect(await sequencesOf(store, "b")).toEqual([]);
  database.exec("update cano_rows set kind = 'cursor'; update cano_runs set status = 'resting'");
  database.close();
  expect(await errorOf(store.find(nameOf("a")))).toMatchObject(failed("the status `resting`"));
});

test("the values of the hot append are in the order of its placeholders", () => {
  const { append } = hotQueries(sqliteDialect().kysely);
  const row = entry(2, { undo: "undo", due: 3, count: 4, visit: 5, version: 6 });
  const values = appendValues({ ...nameOf("a"), key: 7, fence: 8 }, row);
  const named: Record<string, unknown> = { ...row, run: 7, fence: 8 };
  expect(values).toEqual(append.parameters.map((name) => named[name]));
});
