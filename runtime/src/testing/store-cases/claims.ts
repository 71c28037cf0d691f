/** Cases about taking runs over and giving them up. */

import { statusAfterClaim } from "../../checkpoint/stored-rows.js";
import {
  claimOf,
  CountingDriver,
  ENDED,
  entry,
  holds,
  inside,
  recordOf,
  rejects,
  rowsOf,
  same,
  STATUSES,
  type StoreCase,
  storeCase,
} from "./scene.js";

/** See the file's first line. */
export const claims: readonly StoreCase[] = [
  storeCase("a run that is not there cannot be claimed, nor one that somebody drives", async (scene) => {
    const [store, other] = await scene.two();
    same("claiming nothing", await store.claim(scene.name(), STATUSES, 5_000, new CountingDriver()), { kind: "unknown" });
    const claim = await scene.begin(store, { rows: 2 });
    const before = await recordOf(store, claim);
    for (const each of [store, other])
      same("claiming what is driven", await each.claim(claim, STATUSES, 5_000, new CountingDriver()), {
        kind: "driven",
        run: before,
      });
    same("the rows", await rowsOf(other, claim), [entry(0), entry(1)]);
    await store.append(claim, entry(2));
  }),

  ...STATUSES.map((status) =>
    storeCase(`a run that is ${status} is claimed by who asks for that, and by nobody else`, async (scene) => {
      const [store, other] = await scene.two();
      const old = await scene.left(store, status);
      const before = await recordOf(other, old);
      const others = STATUSES.filter((each) => each !== status);
      for (const asked of [[], others])
        same("claiming other statuses", await other.claim(old, asked, 5_000, new CountingDriver()), {
          kind: "refused",
          run: before,
        });
      const claiming = await other.claim(old, [status], 5_000, new CountingDriver());
      const claim = claimOf(claiming);
      same("the run in the claiming", "run" in claiming && claiming.run, before);
      same("the claimed run", [claim.workflow, claim.runId, claim.key], [old.workflow, old.runId, old.key]);
      holds("the fence has grown", claim.fence > old.fence);
      const { owner, ...record } = await recordOf(store, old);
      holds("somebody drives it", owner !== undefined);
      const { owner: _, ...unchanged } = before;
      same("the record", record, {
        ...unchanged,
        status: statusAfterClaim(before),
        state: "state 1",
        updatedAt: 5_000,
        endedAt: undefined,
        resumes: 1,
      });
      const resume = { sequence: 2, kind: "resume", state: "state 1", visit: 1, count: 0, version: 1, at: 5_000 };
      const nothing = { payload: undefined, undo: undefined, due: undefined };
      same("the rows", await rowsOf(store, old), [entry(0), entry(1), { ...resume, ...nothing }]);
      await other.append(claim, entry(3), { status: "completed" });
    }),
  ),

  storeCase("a run that is claimed as compensating is that, whatever it was", async (scene) => {
    const [store, other] = await scene.two();
    for (const status of STATUSES) {
      const old = await scene.left(store, status);
      const claiming = await other.claim(old, [status], 5_000, new CountingDriver(), "compensating");
      const claim = claimOf(claiming);
      same("the run in the claiming", "run" in claiming && claiming.run.status, status);
      const record = await recordOf(store, old);
      same(`what was ${status}`, [record.status, record.endedAt], ["compensating", undefined]);
      same(
        "the kinds of its rows",
        (await rowsOf(store, old)).map(({ kind }) => kind),
        ["entry", "entry", "resume"],
      );
      await other.release(claim);
      claimOf(await store.claim(old, ["compensating"], 6_000, new CountingDriver()));
      same("what it is to who goes on with it", (await recordOf(other, old)).status, "compensating");
    }
  }),

  storeCase("the row of a claim goes on with the visit and the version of the newest row", async (scene) => {
    const store = await scene.store();
    const claim = await scene.begin(store, { rows: 3 });
    await store.append(claim, inside(2, 3, "due", { version: 6, due: 9_000 }));
    await store.release(claim);
    claimOf(await store.claim(claim, ["running"], 9_500, new CountingDriver()));
    const resumed = (await rowsOf(store, claim)).at(-1);
    same(
      "the row",
      [resumed?.sequence, resumed?.kind, resumed?.state, resumed?.visit, resumed?.version],
      [4, "resume", "state 2", 2, 6],
    );
    same("what it waits for", (await recordOf(store, claim)).due, undefined);
  }),

  storeCase("who was overtaken writes nothing more, but what was written stays written", async (scene) => {
    const [store, other] = await scene.two();
    const old = await scene.begin(store, { rows: 2 });
    await store.release(old);
    const claim = claimOf(await other.claim(old, ["running"], 5_000, new CountingDriver()));
    await rejects("a row in the place of the claim's", store.append(old, entry(2)), "run_conflict");
    await rejects("a row behind the claim's", store.append(old, entry(3)), "run_conflict");
    await store.append(old, entry(1));
    await other.append(claim, entry(3, { payload: "mine" }));
    await rejects("a row in the place of the new one's", store.append(old, entry(3)), "run_conflict");
    await rejects("a row behind that", store.append(old, entry(4)), "run_conflict");
    const rows = await rowsOf(other, claim);
    same(
      "the rows",
      rows.map(({ kind, payload }) => [kind, payload]),
      [
        ["entry", '{"row":0}'],
        ["entry", '{"row":1}'],
        ["resume", undefined],
        ["entry", "mine"],
      ],
    );
  }),

  storeCase("of many that claim the same run at once, one gets it", async (scene) => {
    const [store, other] = await scene.two();
    for (const status of ["running", ...ENDED] as const) {
      const old = await scene.left(store, status);
      const claimings = await Promise.all(
        Array.from({ length: 16 }, (_, at) =>
          (at % 2 === 0 ? store : other).claim(old, [status], 5_000 + at, new CountingDriver()),
        ),
      );
      const kinds = claimings.map(({ kind }) => kind);
      same("how many got it", kinds.filter((kind) => kind === "claimed").length, 1);
      same(
        "what the others were told",
        kinds.filter((kind) => !["claimed", "driven", "refused"].includes(kind)),
        [],
      );
      same("how many rows there are", (await rowsOf(store, old)).length, 3);
      same("how often it was taken up", (await recordOf(store, old)).resumes, 1);
    }
  }),

  storeCase("a claim and a row that are written at once: one of the two has its place", async (scene) => {
    const [store, other] = await scene.two();
    for (let turn = 0; turn < 10; turn++) {
      const old = await scene.begin(store, { rows: 2 });
      await store.release(old);
      const [written, claiming] = await Promise.allSettled([
        store.append(old, entry(2)),
        other.claim(old, ["running"], 5_000, new CountingDriver()),
      ]);
      holds("the claim succeeded", claiming.status === "fulfilled" && claiming.value.kind === "claimed");
      const kinds = (await rowsOf(store, old)).map(({ kind }) => kind);
      const expected = written.status === "fulfilled" ? ["entry", "entry", "entry", "resume"] : ["entry", "entry", "resume"];
      same("the rows", kinds, expected);
      await rejects("a row after the claim", store.append(old, entry(kinds.length)), "run_conflict");
    }
  }),

  storeCase("a run that is released can be claimed by anybody, and stays with who claims it", async (scene) => {
    const [store, other] = await scene.two();
    const first = await scene.begin(store);
    await store.release(first);
    const released = await recordOf(other, first);
    same("the record", [released.owner, released.status, released.endedAt], [undefined, "running", undefined]);
    const second = claimOf(await store.claim(first, ["running"], 5_000, new CountingDriver()));
    await store.release(second);
    await store.release(second);
    const third = claimOf(await other.claim(first, ["running"], 6_000, new CountingDriver()));
    await store.release(first);
    await store.release(second);
    await other.release(second);
    const record = await recordOf(store, first);
    holds("the third drives it", record.owner !== undefined);
    same("how often it was taken up", record.resumes, 2);
    same("what comes of claiming it", (await store.claim(first, ["running"], 7_000, new CountingDriver())).kind, "driven");
    await other.append(third, entry(3));
  }),

  storeCase("a store object that is closed gives its runs up, and tells who drives them", async (scene) => {
    const [store, other] = await scene.two();
    const [own, former, foreign] = [new CountingDriver(), new CountingDriver(), new CountingDriver()];
    const claim = await scene.begin(store, { driver: own });
    await store.release(await scene.begin(store, { driver: former }));
    const beside = await scene.begin(other, { driver: foreign });
    await store.close();
    same(
      "how often its driver, that of a run it had released, and that of another store object are told",
      [own.lost, former.lost, foreign.lost],
      [1, 0, 0],
    );
    same("who drives it", (await recordOf(other, claim)).owner, undefined);
    claimOf(await other.claim(claim, ["running"], 5_000, new CountingDriver()));
    holds("the runs of others stay theirs", (await recordOf(other, beside)).owner !== undefined);
  }),
];
