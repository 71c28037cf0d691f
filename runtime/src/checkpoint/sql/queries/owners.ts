/** The queries about those who drive runs: their leases, and who has been asked to cancel. When which of it is done is `ownership.ts`. */

import { type Kysely, sql } from "kysely";
import { prepare } from "../query.js";
import type { Schema } from "../schema.js";

/** The queries about owners. */
export function ownerQueries(db: Kysely<Schema>) {
  return { ...leaseQueries(db), ...disownQueries(db), ...cancelQueries(db) };
}

function leaseQueries(db: Kysely<Schema>) {
  return {
    owners: prepare<object>()(() => db.selectFrom("cano_owners").select(["key", "identity", "expires"])),
    insertOwner: prepare<{ identity: string; expires: number }>()(({ identity, expires }) =>
      db.insertInto("cano_owners").values({ identity, expires }).returning("key"),
    ),
    /** Puts the owner back if somebody took it for gone. */
    renewOwner: prepare<{ key: number; identity: string; expires: number }>()(({ key, identity, expires }) =>
      db
        .insertInto("cano_owners")
        .values({ key, identity, expires })
        .onConflict((conflict) => conflict.column("key").doUpdateSet({ expires: (eb) => eb.ref("excluded.expires") })),
    ),
    deleteOwner: prepare<{ key: number }>()(({ key }) => db.deleteFrom("cano_owners").where("key", "=", key)),
    /** Those whose lease has ended count as gone already, and what is gone need not be remembered. */
    deleteExpired: prepare<{ now: number }>()(({ now }) => db.deleteFrom("cano_owners").where("expires", "<", now)),
  };
}

function disownQueries(db: Kysely<Schema>) {
  return {
    disown: prepare<{ key: number; fence: number; owner: number }>()(({ key, fence, owner }) =>
      db
        .updateTable("cano_runs")
        .set({ owner: sql.lit(null) })
        .where("key", "=", key)
        .where("fence", "=", fence)
        .where("owner", "=", owner),
    ),
    disownAll: prepare<{ owner: number }>()(({ owner }) =>
      db
        .updateTable("cano_runs")
        .set({ owner: sql.lit(null) })
        .where("ended", "is", null)
        .where("owner", "=", owner),
    ),
  };
}

function cancelQueries(db: Kysely<Schema>) {
  return {
    askToCancel: prepare<{ key: number }>()(({ key }) =>
      db
        .updateTable("cano_runs")
        .set({ cancelling: sql.lit(1) })
        .where("key", "=", key)
        .where("cancelling", "=", sql.lit(0)),
    ),
    cancelled: prepare<{ owner: number }>()(({ owner }) =>
      db.selectFrom("cano_runs").select("key").where("cancelling", "=", sql.lit(1)).where("owner", "=", owner),
    ),
  };
}
