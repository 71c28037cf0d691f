/** Everything that is asked often, compiled once for a database. Only here, and where a database is opened, is Kysely itself needed. */

import type { Kysely } from "kysely";
import { claimQueries } from "./claims.js";
import { loadQueries } from "./loads.js";
import { ownerQueries } from "./owners.js";
import { runQueries } from "./runs.js";
import type { Schema } from "../schema.js";
import { writeQueries } from "./writes.js";

/** See the file's first line. */
export function prepareQueries(db: Kysely<Schema>) {
  return { ...runQueries(db), ...loadQueries(db), ...writeQueries(db), ...claimQueries(db), ...ownerQueries(db) };
}

/** What {@link prepareQueries} makes. */
export type Queries = ReturnType<typeof prepareQueries>;
