/** Everything that is asked often, compiled once for a database. Only here, and where a database is opened, is Kysely itself needed. */

import type { Dialect } from "../dialect.js";
import { claimQueries } from "./claims.js";
import { loadQueries } from "./loads.js";
import { ownerQueries } from "./owners.js";
import { runQueries } from "./runs.js";
import { scheduleQueries } from "./schedules.js";
import { writeQueries } from "./writes.js";

/** See the file's first line. */
export function prepareQueries(dialect: Dialect) {
  const { kysely: db } = dialect;
  return {
    ...runQueries(db),
    ...loadQueries(db),
    ...writeQueries(db),
    ...claimQueries(db),
    ...ownerQueries(db),
    ...scheduleQueries(dialect),
  };
}

/** What {@link prepareQueries} makes. */
export type Queries = ReturnType<typeof prepareQueries>;
