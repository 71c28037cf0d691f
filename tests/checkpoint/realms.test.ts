/** Errors of Node that are no `Error` of who uses a store, as under Jest, which gives every test file a realm of its own. */

import { runInNewContext } from "node:vm";
import { postgresCheckpoints, type PostgresPool } from "cano/checkpoints/postgres";
import { sqliteCheckpoints } from "cano/checkpoints/sqlite";
import Sqlite from "better-sqlite3";
import { afterEach, expect, test, vi } from "vitest";
import { ownIdentity } from "../../runtime/src/checkpoint/sql/process-identity.js";
import { freshFile } from "../support/databases.js";
import { hastyClock } from "./clocks.js";
import { begin, errorOf, nameOf, take } from "./rows.js";

afterEach(() => void vi.restoreAllMocks());

const foreignError = (code: string): Error =>
  runInNewContext("Object.assign(new Error(`it failed with ${code}`), { code })", { code }) as Error;

test("a process that is gone is known to be", async () => {
  const path = freshFile();
  await using first = sqliteCheckpoints(path);
  await begin(first, "a");
  const database = new Sqlite(path);
  database.prepare("update cano_owners set identity = ?").run(JSON.stringify({ ...ownIdentity(), pid: 4_194_305 }));
  database.close();
  vi.spyOn(process, "kill").mockImplementation(() => {
    throw foreignError("ESRCH");
  });
  await using second = sqliteCheckpoints(path);
  expect((await take(second, "a")).kind).toBe("claimed");
});

test("a server that cannot be reached is tried again", async () => {
  let asked = 0;
  const pool: PostgresPool = {
    connect(taken) {
      asked++;
      taken(foreignError("ECONNREFUSED"), undefined);
    },
    end: async () => undefined,
    on: () => undefined,
    off: () => undefined,
  };
  const log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
  await using store = postgresCheckpoints({ pool, clock: hastyClock, patience: 10_000, log });
  expect(await errorOf(store.find(nameOf("a")))).toMatchObject({ code: "CANO7021" });
  expect(asked).toBeGreaterThan(1);
});
