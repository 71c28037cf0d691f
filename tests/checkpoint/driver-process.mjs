/** A process with a store of its own: `node driver-process.mjs <sqlite file or postgres URL> <schema> <run> <then>`, where `then` is what it does with the run. */

import { postgresCheckpoints } from "cano/checkpoints/postgres";
import { sqliteCheckpoints } from "cano/checkpoints/sqlite";

const [where = "", schema = "", runId = "", then = ""] = process.argv.slice(2);
const store = where.startsWith("postgres:") ? postgresCheckpoints({ connectionString: where, schema }) : sqliteCheckpoints(where);
const row = (sequence) => {
  const visit = Math.max(0, sequence - 1);
  const rest = { kind: "entry", state: "s", count: 0, version: 1, payload: "{}", undo: undefined, due: undefined };
  return { sequence, visit, ...rest, at: 1_000 + sequence };
};

const claim = await store.begin({ workflow: "order", runId, version: 1 }, row(0), { cancel: () => console.log("cancel") });
console.log(claim === undefined ? "there" : "begun");
// Goes on until it is killed.
if (then === "stay") setInterval(() => undefined, 1_000);
// Writes as fast as it can, and says what is written.
if (then === "write") {
  for (let sequence = 1; ; sequence++) {
    await store.append(claim, row(sequence));
    console.log(sequence);
  }
}
if (then === "close") await store.close();
// Else it has nothing more to do, and ends with its store still open.
