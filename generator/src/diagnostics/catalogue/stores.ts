/** Codes 7xxx: what goes wrong with the stores of runs. The runtime throws `CanoError` with these codes; here for `cano-gen explain`. */

import { define } from "./define.js";

/** CANO7020, `run_conflict` */
export const runConflict = define<{ run: string; workflow: string }>(
  "CANO7020",
  "error",
  {
    title: "somebody else has taken the run over",
    reason:
      "Every row of a run's log has a place of its own, and whoever writes it first has it. Another process has claimed the run, because this one showed no sign of life " +
      "for longer than its lease, or it has been removed. The run goes on there: here it stops at once, and undoes nothing.",
  },
  ({ run, workflow }) => ({
    message: `run \`${run}\` of workflow \`${workflow}\` was taken over by somebody else`,
    help: "nothing, if the process was stopped for a while; else raise the store's `lease`, and compare the clocks of the machines",
  }),
);

/** CANO7021, `checkpoint_store` */
export const storeFailed = define<{ doing: string; problem: string }>(
  "CANO7021",
  "error",
  {
    title: "the checkpoint store failed",
    reason:
      "The database was busy or out of reach for longer than the store tries, the disk is full, the file is not what it should be, or the store is closed. Nothing of the " +
      "call is in the store, or all of it is, never half a hop. `cause` is what the database said. The run can be resumed when the store works again.",
  },
  ({ doing, problem }) => ({
    message: `the checkpoint store could not ${doing}: ${problem}`,
    help: "see `cause`; `busyTimeout` of SQLite and `patience` of PostgreSQL say how long a store tries",
  }),
);

/** CANO7022, `configuration` */
export const unfitPeer = define<{ name: string; neededBy: "store" | "picture"; problem: string; cure: string }>(
  "CANO7022",
  "error",
  {
    title: "a package that a store or a picture needs is missing or does not work here",
    reason:
      "The stores need packages that an application without them should not have to install: kysely, with better-sqlite3 for SQLite and with pg for PostgreSQL; pictures as SVG need " +
      "@dagrejs/dagre. They are looked for with a store's first call, or when a picture is drawn. better-sqlite3 also needs a binary for this system and this version of Node: version 13 would crash Node 20 without a word, so it is refused there.",
  },
  ({ name, neededBy, problem, cure }) => ({
    message: `\`${name}\`, which this ${neededBy} needs, ${problem}`,
    help: cure,
  }),
);
