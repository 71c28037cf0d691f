/**
 * A process that may read a SQLite file and not write to it: `node read-only-process.mjs <file> [look]`. Prints how a run fails to begin, or how a store
 * that is only looked at fails to be.
 */

import { sqliteCheckpoints } from "cano/checkpoints/sqlite";

const row = { sequence: 0, kind: "entry", state: "s", visit: 0, count: 0, version: 1, at: 1 };
const begin = (store) => store.begin({ workflow: "order", runId: "b", version: 1 }, row, { cancel: () => undefined });

// Whatever has to be loaded is loaded while it may be.
const ready = sqliteCheckpoints(":memory:");
await begin(ready);
await ready.close();
// Nothing is forbidden to root.
if (process.getuid?.() === 0) process.setuid(65_534);
const [path, look] = process.argv.slice(2);
const store = sqliteCheckpoints({ path, readOnly: look !== undefined });
await (look === undefined ? begin(store) : store.list({ limit: 1 })).then(
  () => console.log("{}"),
  ({ category, code, message }) => console.log(JSON.stringify({ category, code, message })),
);
await store.close();
