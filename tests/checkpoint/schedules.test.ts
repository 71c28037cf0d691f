/** What is the databases' own about schedules: who is alive, what stands in the tables, answers that are lost, changes that come to light late. */

import { ManualClock } from "cano/testing";
import type { CheckpointStore, Decision, ScheduleStore } from "cano/checkpoints";
import { postgresCheckpoints } from "cano/checkpoints/postgres";
import pg from "pg";
import { describe, expect, test } from "vitest";
import { ownIdentity } from "../../runtime/src/checkpoint/sql/process-identity.js";
import { firingFor as firing, recordFor as record } from "../../runtime/src/testing/store-cases/schedule-scene.js";
import { askPostgres, freshSchema, postgresUrl } from "../support/databases.js";
import { hastyClock } from "./clocks.js";
import { LossyPool } from "./lossy-pool.js";
import { places, until } from "./places.js";
import { errorOf } from "./rows.js";

const schedulesOf = ({ schedules }: CheckpointStore): ScheduleStore => {
  if (schedules === undefined) throw new Error("it keeps no schedules");
  return schedules;
};

const decide = async (store: CheckpointStore, name: string, decision: Decision): Promise<boolean> => {
  const [decided] = await schedulesOf(store).decide([name], () => decision);
  return decided?.begun === true;
};

const orphansOf = async (store: CheckpointStore): Promise<readonly number[]> =>
  (await schedulesOf(store).orphans(100)).map(({ due }) => due);

describe.each(Object.entries(places))("%s", (_, makePlace) => {
  test("a lease is renewed for as long as firings are open, and nothing ticks where none is", async () => {
    const place = await makePlace();
    const clock = new ManualClock();
    await using first = place.open(clock);
    await using second = place.open(clock);
    await decide(first, "s", { record: record("s") });
    expect(clock.pending).toBe(0);
    await decide(first, "s", { begin: firing("s", 1) });
    for (let turn = 0; turn < 40; turn++) {
      await clock.advance(2_000);
      await until(() => clock.pending === 1);
    }
    expect(await orphansOf(second)).toEqual([]);
    await decide(first, "s", { end: { due: 1, outcome: "completed", at: 2 } });
    await clock.advance(2_000);
    await until(() => clock.pending === 0);
    // It was begun before, and so nothing is held of it.
    await decide(first, "s", { begin: firing("s", 1) });
    expect(clock.pending).toBe(0);
    await clock.advance(1_000_000);
    await decide(first, "s", { begin: firing("s", 2) });
    expect(await orphansOf(second)).toEqual([]);
  });

  test("who shows no sign of life loses its firings with its lease; who adopts one keeps it, and either may end it", async () => {
    const place = await makePlace();
    const [still, clock] = [new ManualClock(), new ManualClock()];
    await using first = place.open(still);
    await using second = place.open(clock);
    for (const due of [1, 2]) await decide(first, "s", { record: record("s"), begin: firing("s", due) });
    await clock.advance(29_999);
    expect(await orphansOf(second)).toEqual([]);
    await clock.advance(1);
    expect(await orphansOf(second)).toEqual([1, 2]);
    await decide(second, "s", { adopt: 1 });
    expect(await orphansOf(second)).toEqual([2]);
    await decide(first, "s", { end: { due: 1, outcome: "failed", at: 3 } });
    await decide(first, "s", { end: { due: 2, outcome: "completed", at: 4 } });
    const outcomes = (await schedulesOf(second).firings("s", 0, 10)).map(({ outcome }) => outcome);
    expect(outcomes).toEqual(["failed", "completed"]);
  });

  test("the firings of a process that is gone were left behind at once", async () => {
    const place = await makePlace();
    await using first = place.open();
    await decide(first, "s", { begin: firing("s", 1) });
    await place.ask("update cano_owners set identity = $1", JSON.stringify({ ...ownIdentity(), started: "1" }));
    await using second = place.open();
    expect(await orphansOf(second)).toEqual([1]);
    expect(await orphansOf(first)).toEqual([]);
  });

  test("what counts as its own in the database, though it knows nothing of it, a store object may adopt", async () => {
    const place = await makePlace();
    const clock = new ManualClock();
    await using first = place.open(clock);
    await using second = place.open(clock);
    await decide(first, "s", { record: record("s"), begin: firing("s", 1) });
    await place.ask(
      "insert into cano_firings (schedule, due, cause, run_id, at, owner) select 's', 2, 'due', 's/2', 7, key from cano_owners",
    );
    // Nobody has said so to the store object: it may be a firing whose answer was lost.
    expect(await orphansOf(first)).toEqual([2]);
    expect(await orphansOf(second)).toEqual([]);
    await decide(first, "s", { adopt: 2 });
    expect(await orphansOf(first)).toEqual([]);
  });

  test("the tables can be read by people", async () => {
    const place = await makePlace();
    await using store = place.open();
    const last = { due: 1, outcome: "failed", error: "Error: it's gone" } as const;
    await decide(store, "s", { record: record("s", { next: 60_000, paused: true, fired: 2, last }), begin: firing("s", 1) });
    await decide(store, "s", { end: { due: 1, outcome: "failed", at: 9 }, begin: firing("s", 2) });
    expect(await place.ask("select * from cano_schedules")).toMatchObject([
      { name: "s", definition: '{"kind":"manual"}', last_due: 1, last_outcome: "failed", last_error: "Error: it's gone" },
    ]);
    expect(await place.ask("select schedule, due, run_id, at, outcome, ended from cano_firings order by due")).toEqual([
      { schedule: "s", due: 1, run_id: "s/1", at: 6, outcome: "failed", ended: 9 },
      { schedule: "s", due: 2, run_id: "s/2", at: 7, outcome: null, ended: null },
    ]);
  });

  test("an error may hold what is no text for a database", async () => {
    const place = await makePlace();
    await using store = place.open();
    const last = { due: 1, outcome: "failed", error: "a\0b\ud800c👍" } as const;
    await decide(store, "s", { record: record("s", { last }) });
    const { records } = await schedulesOf(store).changes(undefined);
    expect(records).toEqual([record("s", { last: { ...last, error: "a\ufffdb\ufffdc👍" } })]);
  });

  test("what a newer version has written is refused", async () => {
    const place = await makePlace();
    await using store = place.open();
    await decide(store, "s", { begin: firing("s", 1), record: record("s", { last: { due: 0, outcome: "lost" } }) });
    await place.ask("update cano_firings set outcome = 'postponed'");
    await place.ask("update cano_schedules set last_outcome = 'postponed'");
    const schedules = schedulesOf(store);
    for (const call of [() => schedules.firings("s", 0, 1), () => schedules.changes(undefined), () => decide(store, "s", {})])
      expect(await errorOf(call())).toMatchObject({
        category: "checkpoint_store",
        code: "CANO7021",
        message: expect.stringContaining("outcome `postponed`, which this version of cano does not know") as string,
      });
  });

  test("to who has a mark that is still to come everything is new: the database was put back", async () => {
    const place = await makePlace();
    await using store = place.open();
    await decide(store, "s", { record: record("s") });
    const { records, mark } = await schedulesOf(store).changes(1e15);
    expect(records).toEqual([record("s")]);
    expect(mark).toBeLessThan(1e15);
  });
});

describe("PostgreSQL alone", () => {
  test("a change that began before another and comes to light after it is not lost", async () => {
    const [connectionString, schema] = [await postgresUrl(), freshSchema()];
    await using store = postgresCheckpoints({ connectionString, schema });
    for (const name of ["slow", "quick"]) await decide(store, name, { record: record(name) });
    const slow = new pg.Client({ connectionString });
    await slow.connect();
    await slow.query("begin");
    await slow.query(
      `update "${schema}".cano_schedules set fired = 1, mark = pg_current_xact_id()::text::bigint where name = 'slow'`,
    );
    await decide(store, "quick", { record: record("quick", { fired: 1 }) });
    const before = await schedulesOf(store).changes(undefined);
    expect(before.records.map(({ name, fired }) => [name, fired])).toEqual([
      ["quick", 1],
      ["slow", 0],
    ]);
    await slow.query("commit");
    await slow.end();
    const { records } = await schedulesOf(store).changes(before.mark);
    expect(records).toContainEqual(record("slow", { fired: 1 }));
  });

  test("six hundred schedules are decided about in a few statements", async () => {
    const pool = new LossyPool(await postgresUrl());
    {
      await using store = postgresCheckpoints({ pool, schema: freshSchema() });
      const names = Array.from({ length: 600 }, (_, at) => `s${at}`);
      await decide(store, "first", { record: record("first") });
      for (const due of [1, 2]) {
        const before = pool.queries;
        const decided = await schedulesOf(store).decide(names, (name, { open: [other] }) => ({
          record: record(name),
          begin: firing(name, due),
          ...(other && { end: { due: other.due, outcome: "completed", at: 9 } }),
        }));
        expect(decided.every(({ begun }) => begun)).toBe(true);
        expect(pool.queries - before).toBeLessThanOrEqual(8);
      }
    }
    await pool.end();
  });

  /** Counts a firing each time it is asked, and looks after it. */
  const fire = (store: CheckpointStore, due: number) =>
    schedulesOf(store).decide(["s"], (name, { record: known = record(name) }) => ({
      record: { ...known, fired: known.fired + 1 },
      begin: firing(name, due),
    }));

  test("an answer that is lost is no reason to decide twice, also when somebody else has decided since", async () => {
    const [url, schema] = [await postgresUrl(), freshSchema()];
    const pool = new LossyPool(url);
    {
      const quick = { schema, clock: hastyClock, lease: 1e9, patience: 6e6 };
      await using store = postgresCheckpoints({ pool, ...quick });
      await using other = postgresCheckpoints({ connectionString: url, ...quick });
      await decide(store, "t", {});
      const skip = (): Promise<unknown> =>
        schedulesOf(other).decide(["s"], (name, { record: known = record(name) }) => ({
          record: { ...known, skipped: known.skipped + 1 },
        }));
      for (const [turn, meanwhile] of [undefined, skip, undefined, skip].entries()) {
        Object.assign(pool, { lose: "commit", meanwhile });
        const due = turn + 1;
        const skipped = turn < 2 ? 0 : 1;
        expect(await fire(store, due)).toEqual([{ record: record("s", { fired: due, skipped }), begun: true }]);
        expect(pool.lose).toBeUndefined();
      }
      expect(await orphansOf(store)).toEqual([]);
      // Lost on the way, all of it was rolled back.
      Object.assign(pool, { lose: 'insert into "', meanwhile: undefined });
      expect(await fire(store, 5)).toEqual([{ record: record("s", { fired: 5, skipped: 2 }), begun: true }]);
      const all = await schedulesOf(other).firings("s", 0, 10);
      expect(all.map(({ due }) => due)).toEqual([1, 2, 3, 4, 5]);
    }
    await pool.end();
  });

  test("what began though its answer never came is left behind for its own store object at once, and soon for others", async () => {
    const [url, schema] = [await postgresUrl(), freshSchema()];
    const pool = new LossyPool(url);
    {
      const clock = new ManualClock();
      await using store = postgresCheckpoints({ pool, schema, clock, patience: 0 });
      await using other = postgresCheckpoints({ connectionString: url, schema, clock });
      await decide(store, "s", { record: record("s") });
      pool.lose = "commit";
      expect(await errorOf(fire(store, 1))).toMatchObject({ category: "checkpoint_store", code: "CANO7021" });
      expect(await askPostgres(url, `select due from "${schema}".cano_firings where owner is not null`)).toEqual([{ due: 1 }]);
      expect(await orphansOf(store)).toEqual([1]);
      expect(await orphansOf(other)).toEqual([]);
      await decide(store, "s", { begin: firing("s", 2) });
      await clock.advance(2_000);
      await until(async () => (await orphansOf(other)).length > 0);
      expect(await orphansOf(other)).toEqual([1]);
    }
    await pool.end();
  });
});
