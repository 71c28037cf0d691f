/** Cases about what becomes of a run with a row. */

import {
  claimOf,
  CountingDriver,
  ENDED,
  entry,
  holds,
  recordOf,
  rejects,
  rowsOf,
  same,
  STATUSES,
  type StoreCase,
  storeCase,
} from "./scene.js";

/** See the file's first line. */
export const changes: readonly StoreCase[] = [
  storeCase("a row brings a run to another status and version; what is not said stays", async (scene) => {
    const [store, other] = await scene.two();
    const claim = await scene.begin(store);
    await store.append(claim, entry(1), { status: "compensating" });
    await store.append(claim, entry(2), { version: 4 });
    await store.append(claim, entry(3), {});
    const record = await recordOf(other, claim);
    same("the record", [record.status, record.version, record.endedAt], ["compensating", 4, undefined]);
    holds("it is still driven", record.owner !== undefined);
    same("how many rows there are", (await rowsOf(other, claim)).length, 4);
  }),

  ...ENDED.map((status) =>
    storeCase(`a run that is ${status} has ended with its row, and nobody drives it`, async (scene) => {
      const [store, other] = await scene.two();
      const claim = await scene.begin(store);
      await store.append(claim, entry(1, { at: 7_777 }), { status, version: 3 });
      const record = await recordOf(other, claim);
      same("the record", [record.status, record.version, record.endedAt, record.owner], [status, 3, 7_777, undefined]);
      same("the rows", await rowsOf(other, claim), [entry(0), entry(1, { at: 7_777 })]);
      same("whether somebody can be asked to cancel it", await other.requestCancel(claim), false);
      same("what comes of claiming it", (await other.claim(claim, [status], 8_000, new CountingDriver())).kind, "claimed");
    }),
  ),

  storeCase("with a row that is refused nothing changes", async (scene) => {
    const [store, other] = await scene.two();
    const claim = await scene.begin(store, { rows: 2 });
    await store.release(claim);
    claimOf(await other.claim(claim, ["running"], 5_000, new CountingDriver()));
    const before = [await recordOf(other, claim), await rowsOf(other, claim)];
    for (const status of STATUSES) await rejects("a row", store.append(claim, entry(2), { status, version: 8 }), "run_conflict");
    await rejects("the row behind it", store.append(claim, entry(3), { status: "completed" }), "run_conflict");
    await rejects("forgetting it", store.append(claim, entry(2), { forget: true }), "run_conflict");
    same("the run", [await recordOf(other, claim), await rowsOf(other, claim)], before);
  }),

  storeCase("a run that is forgotten is gone with its rows, and may begin anew", async (scene) => {
    const [store, other] = await scene.two();
    const claim = await scene.begin(store, { rows: 3 });
    const beside = await scene.begin(store, { rows: 3 });
    const name = { workflow: claim.workflow, runId: claim.runId };
    await store.append(claim, entry(3), { status: "completed", forget: true });
    same(
      "what is found",
      [await other.find(name), await other.load(name), await rowsOf(other, name)],
      [undefined, undefined, []],
    );
    same("what comes of claiming it", await other.claim(name, STATUSES, 5_000, new CountingDriver()), { kind: "unknown" });
    same("the rows of another run", (await rowsOf(other, beside)).length, 3);
    const again = await scene.begin(other, { name, rows: 2 });
    same("its rows when it has begun anew", await rowsOf(store, again), [entry(0), entry(1)]);
  }),
];
