/** What the SQL stores say of options that are none, when they are made, and of paths that lead nowhere, with the first call. */

import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { inspect } from "node:util";
import { postgresCheckpoints } from "cano/checkpoints/postgres";
import { sqliteCheckpoints } from "cano/checkpoints/sqlite";
import { expect, test } from "vitest";
import { thrownBy } from "../runtime/thrown-by.js";
import { freshFile } from "../support/databases.js";
import { lock } from "./other-writer.js";
import { errorOf } from "./rows.js";

const sqlite = "`path`, `synchronous`, `busyTimeout`, `lease`, `readOnly`, `clock`";

test.each<readonly [string, () => unknown, string]>([
  ["SQLite and nothing", () => sqliteCheckpoints(undefined as never), `must be given an object with options (${sqlite})`],
  ["SQLite and a URL", () => sqliteCheckpoints(new URL("file:///runs.db") as never), "not a `URL`"],
  ["SQLite and a misspelt path", () => sqliteCheckpoints({ file: "runs.db" } as never), `no option \`file\`, only ${sqlite}`],
  [
    "SQLite, to be written to since `readOnly` is misspelt",
    () => sqliteCheckpoints({ path: "runs.db", readonly: true } as never),
    `no option \`readonly\`, only ${sqlite}`,
  ],
  [
    "SQLite and a text for a flag, as of the environment",
    () => sqliteCheckpoints({ path: "runs.db", readOnly: "false" as never }),
    '`readOnly` must be `true` or `false`, not "false"',
  ],
  [
    "PostgreSQL and nothing",
    () => postgresCheckpoints(undefined as never),
    "must be given an object with options (`connectionString`,",
  ],
  [
    "another server of PostgreSQL, since the option is misspelt",
    () => postgresCheckpoints({ url: "postgres://db/runs" } as never),
    "`postgresCheckpoints` has no option `url`, only `connectionString`,",
  ],
  [
    "PostgreSQL and a port",
    () => postgresCheckpoints({ connectionString: 5432 as never }),
    "`connectionString` must be a text such as",
  ],
  ...["host=db password=secret", "db/secret", "db:5432/secret"].map(
    (text) => [`PostgreSQL and the text \`${text}\``, () => postgresCheckpoints(text), "must be a URL such as"] as const,
  ),
  [
    "PostgreSQL and the settings of a pool",
    () => postgresCheckpoints({ pool: { host: "db" } as never }),
    "`pool` must be a `Pool` of the package pg, not an object",
  ],
])("a store of %s is refused when it is made", (_, make, message) => {
  const expected = { category: "configuration", code: "CANO7009", message: expect.stringContaining(message) as string };
  expect(thrownBy(make)).toMatchObject(expected);
  expect(String(thrownBy(make)), "a password is not shown").not.toContain("secret");
});

test.each([
  ["without its folder", "none/runs.db", /could not be opened: the folder of `.*none\/runs\.db` does not exist$/],
  ["in a file", "letter/runs.db", /could not be opened: .*letter\/runs\.db/],
  ["of a letter", "letter", /could not be opened: `.*letter` is not a database of SQLite$/],
])("a file %s is named", async (_, name, message) => {
  const folder = dirname(freshFile());
  writeFileSync(join(folder, "letter"), "this is a letter to my aunt, and no database. ".repeat(100));
  await using store = sqliteCheckpoints(join(folder, name));
  const expected = { category: "checkpoint_store", code: "CANO7021", message: expect.stringMatching(message) as string };
  await expect(store.list({ limit: 1 })).rejects.toMatchObject(expected);
});

test("a file that another process keeps to itself is named", async () => {
  const path = freshFile();
  const unlock = lock(path);
  await using store = sqliteCheckpoints({ path, busyTimeout: 0 });
  await expect(store.list({ limit: 1 })).rejects.toThrow(`could not be opened: \`${path}\`: database is locked`);
  unlock();
});

test.each(["postgres://user:secret#1@db/runs", "postgres://user:secret@db:99999/runs"])(
  "the connection string `%s`, which is no URL, is named, and not shown",
  async (text) => {
    await using store = postgresCheckpoints(text);
    const error = await errorOf(store.list({ limit: 1 }));
    const message = expect.stringContaining("could not be opened: `connectionString` is no URL: in a password, `#`") as string;
    expect(error).toMatchObject({ category: "checkpoint_store", code: "CANO7021", message });
    expect(inspect(error, { depth: 9 }), "a password is not shown").not.toContain("secret");
  },
);
