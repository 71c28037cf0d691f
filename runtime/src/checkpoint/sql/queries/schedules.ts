/** The queries about schedules and their firings. Those that take `input` are about any number of them at once. */

import { sql } from "kysely";
import type { ColumnTypes, Dialect } from "../dialect.js";
import { prepare } from "../query.js";
import type { FiringsTable, SchedulesTable } from "../schema.js";

/** Rows of any number, as JSON. */
export interface Input {
  readonly input: string;
}

type Begun = Omit<FiringsTable, "outcome" | "ended">;
/** `outcome` and `ended` are left out where a firing does not end. */
type Ended = Omit<FiringsTable, "cause" | "run_id" | "at" | "owner">;

const NAME = { name: "text" } as const;
const BEGUN: ColumnTypes<Begun> = { schedule: "text", due: "time", cause: "text", run_id: "text", at: "time", owner: "whole" };
const ENDED: ColumnTypes<Ended> = { schedule: "text", due: "time", outcome: "text", ended: "time" };
const SCHEDULE: ColumnTypes<SchedulesTable> = {
  name: "text",
  definition: "text",
  next: "time",
  waiting: "time",
  paused: "whole",
  tripped: "whole",
  streak: "whole",
  eligible: "time",
  fired: "whole",
  skipped: "whole",
  last_due: "time",
  last_outcome: "text",
  last_error: "text",
  mark: "whole",
};
// Named wherever they are read, and never `*`: what PostgreSQL has prepared would fail once a newer cano adds a column. The keys of a type's object are
// that type's.
const COLUMNS = Object.keys(SCHEDULE) as (keyof SchedulesTable)[];

/** See the file's first line. */
export function scheduleQueries(dialect: Dialect) {
  return { ...recordQueries(dialect), ...openQueries(dialect), ...firingQueries(dialect) };
}

function recordQueries(dialect: Dialect) {
  const { kysely: db } = dialect;
  return {
    /** Those of these names that are there, which nobody else decides about until the transaction ends. In one order everywhere. */
    lockSchedules: prepare<Input>()(({ input }) =>
      db
        .selectFrom("cano_schedules")
        .select(COLUMNS)
        .where("name", "in", (eb) => eb.selectFrom(dialect.input<{ name: string }>(input, NAME)).select("name"))
        .orderBy("name")
        .modifyEnd(dialect.forUpdate),
    ),
    /** Adds schedules, and tells which of them were not there. */
    insertSchedules: prepare<Input>()(({ input }) =>
      db
        .insertInto("cano_schedules")
        .columns(COLUMNS)
        // Without a condition, SQLite would take what follows for that of a join.
        .expression((eb) =>
          eb
            .selectFrom(dialect.input(input, SCHEDULE))
            .select(COLUMNS)
            .where(sql<boolean>`true`),
        )
        .onConflict((conflict) => conflict.column("name").doNothing())
        .returning("name"),
    ),
    updateSchedules: prepare<Input>()(({ input }) =>
      db
        .updateTable("cano_schedules as schedule")
        .from(dialect.input(input, SCHEDULE))
        .set((eb) => Object.fromEntries(COLUMNS.map((column) => [column, eb.ref(`input.${column}`)])))
        .whereRef("schedule.name", "=", "input.name"),
    ),
    changedSchedules: prepare<{ since: number }>()(({ since }) =>
      db.selectFrom("cano_schedules").select(COLUMNS).where("mark", ">", since).where("definition", "is not", null),
    ),
    settledMark: prepare<object>()(() => db.selectNoFrom(dialect.settledMark.as("mark"))),
    isCommitted: prepare<{ mark: number }>()(({ mark }) => db.selectNoFrom(dialect.isCommitted(mark).as("committed"))),
  };
}

function openQueries(dialect: Dialect) {
  const { kysely: db } = dialect;
  return {
    /** Every name, with its open firings if it has any; and the mark of the transaction. */
    openOf: prepare<Input>()(({ input }) =>
      db
        .selectFrom(dialect.input<{ name: string }>(input, NAME))
        .leftJoin("cano_firings as firing", (join) =>
          join.onRef("firing.schedule", "=", "input.name").on("firing.outcome", "is", null),
        )
        .leftJoin("cano_owners as owner", "owner.key", "firing.owner")
        .select([
          "input.name",
          "firing.due",
          "firing.cause",
          "firing.run_id",
          "firing.at",
          "firing.owner",
          "owner.identity",
          "owner.expires",
        ])
        .select(dialect.mark.as("mark")),
    ),
    allOpen: prepare<object>()(() =>
      db
        .selectFrom("cano_firings as firing")
        .leftJoin("cano_owners as owner", "owner.key", "firing.owner")
        .select([
          "firing.schedule",
          "firing.due",
          "firing.cause",
          "firing.run_id",
          "firing.at",
          "firing.owner",
          "owner.identity",
          "owner.expires",
        ])
        .where("firing.outcome", "is", null),
    ),
    ownOpen: prepare<{ owner: number }>()(({ owner }) =>
      db.selectFrom("cano_firings").select(["schedule", "due"]).where("owner", "=", owner).where("outcome", "is", null),
    ),
  };
}

function firingQueries(dialect: Dialect) {
  const { kysely: db } = dialect;
  const updateOpen = (input: string) =>
    db
      .updateTable("cano_firings as firing")
      .from(dialect.input(input, ENDED))
      .whereRef("firing.schedule", "=", "input.schedule")
      .whereRef("firing.due", "=", "input.due")
      .where("firing.outcome", "is", null);
  return {
    /** Adds firings, and tells of which schedules. */
    beginFirings: prepare<Input>()(({ input }) =>
      db
        .insertInto("cano_firings")
        .columns(["schedule", "due", "cause", "run_id", "at", "owner"])
        .expression((eb) =>
          eb
            .selectFrom(dialect.input(input, BEGUN))
            .select(["schedule", "due", "cause", "run_id", "at", "owner"])
            .where(sql<boolean>`true`),
        )
        .onConflict((conflict) => conflict.columns(["schedule", "due"]).doNothing())
        .returning("schedule"),
    ),
    endFirings: prepare<Input>()(({ input }) =>
      updateOpen(input).set((eb) => ({
        outcome: eb.ref("input.outcome"),
        ended: eb.ref("input.ended"),
        owner: sql.lit(null),
      })),
    ),
    adoptFirings: prepare<Input & { readonly owner: number }>()(({ input, owner }) => updateOpen(input).set({ owner })),
    disownFirings: prepare<Input & { readonly owner: number }>()(({ input, owner }) =>
      updateOpen(input)
        .set({ owner: sql.lit(null) })
        .where("firing.owner", "=", owner),
    ),
    firingsAfter: prepare<{ schedule: string; after: number; limit: number }>()(({ schedule, after, limit }) =>
      db
        .selectFrom("cano_firings")
        .select(["schedule", "due", "cause", "run_id", "at", "outcome", "ended"])
        .where("schedule", "=", schedule)
        .where("due", ">", after)
        .orderBy("due")
        .limit(limit),
    ),
    disownAllFirings: prepare<{ owner: number }>()(({ owner }) =>
      db
        .updateTable("cano_firings")
        .set({ owner: sql.lit(null) })
        .where("outcome", "is", null)
        .where("owner", "=", owner),
    ),
  };
}
