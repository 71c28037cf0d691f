/** Databases for the tests of stores: files in a folder of the test file's own, schemas of the shared PostgreSQL server. */

import { randomUUID } from "node:crypto";
import { chmodSync, rmSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { afterAll, inject } from "vitest";
import { makeDatabaseFolder } from "./database-folder.js";

const folder = makeDatabaseFolder("cano-stores-");
// For processes of another user too, who may have to read what lies in it.
chmodSync(folder, 0o755);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The path of a file that is not there. */
export function freshFile(): string {
  return join(folder, `${randomUUID()}.db`);
}

/** The URL of the shared server's database. */
export async function postgresUrl(): Promise<string> {
  const answer = await fetch(inject("postgres"));
  const text = await answer.text();
  if (!answer.ok) throw new Error(text);
  return text;
}

/** The name of a schema that is not there. */
export function freshSchema(): string {
  return `test ${randomUUID()}`;
}

/** Asks a PostgreSQL server something beside the store. */
export async function askPostgres(
  url: string,
  text: string,
  values: readonly unknown[] = [],
): Promise<readonly Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const result: pg.QueryResult<Record<string, unknown>> = await client.query(text, [...values]);
    return result.rows;
  } finally {
    await client.end();
  }
}
