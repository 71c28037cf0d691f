/** What the checkpoint stores cost: hops a second and processor time against the disk and the bare driver, bytes a hop, loading long runs. */

import { closeSync, fdatasyncSync, mkdirSync, mkdtempSync, openSync, rmSync, statSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import Sqlite from "better-sqlite3";
import { sqliteCheckpoints } from "../runtime/dist/checkpoint/sqlite/index.js";
import { COLUMNS, driver, HOPS, hopsOf, PAYLOAD, rowOf, sayRates, valuesOf } from "./hops.mjs";
import { raceBoth, say, sayGoal } from "./measure.mjs";
import { benchPostgres } from "./postgres.mjs";

/** Measures the stores and says what came of it. */
export async function benchStores() {
  // Not in a folder for temporary files, which may be no disk at all.
  const parent = fileURLToPath(new URL("../.cano/", import.meta.url));
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, "bench-"));
  try {
    for (const synchronous of ["full", "normal"]) await benchSqlite(folder, synchronous);
    await benchBytes(folder);
    await benchLoads(folder);
    await benchPostgres();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function benchSqlite(folder, synchronous) {
  say(`\nSQLite, synchronous: ${synchronous}; hops a second, runs of ${HOPS} hops`);
  for (const concurrency of [1, 10, 100, 1_000]) {
    const operations = concurrency === 1 ? 800 : Math.min(32_000, concurrency * 400);
    const name = `${synchronous}-${concurrency}`;
    const store = sqliteCheckpoints({ path: join(folder, `${name}.db`), synchronous });
    const long = sqliteCheckpoints({ path: join(folder, `${name}-long.db`), synchronous });
    const bare = bareSqlite(join(folder, `${name}-bare.db`), synchronous);
    const bareLong = bareSqlite(join(folder, `${name}-bare-long.db`), synchronous);
    // The longer runs are, the less their beginnings and ends matter, and the more pages they spread over.
    const length = Math.max(HOPS, operations / concurrency);
    const results = await raceBoth({
      disk: disk(join(folder, "disk")),
      bare: bare.contestant(concurrency, operations, HOPS),
      hops: hopsOf(store, concurrency, operations),
      "bare long": bareLong.contestant(concurrency, operations, length),
      long: hopsOf(long, concurrency, operations, length),
    });
    bare.close();
    bareLong.close();
    await store.close();
    await long.close();
    sayRates(concurrency, results);
    const times = (one, other) => results[other].time / results[one].time;
    if (synchronous === "full") {
      const goal = { 1: 0.9, 100: 40, 1_000: 80 }[concurrency];
      if (goal !== undefined) sayGoal("  against the disk", times("hops", "disk"), goal, "x", true);
      if (concurrency === 1) sayGoal("  against the bare insert", times("hops", "bare"), 0.8, "x", true);
    }
    if (concurrency >= 100) {
      sayGoal("  processor time of a hop against the bare insert", results.hops.cpu / results.bare.cpu, 2);
      sayGoal(`  the same in runs of ${length} hops`, results.long.cpu / results["bare long"].cpu, 1.5);
    }
  }
}

/** What the disk alone can do: a page of a file, written and waited for, as SQLite does with its log once that has its size. */
function disk(path) {
  const page = Buffer.alloc(4_096, 1);
  writeFileSync(path, Buffer.alloc(4_096 * 300));
  return {
    operations: 300,
    run() {
      const file = openSync(path, "r+");
      for (let at = 0; at < 300; at++) {
        writeSync(file, page);
        fdatasyncSync(file);
      }
      closeSync(file);
    },
  };
}

/** The same rows, by a prepared statement and nothing else, in transactions of the same size. */
function bareSqlite(path, synchronous) {
  const database = new Sqlite(path);
  for (const pragma of ["journal_mode = wal", `synchronous = ${synchronous}`, "cache_size = -16000", "wal_autocheckpoint = 4000"])
    database.pragma(pragma);
  const columns = COLUMNS.split(", ").map((name) =>
    ["kind", "state", "payload", "undo"].includes(name) ? `${name} text` : `${name} integer`,
  );
  database.exec(`create table rows (${columns.join(", ")}); create unique index place on rows (run, sequence)`);
  const insert = database.prepare(`insert into rows (${COLUMNS}) values (${COLUMNS.replaceAll(/\w+/g, "?")})`);
  const [begin, commit] = ["begin immediate", "commit"].map((text) => database.prepare(text));
  let first = 1;
  const contestant = (concurrency, operations, hops) => ({
    operations,
    run() {
      for (let done = 0; done < operations; first += concurrency) {
        for (let sequence = 0; sequence < hops && done < operations; sequence++) {
          begin.run();
          for (let at = 0; at < concurrency; at++, done++) insert.run(...valuesOf(first + at, sequence));
          commit.run();
        }
      }
    },
  });
  return { contestant, close: () => database.close() };
}

async function benchBytes(folder) {
  const path = join(folder, "bytes.db");
  const store = sqliteCheckpoints({ path, synchronous: "normal" });
  await hopsOf(store, 100, 40_000).run();
  await store.close();
  say(`\nbytes on disk a hop: ${(statSync(path).size / 40_000).toFixed(0)}, of which ${PAYLOAD.length} are its payload`);
}

async function benchLoads(folder) {
  const path = join(folder, "loads.db");
  const store = sqliteCheckpoints({ path, synchronous: "normal" });
  const database = new Sqlite(path);
  const contestants = {};
  for (const rows of [10, 1_000, 100_000]) {
    const name = { workflow: "order", runId: `of ${rows}` };
    const { key } = await store.begin({ ...name, version: 1 }, rowOf(0), driver);
    const [, , ...rest] = valuesOf(key, 0);
    const values = ["?", "at", ...rest.map(() => "?")].join(", ");
    const numbers = "with recursive numbers (at) as (select 1 union all select at + 1 from numbers where at < ?)";
    const insert = database.prepare(`${numbers} insert into cano_rows (${COLUMNS}) select ${values} from numbers`);
    insert.run(rows - 1, key, ...rest.map((value) => (value === "entry" ? "cursor" : value)));
    contestants[rows] = {
      operations: 200,
      async run() {
        for (let at = 0; at < 200; at++) await store.load(name);
      },
    };
  }
  database.close();
  const results = await raceBoth(contestants);
  await store.close();
  say("\nloading a run in the middle of a visit, µs");
  for (const [rows, { time }] of Object.entries(results))
    say(`  ${rows.padStart(8)} rows ${(time / 1_000).toFixed(0).padStart(8)}`);
  sayGoal("100,000 rows against 10", results[100_000].time / results[10].time, 1.2);
}
