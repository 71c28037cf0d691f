/** Lists runs and removes those that have ended. Queries are built from what is looked for, since that is not asked often. */

import type { Kysely } from "kysely";
import type { RunQuery, RunRecord } from "../checkpoint-store.js";
import { hasEnded } from "../stored-rows.js";
import type { Liveness } from "./liveness.js";
import type { Queries } from "./queries/index.js";
import { selectRuns } from "./queries/runs.js";
import { ask, askOnce, type Steps } from "./query.js";
import { recordOf } from "./runs.js";
import type { Schema } from "./schema.js";

/** The largest number that both databases take for a limit. */
const NO_LIMIT = 2 ** 31 - 1;
/** How many keys are put into one statement. */
const KEYS = 500;

/** What both databases take for a limit: `limit`, but no fraction, nothing below 0, and nothing that no store could hold. */
export function limitOf(limit: number): number {
  return Math.min(Math.max(0, Math.floor(limit)), NO_LIMIT);
}

/** The runs that match. */
export function* listRuns(
  db: Kysely<Schema>,
  queries: Queries,
  query: RunQuery,
  liveness: Liveness,
): Steps<readonly RunRecord[]> {
  if (query.statuses?.length === 0) return [];
  let keys = keysOf(db, query);
  if (query.abandoned === true) {
    const owners = yield* ask(queries.owners, {});
    const alive = owners.filter((owner) => liveness.isAlive(owner)).map(({ key }) => key);
    if (alive.length > 0) keys = keys.where((eb) => eb.or([eb("owner", "is", null), eb("owner", "not in", alive)]));
  }
  const found = yield* askOnce(selectRuns(db).where("run.key", "in", keys).orderBy("run.key"));
  return found.map((run) => recordOf(run, liveness.ownerOf(run)));
}

/** Removes the runs that match and have ended, with their rows. Returns how many. */
export function* pruneRuns(db: Kysely<Schema>, query: RunQuery): Steps<number> {
  // No run that has ended is abandoned.
  if (query.statuses?.length === 0 || query.abandoned === true) return 0;
  const fired = db.selectFrom("cano_firings").select("run_id").where("outcome", "is", null);
  const ended = keysOf(db, query).where("ended", "is not", null).where("run_id", "not in", fired);
  const keys = (yield* askOnce(ended)).map(({ key }) => key);
  let removed = 0;
  for (let at = 0; at < keys.length; at += KEYS) {
    // Somebody may have taken one up again in the meantime: it stays, with its rows.
    const stillEnded = db
      .deleteFrom("cano_runs")
      .where("key", "in", keys.slice(at, at + KEYS))
      .where("ended", "is not", null);
    const gone = (yield* askOnce(stillEnded.returning("key"))).map(({ key }) => key);
    if (gone.length > 0) yield* askOnce(db.deleteFrom("cano_rows").where("run", "in", gone));
    removed += gone.length;
  }
  return removed;
}

/** The keys of the runs that match, but for what `abandoned` says of them. */
function keysOf(db: Kysely<Schema>, query: RunQuery) {
  const { workflow, runId, statuses, endedBefore, after, before, abandoned, limit, newest } = query;
  const order = newest === true ? "desc" : "asc";
  let keys = db.selectFrom("cano_runs").select("key").orderBy("key", order).limit(limitOf(limit));
  // Said wherever it is so, since there is an index of those.
  if (abandoned === true || statuses?.some(hasEnded) === false) keys = keys.where("ended", "is", null);
  // Runs are read in the order of their keys until there are enough. The expression keeps the index by name from being used: what that finds
  // would have to be sorted first, each time all of a workflow.
  if (workflow !== undefined) keys = keys.where((eb) => eb(eb.fn.coalesce("workflow", eb.val("")), "=", workflow));
  if (runId !== undefined) keys = keys.where("run_id", "=", runId);
  if (statuses !== undefined) keys = keys.where("status", "in", statuses);
  if (endedBefore !== undefined) keys = keys.where("ended", "<", endedBefore);
  if (after !== undefined) keys = keys.where("key", ">", after);
  if (before !== undefined) keys = keys.where("key", "<", before);
  return keys;
}
