/** Cases about how runs begin. */

import { LONGEST_TRACE } from "../../checkpoint/checkpoint-store.js";
import { claimOf, CountingDriver, entry, holds, recordOf, rowsOf, same, type StoreCase, storeCase } from "./scene.js";

/** See the file's first line. */
export const begins: readonly StoreCase[] = [
  storeCase("a run that has begun is there for everybody, with its first row", async (scene) => {
    const [store, other] = await scene.two();
    const name = scene.name();
    const row = entry(0, { due: 2_000, at: 1_234 });
    const claim = await store.begin({ ...name, version: 7 }, row, new CountingDriver());
    same("what the claim names", claim && { workflow: claim.workflow, runId: claim.runId }, name);
    same("its rows", await rowsOf(other, name), [row]);
    const { key, owner, ...record } = await recordOf(other, name);
    same("its key", key, claim?.key);
    holds("somebody drives it", owner !== undefined);
    same("its record", record, {
      ...name,
      version: 7,
      status: "running",
      state: row.state,
      due: 2_000,
      startedAt: 1_234,
      updatedAt: 1_234,
      endedAt: undefined,
      resumes: 0,
      cancelling: false,
      trace: undefined,
    });
  }),

  storeCase("a run keeps the trace that it was begun with, whatever becomes of it", async (scene) => {
    const [store, other] = await scene.two();
    const traces = ["", "x".repeat(LONGEST_TRACE), "語".repeat(LONGEST_TRACE), `{"a":"it's 'one' \\\\ $1"}`];
    const names = traces.map(() => scene.name());
    const claims = await Promise.all(
      names.map((name, at) => store.begin({ ...name, version: 1, trace: traces[at] }, entry(0), new CountingDriver())),
    );
    for (const [at, claim] of claims.entries()) {
      if (claim === undefined) throw new Error("the run did not begin");
      const trace = traces[at];
      same("the trace of a run that has begun", (await recordOf(other, claim)).trace, trace);
      await store.append(claim, entry(1));
      await store.release(claim);
      const claiming = await other.claim(claim, ["running"], 5_000, new CountingDriver());
      same("the trace of a run that is claimed", "run" in claiming && claiming.run.trace, trace);
      same("the trace of a run that is loaded", (await other.load(claim))?.run.trace, trace);
      await other.append(claimOf(claiming), entry(3), { status: "completed" });
      same("the trace of a run that has ended", (await recordOf(store, claim)).trace, trace);
    }
    const listed = await store.list({ workflow: scene.workflow, limit: 100 });
    same("the traces of runs that are listed", listed.map(({ trace }) => trace).toSorted(), traces.toSorted());
  }),

  storeCase("a run that is there does not begin again, and stays as it is", async (scene) => {
    const [store, other] = await scene.two();
    const claim = await scene.begin(store, { rows: 2 });
    const before = [await recordOf(store, claim), await rowsOf(store, claim)];
    const again = { workflow: claim.workflow, runId: claim.runId, version: 9 };
    for (const each of [store, other])
      same("what begins", await each.begin(again, entry(0, { payload: "again" }), new CountingDriver()), undefined);
    same("the run", [await recordOf(store, claim), await rowsOf(store, claim)], before);
    await store.append(claim, entry(2), { status: "completed" });
    same("what begins after the end", await other.begin(again, entry(0), new CountingDriver()), undefined);
    same("how many rows there are", (await rowsOf(store, claim)).length, 3);
  }),

  storeCase("of many that begin the same run at once, one does", async (scene) => {
    const [store, other] = await scene.two();
    const name = scene.name();
    const begun = await Promise.all(
      Array.from({ length: 20 }, (_, at) =>
        (at % 2 === 0 ? store : other).begin({ ...name, version: 1 }, entry(0, { payload: `${at}` }), new CountingDriver()),
      ),
    );
    const winners = begun.flatMap((claim, at) => (claim === undefined ? [] : [{ claim, at }]));
    same("how many have begun it", winners.length, 1);
    same("its row", await rowsOf(store, name), [entry(0, { payload: `${winners[0]?.at}` })]);
    const owner = (winners[0]?.at ?? 0) % 2 === 0 ? store : other;
    if (winners[0]) await owner.append(winners[0].claim, entry(1));
    same("how many rows there are", (await rowsOf(store, name)).length, 2);
  }),

  storeCase("runs that began later have larger keys, also when runs before them are gone", async (scene) => {
    const [store, other] = await scene.two();
    const first = await scene.begin(store);
    const second = await scene.begin(other);
    await other.append(second, entry(1), { forget: true });
    const third = await scene.begin(store, { name: { workflow: second.workflow, runId: second.runId } });
    const fourth = await scene.begin(other);
    const keys = [first, second, third, fourth].map(({ key }) => key);
    same(
      "the keys in their order",
      keys.toSorted((a, b) => a - b),
      keys,
    );
    same("how many keys there are", new Set(keys).size, 4);
  }),
];
