/** Group commit: what waits at the same moment shares a transaction. Counted in what the databases themselves keep. */

import { readFileSync } from "node:fs";
import type { CheckpointStore } from "cano/checkpoints";
import { postgresCheckpoints } from "cano/checkpoints/postgres";
import { sqliteCheckpoints } from "cano/checkpoints/sqlite";
import { expect, test } from "vitest";
import { WriteQueue } from "../../runtime/src/checkpoint/sql/write-queue.js";
import type { Write } from "../../runtime/src/checkpoint/sql/writing.js";
import { askPostgres, freshFile, freshSchema, postgresUrl } from "../support/databases.js";
import { begin, entry } from "./rows.js";

const RUNS = 100;

/** Lets many runs take eight hops each, all at the same pace. */
async function runMany(store: CheckpointStore): Promise<void> {
  const run = async (at: number): Promise<void> => {
    const claim = await begin(store, `run ${at}`);
    for (let sequence = 1; sequence < 7; sequence++) await store.append(claim, entry(sequence));
    await store.append(claim, entry(7), { status: "completed" });
  };
  await Promise.all(Array.from({ length: RUNS }, (_, at) => run(at)));
}

/** How many transactions stand in a write-ahead log: the last frame of each says how large the database then is. See "WAL-mode File Format" in SQLite's manual. */
function transactionsIn(log: Buffer): number {
  const page = log.readUInt32BE(8);
  let count = 0;
  for (let frame = 32; frame < log.length; frame += 24 + page) if (log.readUInt32BE(frame + 4) !== 0) count++;
  return count;
}

test("SQLite: a hundred runs of eight hops are eight transactions or a few more, not eight hundred", async () => {
  const path = freshFile();
  await using store = sqliteCheckpoints(path);
  await store.list({ limit: 1 });
  const before = transactionsIn(readFileSync(`${path}-wal`));
  await runMany(store);
  const transactions = transactionsIn(readFileSync(`${path}-wal`)) - before;
  expect(transactions).toBeGreaterThanOrEqual(8);
  // One more says that the store is alive.
  expect(transactions).toBeLessThanOrEqual(12);
});

test("PostgreSQL: a hundred runs of eight hops are a few transactions, not eight hundred", async () => {
  const url = await postgresUrl();
  const schema = freshSchema();
  await using store = postgresCheckpoints({ connectionString: url, schema });
  await store.list({ limit: 1 });
  await runMany(store);
  const [row] = await askPostgres(
    url,
    `select count(distinct xmin::text)::int as transactions, count(*)::int as rows from "${schema}".cano_rows`,
  );
  expect(row?.["rows"]).toBe(8 * RUNS);
  expect(row?.["transactions"]).toBeLessThanOrEqual(60);
});

const write = (key: number, sequence: number, payload = "{}"): Write => ({
  kind: "append",
  claim: { workflow: "w", runId: `${key}`, key, fence: 1 },
  row: entry(sequence, { payload }),
  change: undefined,
});

/** A queue whose flushes end when they are told to. */
function slowQueue(most: number) {
  const flushes: (readonly Write[])[] = [];
  const ends: (() => void)[] = [];
  const queue = new WriteQueue(async (writes) => {
    flushes.push(writes);
    await new Promise<void>((resolve) => ends.push(resolve));
    return writes.map(() => undefined);
  }, most);
  return { queue, flushes, end: (): void => ends.shift()?.() };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test("so many flushes are under way as may be, and what comes meanwhile makes up the next", async () => {
  const { queue, flushes, end } = slowQueue(2);
  const written: Promise<unknown>[] = [];
  for (let key = 0; key < 6; key++) {
    written.push(queue.add(write(key, 1)));
    await turn();
  }
  expect(flushes.map(({ length }) => length)).toEqual([1, 1]);
  end();
  await turn();
  await turn();
  expect(flushes.map(({ length }) => length)).toEqual([1, 1, 4]);
  for (let at = 0; at < 3; at++) end();
  await Promise.all(written);
  await queue.drained();
});

test("rows of one run are never under way at once, and the rows of others do not wait for them", async () => {
  const { queue, flushes, end } = slowQueue(3);
  const written = [write(1, 1), write(1, 2), write(2, 1), write(1, 3)].map((each) => queue.add(each));
  await turn();
  written.push(queue.add(write(3, 1)));
  await turn();
  const shown = (): readonly string[] =>
    flushes.map((writes) =>
      writes.map((each) => (each.kind === "append" ? `${each.claim.key}.${each.row.sequence}` : "")).join(" "),
    );
  expect(shown()).toEqual(["1.1 2.1", "3.1"]);
  for (let at = 0; at < 4; at++) {
    end();
    await turn();
    await turn();
  }
  expect(shown()).toEqual(["1.1 2.1", "3.1", "1.2", "1.3"]);
  await Promise.all(written);
});

test("a flush is neither too long nor too large", async () => {
  const { queue, flushes, end } = slowQueue(1);
  const many = Array.from({ length: 2_500 }, (_, key) => queue.add(write(key, 1)));
  const large = Array.from({ length: 4 }, (_, key) => queue.add(write(5_000 + key, 1, "x".repeat(5_000_000))));
  for (let at = 0; at < 6; at++) {
    await turn();
    await turn();
    end();
  }
  await Promise.all([...many, ...large]);
  expect(flushes.map(({ length }) => length)).toEqual([1_000, 1_000, 502, 2]);
});

test("a flush that fails as a whole fails each of its writes, and no others", async () => {
  let isFirst = true;
  const queue = new WriteQueue(async (writes) => {
    if (isFirst) {
      isFirst = false;
      throw new Error("out of reach");
    }
    return writes.map(() => undefined);
  }, 1);
  const outcomes = Promise.allSettled([queue.add(write(1, 1)), queue.add(write(2, 1))]);
  expect((await outcomes).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  await queue.add(write(1, 1));
});
