/** Every store does what the contract says: memory, SQLite and PostgreSQL pass the same suite. */

import { type CheckpointStore, MemoryCheckpoints } from "cano/checkpoints";
import { postgresCheckpoints } from "cano/checkpoints/postgres";
import { sqliteCheckpoints } from "cano/checkpoints/sqlite";
import { storeCases } from "cano/testing";
import { describe, expect, test } from "vitest";
import { hastyClock } from "./clocks.js";
import { freshFile, freshSchema, postgresUrl } from "../support/databases.js";

const path = freshFile();
const schema = freshSchema();
const shared = new MemoryCheckpoints();
// Long enough on a hasty clock: nobody is to be taken for gone here.
const lease = 100_000_000;

const stores: Readonly<Record<string, () => Promise<CheckpointStore>>> = {
  memory: async () => new MemoryCheckpoints(shared),
  SQLite: async () => sqliteCheckpoints({ path, clock: hastyClock, lease }),
  PostgreSQL: async () => postgresCheckpoints({ connectionString: await postgresUrl(), schema, clock: hastyClock, lease }),
};

describe.each(Object.entries(stores))("%s", (_, open) => {
  test("it keeps schedules: else the cases about these ask nothing", async () => {
    await using store = await open();
    expect(store.schedules).toBeDefined();
  });

  test.each(storeCases())("$name", ({ run }) => run(open));
});
