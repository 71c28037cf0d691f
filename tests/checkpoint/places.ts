/** Databases that are not there yet, for tests that are the same for SQLite and PostgreSQL, and look into them beside the stores. */

import type { ManualClock } from "cano/testing";
import Sqlite from "better-sqlite3";
import type { CheckpointStore } from "cano/checkpoints";
import { postgresCheckpoints } from "cano/checkpoints/postgres";
import { sqliteCheckpoints } from "cano/checkpoints/sqlite";
import { askPostgres, freshFile, freshSchema, postgresUrl } from "../support/databases.js";

/** A database. */
export interface Place {
  open(clock?: ManualClock): CheckpointStore;
  /** What a process is told to find it. */
  readonly parameters: readonly [string, string];
  /** Runs a statement beside the stores, in which `$1` stands for the value. */
  ask(statement: string, value?: unknown): Promise<readonly unknown[]>;
}

/** See the file's first line. */
export const places: Readonly<Record<string, () => Promise<Place>>> = {
  async SQLite() {
    const path = freshFile();
    return {
      open: (clock) => sqliteCheckpoints({ path, ...(clock && { clock }) }),
      parameters: [path, ""],
      async ask(statement, value) {
        const database = new Sqlite(path);
        const prepared = database.prepare(statement.replace("$1", "?"));
        const values = value === undefined ? [] : [value];
        const rows = prepared.reader ? prepared.all(...values) : [prepared.run(...values)];
        database.close();
        return rows;
      },
    };
  },
  async PostgreSQL() {
    const connectionString = await postgresUrl();
    const schema = freshSchema();
    return {
      open: (clock) => postgresCheckpoints({ connectionString, schema, ...(clock && { clock }) }),
      parameters: [connectionString, schema],
      ask: (statement, value) =>
        askPostgres(connectionString, statement.replaceAll("cano_", `"${schema}".cano_`), value === undefined ? [] : [value]),
    };
  },
};

/** Waits for what happens in the background, on the real clock. */
export async function until(condition: () => Promise<boolean> | boolean): Promise<void> {
  for (let tries = 0; tries < 1_000; tries++) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error("it has not come about");
}
