/** What is PostgreSQL's own: connections that are lost, answers that never come, servers that restart, pools of others. */

import { ManualClock } from "cano/testing";
import type { CheckpointStore } from "cano/checkpoints";
import { postgresCheckpoints } from "cano/checkpoints/postgres";
import pg from "pg";
import { expect, test } from "vitest";
import { type PostgresServer, startPostgres } from "../support/postgres-server.js";
import { hastyClock } from "./clocks.js";
import { askPostgres, freshSchema, postgresUrl } from "../support/databases.js";
import { LossyPool } from "./lossy-pool.js";
import { begin, entry, errorOf, idle, nameOf, sequencesOf, take } from "./rows.js";

// So that pauses between attempts are short; and nobody is to be taken for gone.
const quick = { clock: hastyClock, lease: 1e9, patience: 6e6 };

const upTo = (count: number): readonly number[] => Array.from({ length: count }, (_, at) => at);

/** Runs that grow at the same time, each by itself. */
async function growMany(store: CheckpointStore, runs: number, rows: number, prefix = "run"): Promise<void> {
  const grow = async (runId: string): Promise<void> => {
    const claim = await begin(store, runId);
    for (let sequence = 1; sequence < rows; sequence++) await store.append(claim, entry(sequence));
    await store.append(claim, entry(rows), { status: "completed" });
  };
  await Promise.all(upTo(runs).map((at) => grow(`${prefix} ${at}`)));
}

async function expectGrown(store: CheckpointStore, runs: number, rows: number, prefix = "run"): Promise<void> {
  for (const at of upTo(runs)) {
    expect(await sequencesOf(store, `${prefix} ${at}`)).toEqual(upTo(rows + 1));
    expect(await store.find(nameOf(`${prefix} ${at}`))).toMatchObject({ status: "completed", owner: undefined, resumes: 0 });
  }
}

test("runs go on while their connections are killed, and no row is missing or there twice", async () => {
  const url = await postgresUrl();
  const schema = freshSchema();
  const application = schema.slice(-12);
  await using store = postgresCheckpoints({ connectionString: `${url}?application_name=${application}`, schema, ...quick });
  await store.find(nameOf("a"));
  const killed: unknown[] = [];
  const over = new AbortController();
  const killing = (async () => {
    while (!over.signal.aborted) {
      const terminate = "select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1";
      killed.push(...(await askPostgres(url, terminate, [application])));
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  })();
  let turns = 0;
  // Where nobody is killed any more, that is said, and not waited for.
  while (killed.length < 6) await Promise.race([growMany(store, 20, 20, `turn ${turns++}`), killing]);
  over.abort();
  await killing;
  for (let turn = 0; turn < turns; turn++) await expectGrown(store, 20, 20, `turn ${turn}`);
});

test("a killed connection that nobody uses is replaced", async () => {
  const url = await postgresUrl();
  const schema = freshSchema();
  const application = schema.slice(-12);
  await using store = postgresCheckpoints({ connectionString: `${url}?application_name=${application}`, schema, ...quick });
  const claim = await begin(store, "a");
  for (let sequence = 1; sequence < 4; sequence++) {
    await askPostgres(url, "select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1", [application]);
    await new Promise((resolve) => setTimeout(resolve, 20));
    await store.append(claim, entry(sequence));
  }
  expect(await sequencesOf(store, "a")).toEqual([0, 1, 2, 3]);
});

test("a server that restarts in the middle is waited for", async () => {
  const server = await startPostgres();
  try {
    await using store = postgresCheckpoints({ connectionString: server.url, ...quick });
    await store.find(nameOf("a"));
    const growing = growMany(store, 20, 40);
    for (let turn = 0; turn < 2; turn++) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      await server.pause();
      await server.goOn();
    }
    await growing;
    await expectGrown(store, 20, 40);
    await expectPatience(server);
  } finally {
    await server.stop();
  }
});

/** A server that does not come back. */
async function expectPatience(server: PostgresServer): Promise<void> {
  const clock = new ManualClock();
  await using store = postgresCheckpoints({ connectionString: server.url, schema: "other", clock, patience: 3_000 });
  const claims = [await begin(store, "a"), await begin(store, "b")];
  await server.pause();
  const failing = Promise.all([...claims.map((claim) => errorOf(store.append(claim, entry(1)))), errorOf(begin(store, "c"))]);
  const over = new AbortController();
  void failing.then(() => over.abort());
  for (let turn = 0; !over.signal.aborted && turn < 10_000; turn++) await clock.advance(50);
  for (const error of await failing)
    expect(error).toMatchObject({
      category: "checkpoint_store",
      code: "CANO7021",
      message: expect.stringContaining("for 3000 ms") as string,
    });
  await server.goOn();
  for (const claim of claims) await store.append(claim, entry(1));
  expect(await sequencesOf(store, "a")).toEqual([0, 1]);
  // What was tried in vain can be done now.
  await begin(store, "c");
}

test("an answer that is lost is no reason to write twice, or to take one's own row for another's", async () => {
  const pool = new LossyPool(await postgresUrl());
  const options = { pool, schema: freshSchema(), ...quick };
  await using store = postgresCheckpoints(options);
  await store.find(nameOf("a"));
  const losing = async <T>(text: string, call: () => Promise<T>): Promise<T> => {
    pool.lose = text;
    const result = await call();
    expect(pool.lose).toBeUndefined();
    return result;
  };
  const claim = await losing('insert into "', () => begin(store, "a"));
  expect(await store.begin({ ...nameOf("a"), version: 1 }, entry(0), idle)).toBeUndefined();
  await losing("insert into", () => store.append(claim, entry(1), { version: 4 }));
  await losing("insert into", () => store.append(claim, entry(2), { status: "failed" }));
  expect(await store.find(nameOf("a"))).toMatchObject({ status: "failed", version: 4, endedAt: 1_002, owner: undefined });
  const before = await store.find(nameOf("a"));
  const claiming = await losing("commit", () => store.claim(nameOf("a"), ["failed"], 5_000, idle));
  expect(claiming).toEqual({ kind: "claimed", claim: { ...nameOf("a"), key: claim.key, fence: 2 }, run: before });
  expect(await sequencesOf(store, "a")).toEqual([0, 1, 2, 3]);
  if (claiming.kind !== "claimed") return;
  await losing("delete from", () => store.append(claiming.claim, entry(4), { forget: true }));
  expect(await store.find(nameOf("a"))).toBeUndefined();
  expect(await errorOf(store.append(claiming.claim, entry(4), { forget: true }))).toMatchObject({ category: "run_conflict" });
  const again = await begin(store, "a");
  expect(await losing("commit", () => store.requestCancel(nameOf("a")))).toBe(true);
  await losing("commit", () => store.release(again));
});

test("a pool of somebody else is used, and left to them", async () => {
  const url = await postgresUrl();
  const pool = new LossyPool(url);
  const schema = freshSchema();
  const before = pool.listeners;
  {
    await using store = postgresCheckpoints({ pool, schema });
    await begin(store, "a");
    expect(pool.listeners).toBe(before + 1);
  }
  expect([pool.ended, pool.listeners]).toEqual([0, before]);
  await pool.end();
  // Numbers are numbers for the store, whatever the application has told its driver.
  const types = { getTypeParser: () => (text: string) => `<${text}>` };
  const strange = new pg.Pool({ connectionString: url, types });
  {
    await using store = postgresCheckpoints({ pool: strange, schema });
    expect(await store.find(nameOf("a"))).toMatchObject({ key: 1, version: 1, startedAt: 1_000, runId: "a" });
    expect(await take(store, "a")).toMatchObject({ kind: "claimed", claim: { fence: 2 } });
  }
  await strange.end();
});

test("who waits for a connection when the store is closed is told so, and has none", async () => {
  const pool = new pg.Pool({ connectionString: await postgresUrl(), max: 1 });
  const store = postgresCheckpoints({ pool, schema: freshSchema() });
  await store.find(nameOf("a"));
  const others = await pool.connect();
  const waiting = errorOf(store.find(nameOf("a")));
  while (pool.waitingCount === 0) await new Promise((resolve) => setImmediate(resolve));
  await store.close();
  expect(await waiting).toMatchObject({
    category: "checkpoint_store",
    message: expect.stringContaining("it is closed") as string,
  });
  others.release();
  expect((await pool.query("select 1 as one")).rows).toEqual([{ one: 1 }]);
  await pool.end();
});

test.each([[""], ["s".repeat(64)], ["ü".repeat(32)], ["a\0b"], ["half \ud800"], [null]])(
  "the schema %j is refused: its tables would be those of another, or nobody's",
  (schema) => {
    const message = `\`schema\` must be a name of 1 to 63 bytes, not ${JSON.stringify(schema)}`;
    expect(() => postgresCheckpoints({ schema: schema as string })).toThrow(
      expect.objectContaining({ category: "configuration", code: "CANO7009", message }),
    );
  },
);

test("a schema may have any other name", async () => {
  const connectionString = await postgresUrl();
  for (const name of [`"odd".'name' \n%$ 語🦊 ${freshSchema().slice(-12)}`, freshSchema().padEnd(63, "s")]) {
    const options = { connectionString, schema: name };
    await using first = postgresCheckpoints(options);
    await begin(first, "a");
    await using second = postgresCheckpoints(options);
    expect((await second.list({ limit: 2 })).map(({ runId }) => runId)).toEqual(["a"]);
  }
});

test("a wrong password is no matter of patience", async () => {
  const url = (await postgresUrl()).replace(":cano@", ":wrong@");
  await using store = postgresCheckpoints({ connectionString: url });
  expect(await errorOf(store.find(nameOf("a")))).toMatchObject({
    category: "checkpoint_store",
    message: expect.stringContaining("password authentication failed") as string,
  });
});

test("two stores that begin the same runs at once in different orders do not wait for each other", async () => {
  const options = { connectionString: await postgresUrl(), schema: freshSchema(), ...quick };
  await using first = postgresCheckpoints(options);
  await using second = postgresCheckpoints(options);
  await Promise.all([first.find(nameOf("a")), second.find(nameOf("a"))]);
  for (let turn = 0; turn < 10; turn++) {
    const names = upTo(50).map((at) => ({ ...nameOf(`${turn} ${at}`), version: 1 }));
    const [some, others] = await Promise.all([
      Promise.all(names.map((name) => first.begin(name, entry(0), idle))),
      Promise.all(names.toReversed().map((name) => second.begin(name, entry(0), idle))),
    ]);
    const begun = [...some, ...others].filter((claim) => claim !== undefined);
    expect(new Set(begun.map(({ runId }) => runId)).size).toBe(50);
    expect(begun.length).toBe(50);
  }
});

test("what the server refuses of one write harms no other", async () => {
  await using store = postgresCheckpoints({ connectionString: await postgresUrl(), schema: freshSchema() });
  const claims = await Promise.all(upTo(10).map((at) => begin(store, `run ${at}`)));
  const outcomes = await Promise.allSettled(
    // A text with this character is none for PostgreSQL. The engine lets none through.
    claims.map((claim, at) => store.append(claim, entry(1, { state: at === 4 ? "\0" : "s" }))),
  );
  expect(outcomes.flatMap(({ status }, at) => (status === "rejected" ? [at] : []))).toEqual([4]);
  expect(outcomes[4]).toMatchObject({ reason: { category: "checkpoint_store", code: "CANO7021" } });
  for (const claim of claims.slice(4, 5)) await store.append(claim, entry(1));
});
