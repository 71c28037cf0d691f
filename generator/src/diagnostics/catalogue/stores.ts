/** Codes 7xxx: what goes wrong with the stores of runs. The runtime throws `CanoError` with these codes; here for `cano-gen explain`. */

import type { Failure } from "./failure.js";

export const storeFailures: readonly Failure[] = [
  {
    code: "CANO7020",
    category: "run_conflict",
    title: "somebody else has taken the run over",
    reason:
      "Every row of a run's log has a place of its own, and whoever writes it first has it. Another process has claimed the run, because this one showed no sign of life " +
      "for longer than its lease, or it has been removed. The run goes on there: here it stops at once, and undoes nothing.",
    cure: "nothing, if the process was stopped for a while; else raise the store's `lease`, and compare the clocks of the machines",
  },
  {
    code: "CANO7021",
    category: "checkpoint_store",
    title: "the checkpoint store failed",
    reason:
      "The database was busy or out of reach for longer than the store tries, the disk is full, the file is not what it should be, or the store is closed. Nothing of the " +
      "call is in the store, or all of it is, never half a hop. `cause` is what the database said. The run can be resumed when the store works again.",
    cure: "see `cause`; `busyTimeout` of SQLite and `patience` of PostgreSQL say how long a store tries",
  },
  {
    code: "CANO7022",
    category: "configuration",
    title: "a package that a store or a picture needs is missing or does not work here",
    reason:
      "The stores need packages that an application without them should not have to install: kysely, with better-sqlite3 for SQLite and with pg for PostgreSQL; pictures as SVG need " +
      "@dagrejs/dagre. They are looked for with a store's first call, or when a picture is drawn. better-sqlite3 also needs a binary for this system and this version of Node: version 13 would crash Node 20 without a word, so it is refused there.",
    cure: "install the version that the message names, or rebuild the package for this Node",
  },
];
