/** A process that may read a SQLite file and not write to it: `node read-only-process.mjs <file>`. Prints what it finds, and how a run fails to begin. */

import { sqliteCheckpoints } from "cano/checkpoints/sqlite";

const row = { sequence: 0, kind: "entry", state: "s", visit: 0, count: 0, version: 1, at: 1 };
const begin = (store) => store.begin({ workflow: "order", runId: "b", version: 1 }, row, { cancel: () => undefined });

// Whatever has to be loaded is loaded while it may be.
const ready = sqliteCheckpoints(":memory:");
await begin(ready);
await ready.close();
// Nothing is forbidden to root.
if (process.getuid?.() === 0) process.setuid(65_534);
const store = sqliteCheckpoints(process.argv[2]);
await begin(store).then(
  () => console.log("{}"),
  ({ category, code, message }) => console.log(JSON.stringify({ category, code, message })),
);
await store.close();
