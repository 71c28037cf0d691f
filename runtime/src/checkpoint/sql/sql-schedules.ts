/** Keeps schedules in an SQL database, as part of the store that keeps runs there. What is decided in a transaction is `deciding.ts`. */

import type { Kysely } from "kysely";
import { isCanoError } from "../../errors/cano-error.js";
import type { Decided, Decision, Firing, FiringRecord, ScheduleRecord, ScheduleStore, ScheduleView } from "../schedule-store.js";
import { type AttemptedDecisions, decideSchedules } from "./deciding.js";
import { limitOf } from "./listing.js";
import type { Ownership } from "./ownership.js";
import { ask, askOnce } from "./query.js";
import { race } from "./race.js";
import { firingOf, plainFiringOf, scheduleOf } from "./schedule-codec.js";
import type { Schema } from "./schema.js";
import type { SqlDatabase } from "./sql-database.js";

/** What schedules need of the store that they are part of. */
export interface StoreAccess {
  /** Does `work` with the database, unless the store is closed. `doing` completes "could not …". */
  attempt<T>(doing: string, work: (database: SqlDatabase) => Promise<T>): Promise<T>;
  /** The store object's key, with a lease that lasts. */
  ready(): Promise<number>;
}

/** Whatever a decision threw, as its cause: the database must not take it for something that may pass. */
class DecisionFailed extends Error {
  override readonly name = "DecisionFailed";
}

/** Less than any mark. */
const BEFORE_ALL = -1;

/** See the file's first line. */
export class SqlSchedules implements ScheduleStore {
  constructor(
    private readonly ownership: Ownership,
    private readonly store: StoreAccess,
  ) {}

  async decide(names: readonly string[], decide: (name: string, view: ScheduleView) => Decision): Promise<readonly Decided[]> {
    const guarded = (name: string, view: ScheduleView): Decision => {
      try {
        return decide(name, view);
      } catch (error) {
        throw new DecisionFailed("the decision failed", { cause: error });
      }
    };
    try {
      return await this.store.attempt("decide about schedules", (database) => this.decideOn(database, names, guarded));
    } catch (error) {
      throw isCanoError(error) && error.cause instanceof DecisionFailed ? error.cause.cause : error;
    }
  }

  changes(since?: number): Promise<{ readonly records: readonly ScheduleRecord[]; readonly mark: number }> {
    return this.store.attempt("read schedules", async (database) => {
      const { queries } = database;
      const { rows, mark } = await database.read(function* () {
        const [now] = yield* ask(queries.settledMark, {});
        const settled = now?.mark ?? BEFORE_ALL;
        // A mark that is still to come was given by a database that has been put back since.
        const after = since === undefined || since > settled ? BEFORE_ALL : since;
        return { rows: yield* ask(queries.changedSchedules, { since: after }), mark: settled };
      }, "at one moment");
      const records = rows.flatMap((row) => scheduleOf(row) ?? []);
      return { records: records.sort((a, b) => (a.name < b.name ? -1 : 1)), mark };
    });
  }

  orphans(limit: number): Promise<readonly Firing[]> {
    return this.store.attempt("find firings that were left behind", async (database) => {
      const found = await database.read(() => ask(database.queries.allOpen, {}));
      const liveness = this.ownership.liveness();
      const left = found.filter((firing) => !liveness.isLookedAfter(firing)).sort((a, b) => a.due - b.due);
      return left.slice(0, limitOf(limit)).map(plainFiringOf);
    });
  }

  firings(name: string, after: number, limit: number): Promise<readonly FiringRecord[]> {
    return this.store.attempt("read the firings of a schedule", async (database) => {
      const values = { schedule: name, after, limit: limitOf(limit) };
      return (await database.read(() => ask(database.queries.firingsAfter, values))).map(firingOf);
    });
  }

  prune(endedBefore: number, limit: number): Promise<number> {
    return this.store.attempt("remove firings", async (database) => {
      const removed = await database.write(() => askOnce(pruneQuery(database.kysely, endedBefore, limitOf(limit))));
      return removed.length;
    });
  }

  /** A firing is held before it can be seen in the database, so that it is never taken for one that nobody looks after. */
  private async decideOn(
    database: SqlDatabase,
    names: readonly string[],
    decide: (name: string, view: ScheduleView) => Decision,
  ): Promise<readonly Decided[]> {
    const { held } = this.ownership;
    const decider = { names, decide, owner: await this.store.ready() };
    let attempted: AttemptedDecisions | undefined;
    const letGo = (): void => {
      for (const place of attempted?.held ?? []) {
        held.remove(place);
        // It may be in the database all the same.
        held.isInDoubt = true;
      }
    };
    const attempt = (next: AttemptedDecisions | undefined): void => {
      letGo();
      attempted = next && { ...next, held: next.held.filter((place) => !held.has(place)) };
      for (const place of attempted?.held ?? []) held.add(place);
    };
    try {
      const decided = await race(() =>
        database.write(() => decideSchedules(database.queries, decider, this.ownership.liveness(), attempted, attempt)),
      );
      for (const place of attempted?.ended ?? []) held.remove(place);
      return decided;
    } catch (error) {
      letGo();
      throw error;
    } finally {
      this.ownership.watch();
    }
  }
}

/** Built each time: how many rows there are to be removed decides how they are best found, and it is not asked often. */
function pruneQuery(db: Kysely<Schema>, endedBefore: number, limit: number) {
  const ended = db
    .selectFrom("cano_firings")
    .select(["schedule", "due"])
    .where("ended", "<", endedBefore)
    .orderBy("ended")
    .limit(limit);
  return db
    .deleteFrom("cano_firings")
    .where((eb) => eb(eb.refTuple("schedule", "due"), "in", ended.$asTuple("schedule", "due")))
    .returning("due");
}
